//! Where passwords come from besides the arguments and the configuration.

use super::Secrets;
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

/// Variables that hold a password: of libpq, which sqlx reads, and of MySQL's client.
/// <https://www.postgresql.org/docs/current/libpq-envars.html>
const PASSWORDS: [&str; 3] = ["PGPASSWORD", "MYSQL_PWD", "PGSSLKEYPASSWORD"];

/// More of a file of passwords is not read.
const MAX_FILE_LENGTH: u64 = 1 << 20;

/// The passwords in the environment, and in the file of passwords that it names.
pub(super) fn environment(secrets: &mut Secrets) {
    let value = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    if let Some(url) = value("DATABASE_URL") {
        secrets.learn(&url);
    }
    let open: Vec<String> =
        ["PGUSER", "PGDATABASE", "PGHOST"].iter().filter_map(|name| value(name)).collect();
    for password in PASSWORDS.iter().filter_map(|name| value(name)) {
        secrets.password(&password, &open);
    }
    for password in password_file().iter().flat_map(|text| text.lines()).filter_map(parse_password_line) {
        secrets.password(&password, &open);
    }
}

/// The file of passwords that sqlx reads for PostgreSQL.
/// <https://www.postgresql.org/docs/current/libpq-pgpass.html>
fn password_file() -> Option<String> {
    let named = std::env::var_os("PGPASSFILE").map(PathBuf::from);
    let path = named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".pgpass")))?;
    // Opening a pipe would wait for whoever writes to it.
    if !path.metadata().ok()?.is_file() {
        return None;
    }
    let mut text = Vec::new();
    File::open(path).ok()?.take(MAX_FILE_LENGTH).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// The last of the five fields of a line, in which `\` stands before a `:` or a `\`.
fn parse_password_line(line: &str) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, fields.len()) {
            (':', ..5) => fields.push(String::new()),
            ('\\', _) => fields.last_mut()?.extend(characters.next()),
            _ => fields.last_mut()?.push(character),
        }
    }
    fields.get(4).cloned()
}

/// What may be URLs in a file that cannot be read as it should: all that follows a `=` or `:`, to the end of the line or a quote.
pub(super) fn lines(secrets: &mut Secrets, text: &str) {
    // `alembic.ini` has a `:` too.
    let values = |line| [str::split_once(line, '='), str::split_once(line, ':')];
    for (_, value) in text.lines().flat_map(values).flatten() {
        let unquoted = value.trim().trim_start_matches(['"', '\'']);
        secrets.learn(unquoted);
        secrets.learn(unquoted.trim_end_matches(['"', '\'', ',', ' ']));
        for quote in ['"', '\''] {
            if let Some((url, _)) = unquoted.rsplit_once(quote) {
                secrets.learn(url);
            }
        }
    }
}
