//! Lines that steer: our directives, and the right spelling for what was meant as one.

use super::fold::{fold, is_quoted};
use crate::diagnostic::{Instead, suggestions};
use crate::{Dialect, Direction};

/// A directive as it is written in a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directive {
    /// Begins a section; what follows the directive are its dialects.
    Section(Direction),
    /// `+transaction`; what follows it is its value.
    Transaction,
}

/// Something that is no directive here, though meant as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) instead: Instead,
    pub(super) meaning: Meaning,
    /// It has no plus, so that it may as well say what a column is for.
    pub(super) is_word: bool,
    /// How many bytes of the comment it takes.
    pub(super) length: usize,
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

/// What was meant, before it is known how it stands in the file.
type Meant = (Instead, Meaning);

const SPLIT_BY_RULES: &str = "statements are split by the rules of each database";

/// The directive in the text of a `--` comment, and how many bytes of the text it takes; most comments are none.
pub(super) fn directive(comment: &str) -> Option<(Directive, usize)> {
    let name = comment.strip_prefix('+')?.trim_start();
    // Nothing behind it, as in nearly every file.
    for (known, direction) in [("upgrade", Direction::Upgrade), ("downgrade", Direction::Downgrade)] {
        if name == known {
            return Some((Directive::Section(direction), comment.len()));
        }
    }
    let length = name.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(name.len());
    let directive = match name.get(..length)? {
        "upgrade" => Directive::Section(Direction::Upgrade),
        "downgrade" => Directive::Section(Direction::Downgrade),
        "transaction" => Directive::Transaction,
        _ => return None,
    };
    Some((directive, comment.len() - name.len() + length))
}

/// What the text of a `--` comment that is no directive was meant to be; most comments are nothing of the kind.
pub(super) fn wrong(comment: &str) -> Option<Wrong> {
    // Looking closer at every comment takes time, and most begin with a word that means nothing.
    let bytes = comment.as_bytes();
    let second = bytes.get(1).map_or(b' ', u8::to_ascii_lowercase);
    let may_be = match bytes.first()?.to_ascii_lowercase() {
        b'u' => matches!(second, b'p' | b'n'),
        b'd' => second == b'o' && !comment.starts_with("down_"),
        b'm' => second == b'i',
        b'c' => comment.starts_with("create above"),
        b'r' | b'n' | b'g' => matches!(second, b'o' | b'a'),
        b'a' => second == b't',
        b'e' => second == b'x',
        b'f' => second == b'l',
        letter => !letter.is_ascii_alphanumeric(),
    };
    if !may_be || is_quoted(comment) {
        return None;
    }
    let folded = fold(comment);
    let inner = folded.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '#' | '*' | '/'));
    let is_first = folded.starts_with('+');
    if let Some(plus) = plus(inner).filter(|(instead, _)| is_first || *instead != Instead::Unknown) {
        let is_plain = matches!(folded, std::borrow::Cow::Borrowed(_));
        let unknown = plus.0 == Instead::Unknown && is_plain;
        let length = if unknown { first_word(comment) } else { comment.len() };
        let (instead, meaning) = plus;
        return Some(Wrong { instead, meaning, is_word: false, length });
    }
    let (instead, meaning) = word(&folded)?;
    Some(Wrong { instead, meaning, is_word: true, length: comment.len() })
}

/// How long the first word of a comment is that begins with a plus.
fn first_word(comment: &str) -> usize {
    let after = comment.trim_start_matches(|c: char| c == '+' || c.is_whitespace());
    let start = comment.len() - after.len();
    start + after.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(after.len())
}

/// What was meant by a comment of another kind than `--`, or by one whose dashes are none, given as it is written.
pub(super) fn disguised(written: &str) -> Option<Wrong> {
    let folded = fold(written);
    let text = folded.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '#' | '*' | '/'));
    let text = text.split("*/").next().unwrap_or_default().trim_end();
    if let Some((directive, length)) = directive(text) {
        let rest = text.get(length..).unwrap_or_default();
        let direction = match directive {
            Directive::Section(direction) => Some(direction),
            Directive::Transaction => None,
        };
        let spaced = text.get(1..).is_some_and(|name| name.starts_with(char::is_whitespace));
        if spaced && !reads_as_dialects(rest) && direction.is_some() {
            return None;
        }
        let (instead, meaning) = direction.map_or_else(no_transaction, |direction| section(direction, rest));
        return Some(Wrong { instead, meaning, is_word: false, length: written.len() });
    }
    let (meant, is_word) = match plus(text) {
        Some((Instead::Unknown, _)) => return None,
        Some(meant) => (meant, false),
        None => (word(text)?, true),
    };
    Some(Wrong { instead: meant.0, meaning: meant.1, is_word, length: written.len() })
}

/// The comments that begin behind something else on a line, with a plus right at a word; the first of them.
pub(super) fn trailing(line: &str) -> Option<&str> {
    line.match_indices('+').find_map(|(plus, _)| {
        if !line.as_bytes().get(plus + 1).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let before = line.get(..plus)?.trim_end();
        let code = before.trim_end_matches(['-', '#', '*', '/']);
        let lead = before.get(code.len()..)?;
        let opens = lead.starts_with('#') || lead.starts_with("--") || lead.starts_with("/*");
        (opens && !code.is_empty()).then(|| line.get(code.len()..))?
    })
}

/// A comment with a plus before its first word.
fn plus(comment: &str) -> Option<Meant> {
    let signs = |c: char| {
        c.is_whitespace() || matches!(c, '+' | '"' | '\'' | '[' | '(' | '<' | ':' | '=' | '@' | '!')
    };
    let name = comment.trim_start_matches(signs);
    let lead = comment.get(..comment.len() - name.len())?;
    let plus = lead.rfind('+')?;
    // Frames of tables (`+---+`), sums and list items are comments.
    if !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let spaced = lead.get(plus + 1..).is_some_and(|after| after.contains(char::is_whitespace));
    let length =
        name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | ':')).unwrap_or(name.len());
    let (name, rest) = name.split_at_checked(length)?;
    let meant = foreign(name, rest).or_else(|| guess(name, rest));
    // `+ up the price` is an item of a list.
    if spaced && (meant.is_none() || !reads_as_dialects(after_tool(name, rest))) {
        return None;
    }
    Some(meant.unwrap_or((Instead::Unknown, Meaning::Unknown)))
}

/// Whether what follows the name of a section can be its dialects: nothing does, or a dialect, however misspelt.
fn reads_as_dialects(rest: &str) -> bool {
    words(rest).next().is_none() || words(rest).any(|word| near_dialect(word).is_some())
}

const DIALECT_NAMES: [&str; 5] = ["sqlite", "postgres", "postgresql", "mysql", "mariadb"];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The dialect that a word was meant to be.
pub(super) fn near_dialect(word: &str) -> Option<Dialect> {
    suggestions(word, DIALECT_NAMES).first().and_then(|name| Dialect::from_name(name))
}

/// What follows the words of another tool's directive, the name and one more.
fn after_tool<'t>(name: &str, rest: &'t str) -> &'t str {
    if !is_tool(&name.to_lowercase()) {
        return rest;
    }
    let rest = rest.trim_start();
    rest.find(char::is_whitespace).and_then(|end| rest.get(end..)).unwrap_or_default()
}

fn is_tool(name: &str) -> bool {
    matches!(name, "goose" | "migrate" | "micrate" | "dbmate" | "rambler")
}

/// A comment without a plus that another tool reads as a directive, or one of ours that lost its plus.
fn word(comment: &str) -> Option<Meant> {
    // Decoration, as in `=== UP ===` or `--- !Downs`. What ends a sentence ends prose.
    let text = comment.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | ';' | '?' | ')' | '"' | '\'' | '`');
    let text = text.trim_end_matches(end);
    if text.len() > 64 {
        return None;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split_whitespace();
    let (first, rest) = (words.next()?, words.collect::<Vec<_>>().join(" "));
    match (first, rest.as_str()) {
        ("migrate:up", _) | ("migrate" | "migration" | "rambler" | "goose", "up") | ("up", "migration" | "") | ("ups", "") => {
            Some(section(Direction::Upgrade, ""))
        }
        ("migrate:down", _)
        | ("migrate" | "migration" | "rambler" | "goose", "down")
        | ("down", "migration" | "")
        | ("downs" | "undo" | "rollback", "")
        // tern
        | ("create", "above / drop below") => Some(section(Direction::Downgrade, "")),
        ("upgrade" | "upgrade:", dialects) if only_dialects(dialects) => Some(section(Direction::Upgrade, dialects)),
        ("downgrade" | "downgrade:", dialects) if only_dialects(dialects) => {
            Some(section(Direction::Downgrade, dialects))
        }
        ("no-transaction" | "flyway:executeintransaction=false" | "executeintransaction=false", "")
        | ("atlas:txmode", "none") => Some(no_transaction()),
        _ => None,
    }
}

fn only_dialects(rest: &str) -> bool {
    words(rest).all(|word| Dialect::from_name(word).is_some())
}

/// Directives of goose, sql-migrate, micrate, rambler and dbmate, and ours with other letters.
fn foreign(name: &str, rest: &str) -> Option<Meant> {
    let name = name.to_lowercase();
    let plain = |word: &str| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words = rest.split_whitespace().map(plain);
    let second = words.next().unwrap_or_default();
    let third = words.next().unwrap_or_default();
    let is_tool = is_tool(&name);
    let word = if is_tool { second.as_str() } else { name.trim_end_matches(':') };
    let next = if is_tool { third.as_str() } else { second.as_str() };
    Some(match word {
        "up" | "ups" | "upgrade" | "migrate:up" => section(Direction::Upgrade, rest),
        "down" | "downs" | "downgrade" | "migrate:down" => section(Direction::Downgrade, rest),
        "statementbegin" | "statementend" => (Instead::Nothing(SPLIT_BY_RULES), Meaning::Nothing),
        "notransaction" | "no-transaction" | "no_transaction" | "transaction" => no_transaction(),
        "no" if next == "transaction" => no_transaction(),
        _ => return None,
    })
}

/// A misspelt directive of ours.
fn guess(name: &str, rest: &str) -> Option<Meant> {
    Some(match *suggestions(name, ["upgrade", "downgrade", "transaction"]).first()? {
        "upgrade" => section(Direction::Upgrade, rest),
        "downgrade" => section(Direction::Downgrade, rest),
        _ => no_transaction(),
    })
}

/// A section, for the dialects that are named behind it.
fn section(direction: Direction, rest: &str) -> Meant {
    let mut names: Vec<&str> = words(rest).filter_map(near_dialect).map(Dialect::name).collect();
    names.dedup();
    let line = match names.as_slice() {
        [] => format!("-- +{direction}"),
        names => format!("-- +{direction} {}", names.join(", ")),
    };
    (Instead::Write(line), Meaning::Section(direction))
}

fn no_transaction() -> Meant {
    (Instead::Write("-- +transaction off".to_owned()), Meaning::Nothing)
}
