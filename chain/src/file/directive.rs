//! Lines that steer: our directives, and the right spelling for those of other tools.

use crate::Direction;
use crate::near::near_matches;
use crate::problem::Instead;

/// What a comment line means for the sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directive {
    /// Begins a section; what follows the directive are its dialects.
    Section(Direction),
    /// `+transaction`; what follows it is its value.
    Transaction,
    /// Not a directive here, though meant as one.
    Wrong(Instead, Meaning),
}

/// How to go on reading after a wrong directive, so that it is reported once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// As if it began a section.
    Section(Direction),
    /// As if it were not there.
    Nothing,
    /// It may have begun a section.
    Unknown,
}

const UP: Directive = Directive::Section(Direction::Upgrade);
const DOWN: Directive = Directive::Section(Direction::Downgrade);
const SPLIT_BY_RULES: &str = "statements are told apart by the rules of each database";

/// The directive in the text of a comment, and how many bytes of the text it takes; most comments are none.
pub(super) fn directive(comment: &str) -> Option<(Directive, usize)> {
    match comment.as_bytes().first() {
        Some(b'+') => plus(comment),
        // The first letters of what `word` knows: looking closer at every comment takes time.
        Some(b'/' | b'@' | b'd' | b'D' | b'm' | b'M' | b'n' | b'N' | b'u' | b'U') => word(comment),
        _ => None,
    }
}

/// A comment that begins with `+`.
fn plus(comment: &str) -> Option<(Directive, usize)> {
    let after = comment.get(1..)?;
    let name = after.trim_start();
    let spaced = name.len() < after.len();
    for (known, directive) in [("upgrade", UP), ("downgrade", DOWN)] {
        // Nothing behind it, as in nearly every file.
        if name == known {
            return Some((directive, comment.len()));
        }
    }
    let length = name.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(name.len());
    let (name, rest) = name.split_at_checked(length)?;
    let end = comment.len() - rest.len();
    match name {
        "upgrade" => return Some((UP, end)),
        "downgrade" => return Some((DOWN, end)),
        "transaction" => return Some((Directive::Transaction, end)),
        _ => {}
    }
    // Frames of tables (`+---+`), sums and list items are comments.
    if !name.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let wrong = foreign(name, rest).unwrap_or_else(|| guess(name));
    if spaced && wrong == Directive::Wrong(Instead::Unknown, Meaning::Unknown) {
        return None;
    }
    let taken = if matches!(wrong, Directive::Wrong(Instead::Unknown, _)) { end } else { comment.len() };
    Some((wrong, taken))
}

/// A comment without a plus that another tool reads as a directive, or one of ours that lost its plus.
fn word(comment: &str) -> Option<(Directive, usize)> {
    // Most of what begins with these letters is `down_revision`.
    if comment.starts_with("down_") {
        return None;
    }
    let lower = comment.get(..comment.len().min(24)).unwrap_or(comment).to_ascii_lowercase();
    let end = lower.as_bytes().iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(lower.len());
    let first = lower.get(..end).unwrap_or_default();
    let wrong = match (first, lower.trim_end_matches(':')) {
        ("migrate:up", _) | (_, "up" | "upgrade" | "up migration") => section(Direction::Upgrade),
        ("migrate:down" | "@undo" | "//@undo", _) | (_, "down" | "downgrade" | "down migration") => {
            section(Direction::Downgrade)
        }
        (_, "no-transaction") => no_transaction(),
        _ => return None,
    };
    Some((wrong, comment.len()))
}

/// Directives of goose, sql-migrate, micrate and dbmate, and ours with other letters.
fn foreign(name: &str, rest: &str) -> Option<Directive> {
    let name = name.to_lowercase();
    let second = rest.split_whitespace().next().unwrap_or_default().to_lowercase();
    let word = match name.as_str() {
        "goose" | "migrate" | "micrate" | "dbmate" => second.as_str(),
        other => other.trim_end_matches(':'),
    };
    Some(match word {
        "up" | "upgrade" | "migrate:up" => section(Direction::Upgrade),
        "down" | "downgrade" | "migrate:down" => section(Direction::Downgrade),
        "statementbegin" | "statementend" => {
            Directive::Wrong(Instead::Nothing(SPLIT_BY_RULES), Meaning::Nothing)
        }
        "no" | "notransaction" | "no-transaction" | "no_transaction" | "transaction" => no_transaction(),
        _ => return None,
    })
}

/// A misspelt directive of ours, or one that nothing is known about.
fn guess(name: &str) -> Directive {
    match near_matches(name, ["upgrade", "downgrade", "transaction"]).first() {
        Some(&"upgrade") => section(Direction::Upgrade),
        Some(&"downgrade") => section(Direction::Downgrade),
        Some(_) => no_transaction(),
        None => Directive::Wrong(Instead::Unknown, Meaning::Unknown),
    }
}

fn section(direction: Direction) -> Directive {
    Directive::Wrong(Instead::Write(format!("-- +{direction}")), Meaning::Section(direction))
}

fn no_transaction() -> Directive {
    Directive::Wrong(Instead::Write("-- +transaction off".to_owned()), Meaning::Nothing)
}
