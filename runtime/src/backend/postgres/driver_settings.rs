//! PostgreSQL: sqlx says `TimeZone`, `DateStyle` and `extra_float_digits` when it connects, which overrules everybody.
//!
//! The server keeps none of the values that were overruled, so they are looked for where they were set, the strongest
//! first: <https://www.postgresql.org/docs/current/config-setting.html>.

use crate::backend::{Answer, OwnSetting};
use servicekit_chain::Dialect;
use servicekit_chain::sql::ModeSetting;

/// A setting that sqlx says when it connects: its name, and the value.
struct Said {
    name: &'static str,
    value: &'static str,
    /// Whether the value that the server was built with is taken when nothing else is known. That of a time zone would say
    /// nothing: almost every server is given one by its configuration.
    has_default: bool,
}

const SAID: [Said; 3] = [
    Said { name: "TimeZone", value: "UTC", has_default: false },
    Said { name: "DateStyle", value: "ISO, MDY", has_default: false },
    Said { name: "extra_float_digits", value: "2", has_default: true },
];

/// Asks for the settings with everything that is known of them, and for one more that sqlx says.
pub(in crate::backend) fn question() -> String {
    "SELECT name, setting, source, reset_val, boot_val, \
     (SELECT substr(entry, strpos(entry, '=') + 1) FROM pg_db_role_setting, unnest(setconfig) AS entry \
     WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) \
     AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user)) \
     AND lower(split_part(entry, '=', 1)) = lower(name) ORDER BY setrole DESC, setdatabase DESC LIMIT 1), \
     current_setting('is_superuser') \
     FROM pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'extra_float_digits', 'client_encoding', 'log_timezone', \
     'standard_conforming_strings')"
        .to_owned()
}

/// Asks for what the configuration file and the command line of the server say, where that has to be known and this
/// role may read it.
pub(in crate::backend) fn question_of_files(answers: &[Answer], options: Option<&str>) -> Vec<String> {
    let known = Known::read(answers);
    let is_unknown = |said: &&Said| {
        known.find(said.name).is_some_and(|row| row.is_said() && row.above(said.name, options).is_none())
    };
    if !known.may_read_files || !SAID.iter().any(|said| is_unknown(&said)) {
        return Vec::new();
    }
    vec![
        "SELECT lower(name), setting FROM pg_file_settings WHERE applied \
         AND lower(name) IN ('timezone', 'datestyle', 'extra_float_digits')"
            .to_owned(),
        "SELECT pg_read_file('postmaster.opts', 0, 65536, true)".to_owned(),
    ]
}

/// Reads the answers to both questions; `options` are what the connection was opened with.
pub(in crate::backend) fn read(
    answers: &[Answer],
    files: &[Answer],
    options: Option<&str>,
) -> Vec<OwnSetting> {
    let known = Known::read(answers);
    let own = |said: &Said| {
        let row = known.find(said.name)?;
        let value = if row.is_said() {
            let in_files = || in_files(files, said.name).or_else(|| default(row, said, &known));
            let Some(value) = row.above(said.name, options).or_else(in_files) else {
                known.warn_of_unknown(said);
                return None;
            };
            value
        } else if known.is_pooled && row.setting == said.value {
            // The pooler says it to a session that has begun with the server's own.
            option(options, said.name).unwrap_or_else(|| row.reset.clone())
        } else {
            return None;
        };
        let differs = !value.eq_ignore_ascii_case(&row.setting);
        differs.then(|| OwnSetting { name: said.name, value, opened_with: row.setting.clone() })
    };
    SAID.iter().filter_map(own).collect()
}

/// How a revision is read that begins under these settings.
pub(in crate::backend) fn mode(answers: &[Answer]) -> ModeSetting {
    match Known::read(answers).find("standard_conforming_strings") {
        Some(row) => ModeSetting::new(Dialect::Postgres, row.setting.clone(), row.reset.clone()),
        None => Dialect::Postgres.into(),
    }
}

fn default(row: &Row, said: &Said, known: &Known) -> Option<String> {
    (said.has_default || known.may_read_files).then(|| row.boot.clone())
}

/// What the server tells of the settings.
struct Known {
    rows: Vec<Row>,
    /// Whether nobody has said anything when the session began: a pooler has opened it.
    is_pooled: bool,
    may_read_files: bool,
}

struct Row {
    name: String,
    setting: String,
    source: String,
    reset: String,
    boot: String,
    /// What `ALTER ROLE … SET` or `ALTER DATABASE … SET` says.
    stored: Option<String>,
}

impl Known {
    fn read(answers: &[Answer]) -> Self {
        let rows = answers.first().map(|answer| answer.rows.as_slice()).unwrap_or_default();
        let text = |row: &[Option<String>], column: usize| row.get(column).cloned().flatten();
        let may_read_files = rows.first().and_then(|row| text(row, 6)).as_deref() == Some("on");
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                let [name, setting, source, reset, boot] =
                    [0, 1, 2, 3, 4].map(|column| text(row, column).unwrap_or_default());
                Row { name, setting, source, reset, boot, stored: text(row, 5) }
            })
            .collect();
        Self { is_pooled: !rows.iter().any(Row::is_said), may_read_files, rows }
    }

    /// Says that the time zone is sqlx's where the server seems to have another: both settings are the same to begin with, but
    /// everybody may read the one of the log.
    fn warn_of_unknown(&self, said: &Said) {
        let of_log = self.find("log_timezone").map(|row| row.setting.as_str()).unwrap_or_default();
        let zone = of_log.trim_start_matches("Etc/").to_ascii_uppercase();
        if said.name == "TimeZone" && !["", "UTC", "GMT", "UCT", "ZULU", "UNIVERSAL"].contains(&zone.as_str())
        {
            tracing::warn!(
                log_timezone = of_log,
                "this role may not read which time zone the server has, so revisions run under UTC; \
                 `ALTER DATABASE … SET timezone` says it, or `options=-c TimeZone=…` in the URL"
            );
        }
    }

    fn find(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }
}

impl Row {
    /// Whether it is what the client said when it connected, and nobody has changed it since.
    fn is_said(&self) -> bool {
        self.source == "client"
    }

    /// What was set by something stronger than the server's files.
    fn above(&self, name: &str, options: Option<&str>) -> Option<String> {
        option(options, name).or_else(|| self.stored.clone())
    }
}

/// What the files of the server say; the command line is stronger.
fn in_files(files: &[Answer], name: &str) -> Option<String> {
    let line = files.get(1).and_then(Answer::first);
    let in_file = || {
        let rows = &files.first()?.rows;
        let is_it = |row: &&Vec<Option<String>>| {
            row.first().and_then(Option::as_deref) == Some(&name.to_ascii_lowercase())
        };
        rows.iter().rev().find(is_it)?.get(1)?.clone()
    };
    line.and_then(|line| setting_of(&quoted_words(line), name)).or_else(in_file)
}

/// What the options of a connection set this to, as the server would read them: blanks part words, and a backslash takes
/// the next character as it is. <https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-OPTIONS>
fn option(options: Option<&str>, name: &str) -> Option<String> {
    let mut words = vec![String::new()];
    let mut characters = options?.chars();
    while let Some(character) = characters.next() {
        let escaped = (character == '\\').then(|| characters.next()).flatten();
        match (escaped, words.last_mut()) {
            (None, _) if character.is_ascii_whitespace() => words.push(String::new()),
            (escaped, Some(word)) => word.push(escaped.unwrap_or(character)),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty());
    setting_of(&words, name)
}

/// The words of `postmaster.opts`: each but the program is in double quotes.
fn quoted_words(line: &str) -> Vec<String> {
    line.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The last `-c name=value`, `-cname=value` or `--name=value` of a command line.
fn setting_of(words: &[String], name: &str) -> Option<String> {
    let assigned = |(index, word): (usize, &String)| {
        let assignment = match word.strip_prefix("--").or_else(|| word.strip_prefix("-c")) {
            Some("") if word == "-c" => words.get(index + 1)?,
            other => other?,
        };
        let (set, value) = assignment.split_once('=')?;
        set.replace('-', "_").eq_ignore_ascii_case(name).then(|| value.to_owned())
    };
    words.iter().enumerate().rev().find_map(assigned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A setting, its value, who has set it, and what `ALTER … SET` says.
    fn answer(rows: &[(&str, &str, &str, Option<&str>)], is_superuser: bool) -> Vec<Answer> {
        let row = |(name, setting, source, stored): &(&str, &str, &str, Option<&str>)| {
            let superuser = if is_superuser { "on" } else { "off" };
            [
                Some(*name),
                Some(*setting),
                Some(*source),
                Some("reset"),
                Some("built in"),
                *stored,
                Some(superuser),
            ]
            .map(|value| value.map(str::to_owned))
            .to_vec()
        };
        vec![Answer { rows: rows.iter().map(row).collect(), affected: 0 }]
    }

    fn values(settings: &[OwnSetting]) -> Vec<(&str, &str)> {
        settings.iter().map(|setting| (setting.name, setting.value.as_str())).collect()
    }

    #[test]
    fn the_options_of_a_connection_are_read_as_the_server_reads_them() {
        let options =
            Some(r"-c geqo=off  -cTimeZone=Asia/Tokyo --datestyle=SQL,\ DMY -c extra-float-digits=0");
        assert_eq!(option(options, "TimeZone").as_deref(), Some("Asia/Tokyo"));
        assert_eq!(option(options, "DateStyle").as_deref(), Some("SQL, DMY"));
        assert_eq!(option(options, "extra_float_digits").as_deref(), Some("0"));
        assert_eq!(option(options, "search_path"), None);
        assert_eq!(option(Some("-c a=1 -c a=2"), "a").as_deref(), Some("2"), "the last word counts");
        for broken in ["-c", "--", "-c TimeZone", "TimeZone=UTC", "\\"] {
            assert_eq!(option(Some(broken), "TimeZone"), None, "{broken}");
        }
    }

    #[test]
    fn the_command_line_of_the_server_is_stronger_than_its_files() {
        let file =
            Answer { rows: vec![vec![Some("timezone".to_owned()), Some("CET".to_owned())]], affected: 0 };
        let line = |line: &str| Answer { rows: vec![vec![Some(line.to_owned())]], affected: 0 };
        let started = line("/usr/bin/postgres \"-D\" \"/a b\" \"--timezone=Asia/Tokyo\"\n");
        assert_eq!(in_files(&[file.clone(), started], "TimeZone").as_deref(), Some("Asia/Tokyo"));
        let started = line("/usr/bin/postgres \"-c\" \"port=1\"\n");
        assert_eq!(in_files(&[file, started], "TimeZone").as_deref(), Some("CET"));
        assert_eq!(in_files(&[], "TimeZone"), None);
    }

    #[test]
    fn what_nobody_may_read_is_left_as_it_is_but_for_what_every_server_is_built_with() {
        let rows = [("TimeZone", "UTC", "client", None), ("extra_float_digits", "2", "client", None)];
        assert_eq!(values(&read(&answer(&rows, false), &[], None)), [("extra_float_digits", "built in")]);
        assert_eq!(question_of_files(&answer(&rows, false), None), Vec::<String>::new());
        assert_eq!(
            values(&read(&answer(&rows, true), &[], None)),
            [("TimeZone", "built in"), ("extra_float_digits", "built in")]
        );
        assert_eq!(question_of_files(&answer(&rows, true), None).len(), 2);
    }

    #[test]
    fn behind_a_pooler_a_session_goes_back_to_what_it_began_with() {
        let rows = [("TimeZone", "UTC", "session", None), ("DateStyle", "SQL, DMY", "session", None)];
        assert_eq!(values(&read(&answer(&rows, false), &[], None)), [("TimeZone", "reset")]);
        let opened_by_us = [rows[0], ("client_encoding", "UTF8", "client", None)];
        assert_eq!(values(&read(&answer(&opened_by_us, false), &[], None)), []);
    }
}
