//! What the errors of PostgreSQL mean.

use crate::backend::Tables;
use crate::backend::engine::ErrorClasses;
use crate::backend::postgres::Postgres;
use crate::error::ErrorClass;

impl ErrorClasses for Postgres {
    fn is_missing(&self, error: &sqlx::Error, _: &Tables) -> bool {
        // A view of something that does not exist cannot exist, so it is the table; or its schema.
        matches!(code(error), Some("42P01" | "3F000"))
    }

    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str> {
        (code(error) == Some("42703")).then_some("it has no column `version_num`")
    }

    fn is_no_savepoint(&self, error: &sqlx::Error) -> bool {
        matches!(code(error), Some("3B001" | "25P01"))
    }

    fn class(&self, error: &sqlx::Error) -> ErrorClass {
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        match code(error) {
            Some("55P03" | "40P01" | "40001") => ErrorClass::Busy,
            Some("53300") => ErrorClass::TooManyConnections,
            // The second is what a procedure that commits says inside a transaction block.
            Some("25001" | "2D000") => ErrorClass::NotInTransaction,
            Some("25P02") => ErrorClass::InTransaction,
            Some(code) if code.starts_with("08") || code.starts_with("57P") => ErrorClass::Gone,
            None if matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => ErrorClass::Gone,
            _ => ErrorClass::Other,
        }
    }

    fn is_not_begun(&self, error: &sqlx::Error) -> bool {
        // A position in what was sent, or a wrong name in it; what goes wrong inside of it has a context.
        let error = error.as_database_error().and_then(|error| error.try_downcast_ref());
        error.is_some_and(|error: &sqlx::postgres::PgDatabaseError| {
            error.code().starts_with("42") && error.r#where().is_none()
        })
    }

    fn help(&self, error: &sqlx::Error) -> Option<&'static str> {
        Some(match code(error)? {
            "42501" => {
                "the role may not do this: grant it the right, or migrate with the role that owns the objects"
            }
            "25006" => "the server or the session is read-only, as a standby is: connect to the primary",
            "25001" | "2D000" => {
                "it cannot run in a transaction: add `-- +transaction off` to the file, and each statement runs separately"
            }
            "55P03" => "another session holds a lock on it: end it, or raise the acquire timeout",
            "57014" => {
                "it was cancelled by a user or by `statement_timeout`: find out which, or raise the timeout"
            }
            "53100" => "the disk of the server is full: free some space and start again",
            "53300" => {
                "the server has no room for another connection: close some, or raise `max_connections`"
            }
            "3D000" => "create the database first, or fix the name in the URL",
            "28P01" | "28000" => "check user and password, and what `pg_hba.conf` allows",
            "3F000" => "create the schema first, or add an existing one to `search_path`",
            code if code.starts_with("57P") || code.starts_with("08") => {
                "the server closed the connection: start again when it is available, and the run continues from there"
            }
            _ => return None,
        })
    }
}

pub(super) fn code(error: &sqlx::Error) -> Option<&str> {
    Some(error.as_database_error()?.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?.code())
}
