//! Bringing a database to a target.
//!
//! A start with nothing to do is one statement. Otherwise a run takes a connection of its own, plans under
//! the database's lock and runs each revision together with its version rows and its journal row in one
//! transaction, so that a crash leaves either all of a revision or nothing of it.

mod access;
mod advice;
mod apply;
mod cascade;
mod doing;
mod error;
mod history;
mod locate;
mod migrator;
mod options;
mod patience;
mod progress;
mod refusal;
mod report;
mod runner;
mod sqlite;
mod stale;
mod statement;
mod tables;
mod transaction;
mod words;

pub(crate) use access::sealed;
pub use access::{Access, Link};
pub use doing::Doing;
pub use error::{Error, UnknownRevision};
pub use migrator::Migrator;
pub use options::TransactionMode;
pub use progress::Progress;
pub use refusal::{Reason, Refusal};
pub use report::{Edited, Report, StepReport};
pub use statement::Failure;
