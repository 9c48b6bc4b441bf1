//! Bringing a database to a target.
//!
//! A start with nothing to do is one statement. Otherwise a run takes a connection of its own, plans, and runs each
//! revision together with its version rows and its journal row in one transaction, under a lock, so that a crash leaves
//! either all of a revision or nothing of it. What cannot be in a transaction is done stage by stage, each noted before
//! and after, so that the next run finds out what became of it.

pub(crate) mod actions;
pub(crate) mod elsewhere;
pub(crate) mod ending;
pub(crate) mod journal;
pub(crate) mod migrator;
pub(crate) mod options;
pub(crate) mod pipelined;
pub(crate) mod prepare;
pub(crate) mod recovery;
pub(crate) mod resolve;
pub(crate) mod retry;
pub(crate) mod rights;
pub(crate) mod runner;
pub(crate) mod session;
pub(crate) mod staged;
pub(crate) mod stamp;
pub(crate) mod state;
pub(crate) mod stop;
pub(crate) mod transaction;
