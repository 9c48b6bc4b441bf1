//! Commands of the databases' own clients, which no server understands.

use super::follow::pieces_in_modes;
use super::{Dialect, LexicalMode, TokenKind, TransactionBehavior, classify, pieces, tokens};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// The client that ships with a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Client {
    /// PostgreSQL's.
    Psql,
    /// That of MySQL and MariaDB.
    Mysql,
    /// SQLite's.
    Sqlite3,
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Psql => "psql",
            Self::Mysql => "mysql",
            Self::Sqlite3 => "sqlite3",
        })
    }
}

/// A command for a client in a text of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCommand {
    /// Whose command it is.
    pub client: Client,
    /// Where it stands, without its arguments.
    pub span: Range<usize>,
}

impl ClientCommand {
    /// What to do instead, for the command as it is written.
    pub fn help(&self, command: &str) -> &'static str {
        let name = command.trim_start_matches(['\\', '.']).to_ascii_lowercase();
        match name.as_str() {
            "" if command == "\\" => {
                "take it out, or look for a quote before it that is not closed where it seems to be"
            }
            "i" | "ir" | "include" | "include_relative" | "source" | "read" | "" if command != "\\." => {
                "put what the other file holds into the revision"
            }
            "c" | "connect" | "open" | "use" => "take it out: the database is the one that the run is given",
            "copy" | "import" | "" => "write the rows as `INSERT`",
            "set" | "prompt" | "getenv" | "gset" | "parameter" | "param" => {
                "write the value itself: a revision has no variables of a client"
            }
            "if" | "elif" | "else" | "endif" => "decide in SQL, or in a revision in Rust",
            "gexec" => "write the statements that it would run",
            "g" | "gx" | "go" | "p" => "end the statement with `;`",
            "encoding" | "charset" => "take it out: revisions are UTF-8",
            _ => "take it out: only SQL is sent to the database",
        }
    }
}

/// The commands for clients in a text that is sent to these databases, or read in these modes: `\connect` and all that psql begins with a
/// backslash, `source` and `\.` of mysql, `.mode` and the like of sqlite3. One at most for each line.
///
/// `\restrict` and `\unrestrict`, which frame a dump of PostgreSQL, count as comments. So does nothing in quotes,
/// and what one of the databases sees in quotes is none.
///
/// ```
/// use servicekit_chain::sql::{Client, Dialect, client_commands};
/// let sql = "SELECT '\\x';\n\\connect shop\n";
/// let found = client_commands(&[Dialect::Postgres], sql);
/// assert_eq!((found.len(), found[0].client, &sql[found[0].span.clone()]), (1, Client::Psql, "\\connect"));
/// ```
pub fn client_commands<M: Into<LexicalMode> + Copy>(modes: &[M], sql: &str) -> Vec<ClientCommand> {
    let modes: Vec<LexicalMode> = modes.iter().map(|mode| (*mode).into()).collect();
    let is_for = |dialect| modes.iter().any(|mode| mode.dialect == dialect);
    let mut found = Vec::new();
    if sql.contains('\\') {
        let client = if is_for(Dialect::Postgres) { Client::Psql } else { Client::Mysql };
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '!' | '?' | '.' | '\\' | ';');
        let mut line = 0;
        for at in seen_by_all(&modes, |mode| backslashes(mode, sql)) {
            let rest = sql.get(at + 1..).unwrap_or_default();
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            if at >= line {
                found.push(ClientCommand { client, span: at..at + 1 + length });
                line = rest.find('\n').map_or(sql.len(), |end| at + 1 + end);
            }
        }
    }
    let begins = |wanted: fn(&str) -> bool| {
        seen_by_all(&modes, |mode| statements(mode, sql).filter(|at| wanted(&sql[*at..])).collect())
    };
    let mut add = |client, at: usize| {
        let rest = sql.get(at + 1..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        found.push(ClientCommand { client, span: at..at + 1 + length });
    };
    if is_for(Dialect::Sqlite) && (sql.starts_with('.') || sql.contains("\n.")) {
        for at in begins(is_dot_command) {
            add(Client::Sqlite3, at);
        }
    }
    // Cheaper than the lexer: it is first on its line, and few lines begin so.
    let may_hold_mysql = || sql.split('\n').any(|line| is_mysql_command(line.trim_start_matches(BLANKS)));
    if modes.iter().all(|mode| mode.dialect == Dialect::Mysql) && may_hold_mysql() {
        for at in begins(is_mysql_command) {
            add(Client::Mysql, at);
        }
    }
    found.sort_by_key(|command| command.span.start);
    found
}

/// The first `COPY … FROM STDIN` of a text for PostgreSQL: what follows it is data and no SQL.
pub(crate) fn copy_from_stdin(sql: &str) -> Option<Range<usize>> {
    if !["stdin", "STDIN", "Stdin"].into_iter().any(|word| sql.contains(word)) {
        return None;
    }
    pieces(Dialect::Postgres, sql).filter_map(|piece| piece.statement).find(|span| {
        let text = sql.get(span.clone()).unwrap_or_default();
        let begins = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("COPY"));
        begins && classify(Dialect::Postgres, text).behavior == TransactionBehavior::CopyStream
    })
}

/// The places that are seen in each of the modes.
fn seen_by_all(modes: &[LexicalMode], places: impl Fn(LexicalMode) -> BTreeSet<usize>) -> BTreeSet<usize> {
    let each = modes.iter().map(|mode| places(*mode));
    each.reduce(|all, other| all.intersection(&other).copied().collect()).unwrap_or_default()
}

/// The backslashes outside of quotes and comments.
fn backslashes(mode: LexicalMode, sql: &str) -> BTreeSet<usize> {
    let found = pieces_in_modes(mode, sql).into_iter().flat_map(|(span, mode)| {
        let outside = tokens(mode, sql.get(span.clone()).unwrap_or_default())
            .filter(|token| token.kind == TokenKind::Other);
        outside.map(move |token| span.start + token.start)
    });
    found.filter(|at| sql.as_bytes().get(*at) == Some(&b'\\')).collect()
}

/// What may stand before a statement on its line.
const BLANKS: [char; 3] = [' ', '\t', '\r'];

/// Where statements begin that are first on their line.
fn statements(mode: LexicalMode, sql: &str) -> impl Iterator<Item = usize> {
    pieces(mode, sql).filter_map(|piece| Some(piece.statement?.start)).filter(|at| {
        let before = sql.get(..*at).unwrap_or_default().trim_end_matches(BLANKS);
        before.is_empty() || before.ends_with('\n')
    })
}

fn is_dot_command(statement: &str) -> bool {
    statement.starts_with('.') && statement.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic)
}

/// Whether it begins with a command of mysql that begins no statement of the server.
fn is_mysql_command(statement: &str) -> bool {
    const COMMANDS: [&str; 8] =
        ["source", "system", "tee", "notee", "pager", "nopager", "rehash", "delimiter"];
    let first = statement.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    COMMANDS.iter().any(|command| first.eq_ignore_ascii_case(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dialects: &[Dialect], sql: &str) -> Vec<String> {
        let commands = client_commands(dialects, sql).into_iter();
        commands.map(|command| format!("{}: {}", command.client, &sql[command.span])).collect()
    }

    #[test]
    fn the_commands_of_each_client_are_told_from_sql() {
        let postgres =
            "\\connect shop\nSELECT E'\\n', '\\x' -- \\c\n, $$ \\i $$ \\gexec\n\\i C:\\x\n\\. \n\\!ls\n";
        assert_eq!(
            found(&[Dialect::Postgres], postgres),
            ["psql: \\connect", "psql: \\gexec", "psql: \\i", "psql: \\.", "psql: \\!ls"]
        );
        let mysql = "SELECT 'it\\'s \\G';\nsource x.sql\n;\n\\. y.sql\nSELECT 1\\G\n";
        assert_eq!(found(&[Dialect::Mysql], mysql), ["mysql: source", "mysql: \\.", "mysql: \\G"]);
        let sqlite = ".mode csv\nCREATE TABLE a (b);\n  .import x a\nSELECT .5, a\n.b FROM c;\n";
        assert_eq!(found(&[Dialect::Sqlite], sqlite), ["sqlite3: .mode", "sqlite3: .import"]);
    }

    #[test]
    fn what_one_database_sees_in_quotes_is_no_command() {
        let sql = "INSERT INTO a VALUES ('it\\'s \\copy');\n";
        assert_eq!(found(&Dialect::ALL, sql), [""; 0]);
        assert_eq!(found(&[Dialect::Mysql], "DELIMITER \\\\\nSELECT 1\\\\\nDELIMITER ;\n"), [""; 0]);
    }

    #[test]
    fn what_frames_a_dump_is_a_comment() {
        let sql = "\\restrict aB3\nCREATE TABLE a (b int);\n\\unrestrict aB3\n";
        assert_eq!(found(&[Dialect::Postgres], sql), [""; 0]);
        let statements: Vec<_> =
            super::super::split(Dialect::Postgres, sql).into_iter().map(|s| s.text).collect();
        assert_eq!(statements, ["CREATE TABLE a (b int)"]);
        assert_eq!(found(&[Dialect::Postgres], "\\restricted\n"), ["psql: \\restricted"]);
    }

    #[test]
    fn data_for_copy_is_found_before_it_is_taken_for_sql() {
        let sql = "CREATE TABLE a (b text);\nCOPY a (b) FROM stdin;\nit's\n\\.\n";
        assert_eq!(copy_from_stdin(sql).map(|span| &sql[span]), Some("COPY a (b) FROM stdin"));
        assert_eq!(copy_from_stdin("COPY a FROM '/tmp/stdin';\nSELECT 'COPY a FROM STDIN';"), None);
    }
}
