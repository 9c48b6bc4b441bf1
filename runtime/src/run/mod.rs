//! Bringing a database to a target.
//!
//! A start with nothing to do is one statement. Otherwise a run takes a connection of its own, plans, and runs each
//! revision together with its version rows and its journal row in one transaction, under a lock, so that a crash leaves
//! either all of a revision or nothing of it; on SQLite several share one. What cannot be in a transaction is done stage by stage, each noted before
//! and after, so that the next run finds out what became of it.

mod actions;
mod confined;
mod elsewhere;
mod ending;
mod in_turn;
mod journal;
pub(crate) mod migrator;
mod one_transaction;
pub(crate) mod options;
mod pipelined;
mod prepare;
mod recovery;
pub(crate) mod resolve;
mod retry;
pub(crate) mod rights;
mod runner;
mod session;
mod shared_commit;
mod shared_message;
mod shortcuts;
mod span;
mod staged;
mod stamp;
mod state;
pub(crate) mod stop;
mod transaction;

pub(crate) use actions::ActionError;
pub(crate) use ending::Failed;
pub(crate) use in_turn::InTurn;
pub(crate) use journal::Entry;
pub(crate) use migrator::Migrator;
pub(crate) use options::{AheadPolicy, Callback, CommitAfter, Options, PendingPolicy, TransactionMode};
pub(crate) use pipelined::PipelinedRevision;
pub(crate) use resolve::Resolution;
pub(crate) use retry::{Blocker, RetryDeadline, StopFlag};
pub(crate) use rights::Rights;
pub(crate) use runner::{Goal, Route, Runner};
pub(crate) use session::Session;
pub(crate) use shared_message::SharedMessage;
pub(crate) use span::RevisionSpan;
pub(crate) use staged::StagedRevision;
pub(crate) use state::{Advance, DatabaseState};
pub(crate) use stop::StopToken;
pub(crate) use transaction::{Context, Records};
