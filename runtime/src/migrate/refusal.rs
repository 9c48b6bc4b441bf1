//! Statements that no revision may run, because the runner would lose hold of its transaction.

use super::statement::{Origin, Statement};
use super::words::{Word, words};
use servicekit_chain::sql::{Nature, Recovery, TokenKind};
use servicekit_chain::{Dialect, Direction, Heads, RevisionId};
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
    /// `COPY … FROM STDIN` and `TO STDOUT`, whose data would have to be streamed.
    CopyStream,
    /// It gives up the locks of the session, of which the runner needs one.
    DropsLocks,
    /// `CREATE INDEX CONCURRENTLY` without a name.
    UnnamedIndex,
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
                "`PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one"
            }
            Self::JournalModePragma => {
                "a revision runs in a transaction, which SQLite may not be able to undo with another journal"
            }
            Self::Parameter => "a parameter has no value here",
            Self::Nul => "a database reads a statement up to the first NUL character only",
            Self::CopyStream => "its data would come from or go to the client, and a revision has none",
            Self::DropsLocks => {
                "it gives up the locks of the session, and the run holds one that keeps others away"
            }
            Self::UnnamedIndex => {
                "a concurrent build that fails leaves an invalid index behind, which can only be found again by its name"
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
            Self::TransactionControl | Self::DropsLocks => "take the statement out",
            Self::ForeignKeysPragma => {
                "take the statement out; set it on the connection before the run where it is needed"
            }
            Self::JournalModePragma => "take the statement out; set it where the connection is opened",
            Self::Parameter => "write the value itself",
            Self::Nul => "take the character out",
            Self::CopyStream => "write the rows as `INSERT`, or copy from a file that the server can read",
            Self::UnnamedIndex => "give the index a name",
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
pub(super) fn reason(
    dialect: Dialect,
    statement: &Statement,
    in_transaction: bool,
) -> Option<(Reason, Option<Range<usize>>)> {
    let sql = statement.sql.as_str();
    if let Some(at) = sql.find('\0') {
        return Some((Reason::Nul, Some(at..at + 1)));
    }
    let whole = |reason| Some((reason, None));
    match &statement.conduct.nature {
        Nature::TransactionControl => return whole(Reason::TransactionControl),
        Nature::DropsLocks => return whole(Reason::DropsLocks),
        Nature::CopyStream => return whole(Reason::CopyStream),
        Nature::Alone(Recovery::BuildIndex { index: None, .. }) => return whole(Reason::UnnamedIndex),
        _ => {}
    }
    let mut words = words(dialect, sql);
    if dialect == Dialect::Sqlite && words.next()?.says("PRAGMA") {
        return pragma(words, in_transaction).map(|reason| (reason, None));
    }
    // In MySQL `@name` is a variable of the session.
    let is_parameter = |word: &Word| {
        word.kind == TokenKind::Variable && !(dialect == Dialect::Mysql && word.text.starts_with('@'))
    };
    let parameter = words.find(is_parameter)?;
    Some((Reason::Parameter, Some(parameter.span)))
}

/// The reason to refuse `[schema.]name = value` or `[schema.]name(value)`; a pragma that only asks is none.
fn pragma(mut words: impl Iterator<Item = Word>, in_transaction: bool) -> Option<Reason> {
    let (mut name, mut next) = (words.next()?, words.next()?);
    if next.says(".") {
        (name, next) = (words.next()?, words.next()?);
    }
    // SQLite takes `==` too.
    if !next.text.starts_with(['=', '(']) {
        None
    } else if name.says("foreign_keys") && in_transaction {
        Some(Reason::ForeignKeysPragma)
    } else if name.says("journal_mode") {
        Some(Reason::JournalModePragma)
    } else {
        None
    }
}
