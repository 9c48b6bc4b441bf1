//! Statements that no revision may run, because the runner would lose hold of its transaction.

use super::statement::{Origin, Statement};
use servicekit_chain::sql::{Token, TokenKind, tokens};
use servicekit_chain::{Dialect, Direction, RevisionId};
use std::fmt;
use std::ops::Range;

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
    /// Where the statement stands, and the part of it that is refused, when it is not all of it.
    pub(super) origin: Option<(Origin, Option<Range<usize>>)>,
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
    /// `PRAGMA journal_mode`: with `OFF`, for one, SQLite cannot roll back.
    JournalModePragma,
    /// A parameter, which nobody gives a value.
    Parameter,
    /// A NUL character, at which SQLite stops reading.
    Nul,
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
            Self::JournalModePragma => {
                "a revision runs in a transaction, which SQLite may not be able to undo with another journal"
            }
            Self::Parameter => "a parameter has no value here, and SQLite would take NULL for it",
            Self::Nul => "SQLite reads a statement up to the first NUL character only",
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
            Self::JournalModePragma => "take the statement out; set it where the connection is opened",
            Self::Parameter => "write the value itself",
            Self::Nul => "take the character out; `char(0)` makes one in a text",
            Self::OutsideTransaction => "take the directive out, or run the statement by hand",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { revision, direction, reason, origin, path } = self;
        let title = format!("the {direction} of revision `{revision}` is refused: {}", reason.title());
        match origin {
            Some((origin, part)) => f.write_str(&origin.render(&title, "refused", part.as_ref()))?,
            None => write!(f, "{title}\n --> {path}")?,
        }
        write!(f, "\nnow: nothing was run\nhelp: {}", reason.help())
    }
}

/// The reason to refuse this statement, if there is one, and the part of it that is meant if not all of it.
pub(super) fn reason(statement: &Statement) -> Option<(Reason, Option<Range<usize>>)> {
    let sql = statement.sql.as_str();
    if let Some(at) = sql.find('\0') {
        return Some((Reason::Nul, Some(at..at + 1)));
    }
    let mut tokens = tokens(Dialect::Sqlite, sql).filter(|token| !token.kind.is_trivia());
    let first = name(sql, &tokens.next()?);
    match first.as_str() {
        "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" => {
            Some((Reason::TransactionControl, None))
        }
        "PRAGMA" => pragma(sql, tokens).map(|reason| (reason, None)),
        _ => {
            let parameter = tokens.find(|token| token.kind == TokenKind::Variable)?;
            Some((Reason::Parameter, Some(parameter.span)))
        }
    }
}

/// The reason to refuse `[schema.]name = value` or `[schema.]name(value)`; a pragma that only asks is none.
fn pragma(sql: &str, mut tokens: impl Iterator<Item = Token>) -> Option<Reason> {
    let mut pragma = name(sql, &tokens.next()?);
    let mut next = name(sql, &tokens.next()?);
    if next == "." {
        pragma = name(sql, &tokens.next()?);
        next = name(sql, &tokens.next()?);
    }
    // SQLite takes `==` too.
    if !next.starts_with(['=', '(']) {
        return None;
    }
    match pragma.as_str() {
        "FOREIGN_KEYS" => Some(Reason::ForeignKeysPragma),
        "JOURNAL_MODE" => Some(Reason::JournalModePragma),
        _ => None,
    }
}

/// A token in capitals, without quotes and without a byte order mark, which SQLite takes for a blank.
fn name(sql: &str, token: &Token) -> String {
    let text = sql.get(token.span.clone()).unwrap_or_default().trim_start_matches('\u{feff}');
    let text = match token.kind {
        TokenKind::Identifier | TokenKind::String => text.get(1..text.len() - 1).unwrap_or_default(),
        _ => text,
    };
    text.to_ascii_uppercase()
}
