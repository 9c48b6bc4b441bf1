//! Statements that no revision may run, because the runner would lose hold of its transaction.

use super::statement::{Origin, Statement};
use servicekit_chain::{Direction, RevisionId};
use std::fmt;

/// A statement that was refused before anything ran.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The revision.
    pub revision: RevisionId,
    /// Which side of it.
    pub direction: Direction,
    /// Why.
    pub reason: Reason,
    /// Where the statement stands.
    pub(super) origin: Option<Origin>,
    /// The file of the revision.
    pub(super) path: &'static str,
}

/// Why a statement is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// `BEGIN`, `COMMIT`, `ROLLBACK` and the like.
    TransactionControl,
    /// `PRAGMA foreign_keys` does nothing inside a transaction.
    ForeignKeysPragma,
    /// `-- +transaction off`.
    OutsideTransaction,
}

impl Reason {
    fn title(self) -> &'static str {
        match self {
            Self::TransactionControl => {
                "a revision cannot begin or end transactions: its statements, version rows and journal row \
                 share one"
            }
            Self::ForeignKeysPragma => {
                "`PRAGMA foreign_keys` does nothing inside a transaction, and a revision runs in one"
            }
            Self::OutsideTransaction => {
                "`+transaction off` is not available on SQLite yet: a revision always runs in a transaction"
            }
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::TransactionControl => "take the statement out",
            Self::ForeignKeysPragma => {
                "take the statement out; set it on the connection before the run where it is needed"
            }
            Self::OutsideTransaction => "take the directive out, or run the statement by hand",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, reason, origin, path } = self;
        let title = format!("the {direction} of revision `{revision}` is refused: {}", reason.title());
        match origin {
            Some(origin) => f.write_str(&origin.render(&title, "refused", None))?,
            None => write!(f, "{title}\n --> {path}")?,
        }
        write!(f, "\nnow: nothing was run\nhelp: {}", reason.help())
    }
}

/// The reason to refuse this statement, if there is one.
pub(super) fn reason(statement: &Statement) -> Option<Reason> {
    let mut words = statement
        .sql
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase);
    match words.next()?.as_str() {
        "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" => Some(Reason::TransactionControl),
        "PRAGMA" if words.take(2).any(|word| word == "FOREIGN_KEYS") && sets_value(&statement.sql) => {
            Some(Reason::ForeignKeysPragma)
        }
        _ => None,
    }
}

/// Whether a PRAGMA sets something rather than asking for it.
fn sets_value(pragma: &str) -> bool {
    pragma.contains('=') || pragma.contains('(')
}
