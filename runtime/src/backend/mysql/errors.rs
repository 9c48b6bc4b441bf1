//! What the errors of MySQL and MariaDB mean.

use crate::backend::Tables;
use crate::backend::engine::ErrorClasses;
use crate::backend::mysql::MySql;
use crate::error::ErrorClass;

const READ_ONLY_HELP: &str =
    "the server or the session is read-only, as a replica is: connect to the primary";

impl ErrorClasses for MySql {
    fn is_missing(&self, error: &sqlx::Error, _: &Tables) -> bool {
        number(error) == Some(1146)
    }

    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str> {
        (number(error) == Some(1054)).then_some("it has no column `version_num`")
    }

    fn is_no_savepoint(&self, error: &sqlx::Error) -> bool {
        number(error) == Some(1305)
    }

    fn class(&self, error: &sqlx::Error) -> ErrorClass {
        // https://mariadb.com/kb/en/mariadb-error-code-reference/; the last one is MySQL's, of a session that was idle too long.
        match number(error) {
            Some(1205 | 1213) => ErrorClass::Busy,
            Some(1040 | 1203) => ErrorClass::TooManyConnections,
            Some(1053 | 1927 | 4031) => ErrorClass::Gone,
            None if matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => ErrorClass::Gone,
            _ => ErrorClass::Other,
        }
    }

    fn is_not_begun(&self, error: &sqlx::Error) -> bool {
        // It cannot be parsed, or the routine does not exist, wants other arguments, or may not be called.
        matches!(number(error), Some(1064 | 1149 | 1305 | 1318 | 1370))
    }

    fn help(&self, error: &sqlx::Error) -> Option<&'static str> {
        if needs_tls(error) {
            return Some(
                "the server takes this password over TLS only: enable TLS on the server and the feature `tls-rustls`, and do not turn \
                 it off in the URL",
            );
        }
        Some(match number(error)? {
            1044 | 1142 | 1143 | 1227 | 1370 => {
                "the user may not do this: grant it the right, or migrate with another user"
            }
            1045 => "check user and password, and from which hosts the user may come",
            1419 => {
                "while the server writes a binary log, this needs a user with the right SUPER, or \
                 `log_bin_trust_function_creators = 1` on the server"
            }
            1046 => "name a database in the URL, as in `mysql://user@host/database`",
            1049 => "create the database first, or fix the name in the URL",
            1792 | 1836 => READ_ONLY_HELP,
            1290 => option_that_prevents(error.as_database_error()?.message())?,
            1021 | 1114 => "the disk of the server is full: free some space and start again",
            1040 | 1203 => {
                "the server has no room for another connection: close some, or raise `max_connections`"
            }
            1205 => "another session holds a lock on it: end it, or raise the acquire timeout",
            1053 | 1927 | 4031 => {
                "the server closed the connection: start again when it is available, and the run continues from there"
            }
            _ => return None,
        })
    }

    fn is_absent(&self, error: &sqlx::Error) -> bool {
        // No such table, routine, trigger, event, database, view, sequence.
        matches!(number(error), Some(1146 | 1305 | 1360 | 1539 | 1049 | 1347 | 4089 | 4091))
    }

    fn is_nothing_to_restore(&self, error: &sqlx::Error) -> bool {
        // A prepared statement that does not exist any more; a variable of the server only, or one that cannot be set.
        matches!(number(error), Some(1243 | 1229 | 1238))
    }

    fn is_duplicate_column(&self, error: &sqlx::Error) -> bool {
        number(error) == Some(1060)
    }

    fn is_denied(&self, error: &sqlx::Error) -> bool {
        matches!(number(error), Some(1044 | 1142 | 1143 | 1227))
    }
}

/// What to do about an option with which a server was started, which the error names: `--read-only` is only one of
/// many. <https://mariadb.com/kb/en/e1290/>
fn option_that_prevents(said: &str) -> Option<&'static str> {
    let said = said.replace('_', "-");
    let (_, option) = said.split_once("--")?;
    let option: String = option.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    Some(match option.as_str() {
        "read-only" | "super-read-only" | "innodb-read-only" | "transaction-read-only" => READ_ONLY_HELP,
        "secure-file-priv" => {
            "files can only be read and written in the folder of `secure_file_priv`: write the rows of a revision as INSERT"
        }
        "skip-grant-tables" => {
            "the server was started without user accounts: start it without that option first"
        }
        _ => {
            "the server was started with the option in the message, which forbids this: change the option or the revision"
        }
    })
}

/// Whether sqlx could not send the password: MySQL's default, `caching_sha2_password`, wants TLS or a key.
fn needs_tls(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Configuration(said) if said.to_string().starts_with("RSA auth backend disabled"))
}

pub(super) fn number(error: &sqlx::Error) -> Option<u16> {
    Some(error.as_database_error()?.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()?.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_forbids_a_statement_is_told_from_read_only() {
        let help = |option: &str| {
            let said = format!(
                "The MariaDB server is running with the {option} option so it cannot execute this statement"
            );
            option_that_prevents(&said).unwrap()
        };
        for option in ["--read-only", "--super-read-only", "--read_only=ON", "--innodb-read-only"] {
            assert_eq!(help(option), READ_ONLY_HELP, "{option}");
        }
        insta::assert_snapshot!(help("--secure-file-priv"), @"files can only be read and written in the folder of `secure_file_priv`: write the rows of a revision as INSERT");
        insta::assert_snapshot!(help("--skip-grant-tables"), @"the server was started without user accounts: start it without that option first");
        insta::assert_snapshot!(help("--skip-event-scheduler"), @"the server was started with the option in the message, which forbids this: change the option or the revision");
    }
}
