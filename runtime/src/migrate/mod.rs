//! Bringing a database to a target.
//!
//! A start with nothing to do is one statement. Otherwise a run takes a connection of its own, plans, and runs each
//! revision together with its version rows and its journal row in one transaction, under a lock, so that a crash leaves
//! either all of a revision or nothing of it. What cannot be in a transaction is done step by step, each noted before
//! and after, so that the next run finds out what became of it.

mod access;
mod advice;
mod apply;
mod atomic;
mod cascade;
mod connection;
mod cut;
mod doing;
mod elsewhere;
mod ending;
mod engine;
mod error;
mod evidence;
mod fingerprint;
mod foreign_keys;
mod hash;
mod history;
mod holder;
mod journal;
mod lease;
mod least;
mod live;
mod locate;
mod migrator;
mod names;
mod one_message;
mod options;
mod own_role;
mod own_settings;
mod patience;
mod planned;
mod planning;
mod pooler;
mod position;
mod prepared;
mod progress;
mod put_back;
mod read_only;
mod rebuilding;
mod recovery;
mod refusal;
mod renewal;
mod report;
mod resolution;
mod rights;
mod runner;
mod session;
mod setting;
mod settle;
mod silence;
mod stale;
mod statement;
mod steps;
mod stop;
mod tables;
mod unit;
mod unsupported;
mod words;
mod work_failure;

pub(crate) use access::sealed;
pub use access::{Access, Link};
pub use doing::Doing;
pub use elsewhere::RecordedElsewhere;
pub use error::{Error, HalfDoneStep, UnknownRevision, notes};
pub use foreign_keys::Violation;
pub use holder::Holder;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use lease::server::open as open_pool;
pub use least::{OldServer, ServerNote};
pub use migrator::Migrator;
pub use names::NameLimit;
pub use options::{Policy, TransactionMode, VersionTableSchema, WhenAhead};
pub use planned::{PlannedStatement, PlannedStep};
pub use progress::Progress;
pub use read_only::ReadOnlyCause;
pub use refusal::{Reason, Refusal};
pub use report::{Edited, HalfDoneRevision, Report, Status, StepReport, TablesFound};
pub use resolution::Resolution;
pub use rights::{MissingRight, Rights};
pub use setting::SettingInTheWay;
pub use statement::{Failure, HalfDone};
pub use stop::Stop;
pub use unsupported::Unsupported;
pub use work_failure::{Why, WorkFailure};
