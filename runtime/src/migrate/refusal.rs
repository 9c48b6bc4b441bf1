//! Statements that no revision may run, because the runner would lose hold of its transaction.

use super::statement::{Origin, Statement};
use super::words::{Word, words};
use servicekit_chain::sql::TokenKind;
use servicekit_chain::{Direction, Heads, RevisionId};
use std::fmt;
use std::ops::Range;

/// A statement that was refused, nearly always before anything ran.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The revision.
    pub revision: RevisionId,
    /// Which side of it.
    pub direction: Direction,
    /// Why.
    pub reason: Reason,
    /// Where the database is, when something had run and was rolled back.
    pub at: Option<Heads>,
    /// Where the statement stands, and the part of it that is refused, when it is not all of it.
    pub(super) origin: Option<(Origin, Option<Range<usize>>)>,
    /// The file of the revision.
    pub(super) path: &'static str,
}

/// Why a statement is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// `BEGIN`, `COMMIT`, `ROLLBACK` and the like.
    TransactionControl,
    /// `PRAGMA foreign_keys` does nothing inside a transaction.
    ForeignKeysPragma,
    /// `PRAGMA journal_mode`: with `OFF`, for one, SQLite cannot roll back.
    JournalModePragma,
    /// A parameter, which nobody gives a value.
    Parameter,
    /// A NUL character, at which SQLite stops reading.
    Nul,
    /// `-- +transaction off`.
    OutsideTransaction,
    /// `DROP TABLE` with foreign keys on would take rows of another table along.
    Cascade {
        /// The other table.
        table: String,
        /// What its foreign key says to do with them: `CASCADE`, `SET NULL` or `SET DEFAULT`.
        action: String,
    },
}

impl Reason {
    fn title(&self) -> String {
        let title = match self {
            Self::TransactionControl => {
                "a revision cannot begin or end transactions: its statements, version rows and journal row \
                 share one"
            }
            Self::ForeignKeysPragma => {
                "`PRAGMA foreign_keys` does nothing inside a transaction, and a revision runs in one"
            }
            Self::JournalModePragma => {
                "a revision runs in a transaction, which SQLite may not be able to undo with another journal"
            }
            Self::Parameter => "a parameter has no value here, and SQLite would take NULL for it",
            Self::Nul => "SQLite reads a statement up to the first NUL character only",
            Self::OutsideTransaction => {
                "`+transaction off` is not available on SQLite yet: a revision always runs in a transaction"
            }
            Self::Cascade { table, action } => {
                let verb = if action == "CASCADE" { "delete" } else { "change" };
                return format!(
                    "foreign keys are on, and dropping this table would {verb} rows of `{table}` (ON DELETE {action})"
                );
            }
        };
        title.to_owned()
    }

    fn help(&self) -> &'static str {
        match self {
            Self::TransactionControl => "take the statement out",
            Self::ForeignKeysPragma => {
                "take the statement out; set it on the connection before the run where it is needed"
            }
            Self::JournalModePragma => "take the statement out; set it where the connection is opened",
            Self::Parameter => "write the value itself",
            Self::Nul => "take the character out; `char(0)` makes one in a text",
            Self::OutsideTransaction => "take the directive out, or run the statement by hand",
            Self::Cascade { .. } => {
                "to build the table anew and keep them, run with connections that have `foreign_keys(false)`; to \
                 lose them, say so with a DELETE before"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, reason, at, origin, path } = self;
        let title = format!("the {direction} of revision `{revision}` is refused: {}", reason.title());
        match origin {
            Some((origin, part)) => f.write_str(&origin.render(&title, "refused", part.as_ref()))?,
            None => write!(f, "{title}\n --> {path}")?,
        }
        match at {
            Some(at) => write!(f, "\nnow: the transaction was rolled back; the database is at {at}")?,
            None => f.write_str("\nnow: nothing was run")?,
        }
        write!(f, "\nhelp: {}", reason.help())
    }
}

/// The reason to refuse this statement, if there is one, and the part of it that is meant if not all of it.
pub(super) fn reason(statement: &Statement) -> Option<(Reason, Option<Range<usize>>)> {
    let sql = statement.sql.as_str();
    if let Some(at) = sql.find('\0') {
        return Some((Reason::Nul, Some(at..at + 1)));
    }
    let mut words = words(sql);
    let first = words.next()?;
    if TRANSACTION_CONTROL.iter().any(|word| first.says(word)) {
        return Some((Reason::TransactionControl, None));
    }
    if first.says("PRAGMA") {
        return pragma(words).map(|reason| (reason, None));
    }
    let parameter = words.find(|word| word.kind == TokenKind::Variable)?;
    Some((Reason::Parameter, Some(parameter.span)))
}

const TRANSACTION_CONTROL: [&str; 6] = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];

/// The reason to refuse `[schema.]name = value` or `[schema.]name(value)`; a pragma that only asks is none.
fn pragma(mut words: impl Iterator<Item = Word>) -> Option<Reason> {
    let (mut name, mut next) = (words.next()?, words.next()?);
    if next.says(".") {
        (name, next) = (words.next()?, words.next()?);
    }
    // SQLite takes `==` too.
    if !next.text.starts_with(['=', '(']) {
        None
    } else if name.says("foreign_keys") {
        Some(Reason::ForeignKeysPragma)
    } else if name.says("journal_mode") {
        Some(Reason::JournalModePragma)
    } else {
        None
    }
}
