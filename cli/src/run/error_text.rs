//! An error of the runtime, taken apart. This is the only place that reads the codes and the texts of the runtime.

use crate::failure::Exit;
use servicekit::worker::wire::{Detail, ErrorFacts};

/// What the command line knows of an error of the runtime.
#[derive(Debug)]
pub(super) struct ErrorParts {
    pub(super) kind: ErrorKind,
    /// What happened.
    pub(super) message: String,
    /// The state that the database is in now.
    pub(super) state: Option<String>,
    pub(super) help: Option<String>,
    /// Whether the database was not reached, or is not any more.
    is_unreachable: bool,
}

/// The errors that the command line tells from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorKind {
    /// Another session holds the database.
    Locked,
    /// The session that holds the lock is gone.
    LockLost,
    /// A statement or the work of a revision failed.
    Statement {
        /// Whether a person has to check how far it came.
        needs_resolution: bool,
    },
    /// It is unknown whether a stage was done, and a person has to resolve it.
    InDoubt,
    /// What was begun earlier does not fit, or it is unknown whether a transaction was committed.
    Unsettled,
    /// The database has revisions that are unknown here.
    Ahead,
    /// It was stopped by a signal.
    Stopped,
    /// A database that no other connection sees.
    PrivateDatabase,
    /// A transaction is open on every connection.
    InTransaction,
    /// No plan leads to the target.
    NoPlan {
        /// Whether the target is a revision that is unknown.
        is_unknown: bool,
    },
    /// The URL names no database that can be opened.
    InvalidUrl,
    Other,
}

impl ErrorParts {
    pub(super) fn exit(&self) -> Exit {
        if self.is_unreachable { Exit::Unreachable } else { self.kind.exit() }
    }
}

impl ErrorKind {
    fn exit(self) -> Exit {
        match self {
            Self::Locked => Exit::Locked,
            Self::Statement { .. } => Exit::Statement,
            Self::InDoubt | Self::Unsettled => Exit::InDoubt,
            Self::Ahead => Exit::Ahead,
            Self::Stopped => Exit::Stopped,
            Self::LockLost
            | Self::PrivateDatabase
            | Self::InTransaction
            | Self::NoPlan { .. }
            | Self::InvalidUrl
            | Self::Other => Exit::Failure,
        }
    }
}

/// Takes an error apart: what happened, the state behind `now:`, the help behind `help:`.
pub(super) fn take_apart(facts: &ErrorFacts) -> ErrorParts {
    let kind = match facts.code.as_str() {
        "locked" => ErrorKind::Locked,
        "lock_lost" => ErrorKind::LockLost,
        "statement_failed" | "work_failed" => {
            ErrorKind::Statement { needs_resolution: facts.text.contains("`Migrator::resolve`") }
        }
        "in_doubt" => ErrorKind::InDoubt,
        "edited_half_done" | "commit_unknown" => ErrorKind::Unsettled,
        "database_ahead" | "half_done_unknown" => ErrorKind::Ahead,
        "stopped" => ErrorKind::Stopped,
        "private_database" => ErrorKind::PrivateDatabase,
        "in_transaction" => ErrorKind::InTransaction,
        "no_plan" => ErrorKind::NoPlan { is_unknown: facts.text.contains("when this binary was built") },
        "invalid_url" => ErrorKind::InvalidUrl,
        _ => ErrorKind::Other,
    };
    let cut = |text: &str, at: &str| match text.rsplit_once(at) {
        Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
        None => (text.to_owned(), None),
    };
    let (text, help) = cut(&facts.text, "\nhelp: ");
    let (message, state) = cut(&text, "\nnow: ");
    let is_unreachable = matches!(facts.detail, Detail::Unreachable);
    ErrorParts { kind, message, state, help, is_unreachable }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_last_words() {
        let parts = |text: &str| {
            let (code, text) = (String::new(), text.to_owned());
            let parts = take_apart(&ErrorFacts { code, text, rows: None, detail: Detail::None });
            (parts.message, parts.state, parts.help)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            parts("failed\n  | help: no\nnow: before\nnow: at a\nhelp: fix it"),
            ("failed\n  | help: no\nnow: before".to_owned(), some("at a"), some("fix it"))
        );
        assert_eq!(parts("only this"), ("only this".to_owned(), None, None));
    }
}
