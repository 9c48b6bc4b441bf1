//! How a database reads SQL: by its dialect, and by settings of the session that say where strings end.

use super::Dialect;
use std::borrow::Cow;

/// What a session takes quotes and backslashes for.
///
/// | | by default | otherwise |
/// |---|---|---|
/// | MySQL, MariaDB: a backslash in a string | escapes | `NO_BACKSLASH_ESCAPES`: a character |
/// | MySQL, MariaDB: `"…"` | a string | `ANSI_QUOTES`: a name |
/// | MariaDB: stored programs | its own | `ORACLE`: as Oracle writes them, which is not understood here |
/// | PostgreSQL: a backslash in `'…'` | a character | `standard_conforming_strings = off`: escapes |
///
/// Where a text is read without a database, it is read as by default: that is what a [`Dialect`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LexicalMode {
    /// The dialect.
    pub dialect: Dialect,
    /// What a backslash is in a string without a prefix.
    pub backslash: Backslash,
    /// What double quotes are around.
    pub double_quotes: DoubleQuotes,
    /// How stored programs are written.
    pub programs: Programs,
}

/// What a backslash is between quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backslash {
    /// A character like any other.
    Character,
    /// It takes away the meaning of what follows.
    Escape,
}

/// What double quotes are around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoubleQuotes {
    /// A name.
    Identifier,
    /// A string.
    String,
}

/// How stored programs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Programs {
    /// As the database itself has them.
    Own,
    /// As Oracle has them.
    Oracle,
}

impl From<Dialect> for LexicalMode {
    fn from(dialect: Dialect) -> Self {
        let (backslash, double_quotes) = match dialect {
            Dialect::Mysql => (Backslash::Escape, DoubleQuotes::String),
            Dialect::Sqlite | Dialect::Postgres => (Backslash::Character, DoubleQuotes::Identifier),
        };
        Self { dialect, backslash, double_quotes, programs: Programs::Own }
    }
}

impl LexicalMode {
    /// Every mode in which a session of this dialect can be, the default first; but for [`Programs::Oracle`].
    pub fn all(dialect: Dialect) -> Vec<Self> {
        let default = Self::from(dialect);
        let other = |backslash, double_quotes| Self { backslash, double_quotes, ..default };
        match dialect {
            Dialect::Sqlite => vec![default],
            Dialect::Postgres => vec![default, other(Backslash::Escape, DoubleQuotes::Identifier)],
            Dialect::Mysql => vec![
                default,
                other(Backslash::Character, DoubleQuotes::String),
                other(Backslash::Escape, DoubleQuotes::Identifier),
                other(Backslash::Character, DoubleQuotes::Identifier),
            ],
        }
    }

    /// The modes that may find other tokens in this text than the default does, the default first.
    pub(crate) fn readings(dialect: Dialect, sql: &str) -> Vec<Self> {
        if sql.contains('\\') { Self::all(dialect) } else { vec![dialect.into()] }
    }
}

/// The setting of a session that decides how it reads SQL: `sql_mode`, or `standard_conforming_strings`.
///
/// ```
/// use servicekit_chain::sql::{Backslash, Dialect, ModeSetting};
/// let setting = ModeSetting::new(Dialect::Mysql, "STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES", "");
/// assert_eq!(setting.mode().backslash, Backslash::Character);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeSetting {
    dialect: Dialect,
    value: Cow<'static, str>,
    reset: Cow<'static, str>,
}

impl ModeSetting {
    /// The setting with its value in the session, and the value that `DEFAULT` stands for.
    pub fn new(dialect: Dialect, value: impl Into<String>, reset: impl Into<String>) -> Self {
        Self { dialect, value: Cow::Owned(value.into()), reset: Cow::Owned(reset.into()) }
    }

    /// The dialect.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Its name; SQLite has none.
    pub fn name(&self) -> &'static str {
        self.dialect.select("", "standard_conforming_strings", "sql_mode")
    }

    /// Its value in the session.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What `DEFAULT` stands for.
    pub fn reset(&self) -> &str {
        &self.reset
    }

    /// How the session reads SQL.
    pub fn mode(&self) -> LexicalMode {
        mode_of(self.dialect, &self.value)
    }
}

/// What the databases have by default.
impl From<Dialect> for ModeSetting {
    fn from(dialect: Dialect) -> Self {
        let value = Cow::Borrowed(if dialect == Dialect::Postgres { "on" } else { "" });
        Self { dialect, reset: value.clone(), value }
    }
}

/// The mode that a value of the setting makes.
pub(crate) fn mode_of(dialect: Dialect, value: &str) -> LexicalMode {
    let default = LexicalMode::from(dialect);
    match dialect {
        Dialect::Postgres if value.eq_ignore_ascii_case("off") => {
            LexicalMode { backslash: Backslash::Escape, ..default }
        }
        Dialect::Sqlite | Dialect::Postgres => default,
        Dialect::Mysql => {
            let mut mode = default;
            for name in value.split(',').map(|name| name.trim().to_ascii_uppercase()) {
                if name == "NO_BACKSLASH_ESCAPES" {
                    mode.backslash = Backslash::Character;
                }
                if ANSI_QUOTES.contains(&name.as_str()) {
                    mode.double_quotes = DoubleQuotes::Identifier;
                }
                if name == "ORACLE" {
                    mode.programs = Programs::Oracle;
                }
            }
            mode
        }
    }
}

/// `ANSI_QUOTES`, and the names that stand for several modes with it among them:
/// <https://mariadb.com/kb/en/sql-mode/#sql_mode-values>.
const ANSI_QUOTES: [&str; 7] = ["ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_stands_for_its_default_mode() {
        for dialect in Dialect::ALL {
            assert_eq!(ModeSetting::from(dialect).mode(), dialect.into());
            assert_eq!(LexicalMode::all(dialect)[0], dialect.into());
        }
    }

    #[test]
    fn modes_are_found_in_a_list_whatever_stands_beside_them() {
        let mode = |value: &str| mode_of(Dialect::Mysql, value);
        assert_eq!(mode("STRICT_TRANS_TABLES,PIPES_AS_CONCAT"), Dialect::Mysql.into());
        assert_eq!(mode("no_backslash_escapes, ANSI_QUOTES").backslash, Backslash::Character);
        assert_eq!(mode("ANSI").double_quotes, DoubleQuotes::Identifier);
        assert_eq!(mode("PIPES_AS_CONCAT,ORACLE").programs, Programs::Oracle);
        assert_eq!(mode_of(Dialect::Postgres, "off").backslash, Backslash::Escape);
    }
}
