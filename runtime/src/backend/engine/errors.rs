//! What the errors of a database mean.

use crate::backend::Tables;
use crate::error::ErrorClass;

/// What the errors of a database mean.
pub(crate) trait ErrorClasses {
    /// Whether the error says that this table does not exist, rather than that it is a view of something that is not.
    fn is_missing(&self, error: &sqlx::Error, tables: &Tables) -> bool;

    /// Whether it says that a table does not exist, whichever: where the database has no number for that.
    fn is_no_table(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// What is wrong with a version table that cannot be read, when that is known.
    fn corruption(&self, error: &sqlx::Error) -> Option<&'static str>;

    /// Whether an error says that there is no transaction to commit: a statement in it has ended it.
    fn is_nothing_to_commit(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Whether an error says that there is no such savepoint, or no transaction that it could be in.
    fn is_no_savepoint(&self, error: &sqlx::Error) -> bool;

    /// What the refusal to run says about this database.
    fn class(&self, error: &sqlx::Error) -> ErrorClass;

    /// Whether an error says that the statement as it stands was refused, so that nothing of it was done.
    fn is_not_begun(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// What a person can do about an error.
    fn help(&self, error: &sqlx::Error) -> Option<&'static str>;

    /// Whether an error says that the object that was asked for does not exist.
    fn is_absent(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Whether an error says that the journal has them already.
    fn is_duplicate_column(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Whether an error says that the user may not do it.
    fn is_denied(&self, _error: &sqlx::Error) -> bool {
        false
    }

    /// Whether an error of one of those says that it is as it was.
    fn is_nothing_to_restore(&self, _error: &sqlx::Error) -> bool {
        false
    }
}
