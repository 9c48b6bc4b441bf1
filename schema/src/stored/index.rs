//! The text of an index.

use super::words::{Rest, between, comment_text, is_plain_string};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, closing, parts, significant, tokens, without_parentheses};

/// An index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredIndex {
    /// The name.
    pub name: String,
    /// The table.
    pub table: String,
    /// Whether it is unique.
    pub unique: bool,
    /// What the first block comment behind the table says.
    pub comment: Option<String>,
    /// The keys.
    pub keys: Vec<KeyText>,
    /// The condition for the indexed rows.
    pub filter: Option<String>,
    /// Where the name begins, in bytes.
    name_start: usize,
}

/// A key of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyText {
    /// The expression, or the name of a column as it is written.
    pub expression: String,
    /// The name, where it can be one.
    pub name: Option<String>,
    /// The collation that is said behind it.
    pub collation: Option<String>,
    /// Whether it is descending.
    pub descending: bool,
}

impl StoredIndex {
    /// Takes the text of an index apart; `None` when it is not one, or says something that is not known.
    pub fn parse(sql: &str) -> Option<Self> {
        let all = significant(Dialect::Sqlite, sql);
        let mut rest = Rest::new(sql, &all);
        if !rest.take(&["CREATE"]) {
            return None;
        }
        let unique = rest.take(&["UNIQUE"]);
        if !rest.take(&["INDEX"]) {
            return None;
        }
        rest.take(&["IF", "NOT", "EXISTS"]);
        let mut name_start = rest.start();
        let mut name = rest.name()?;
        if rest.take_sign(".") {
            name_start = rest.start();
            name = rest.name()?;
        }
        if !rest.take(&["ON"]) {
            return None;
        }
        let table = rest.name()?;
        let inside = rest.inside()?;
        let keys: Vec<KeyText> = parts(inside).map(|part| key(sql, part)).collect::<Option<_>>()?;
        let filter = if rest.take(&["WHERE"]) {
            Some(without_parentheses(Dialect::Sqlite, rest.text()).to_owned())
                .filter(|condition| !condition.is_empty())
        } else if rest.is_empty() {
            None
        } else {
            return None;
        };
        Some(Self { name, table, unique, comment: comment(sql), keys, filter, name_start })
    }

    /// The statement that makes it in this schema, which is given in quotes: SQLite keeps its text without one.
    pub fn create_in(&self, sql: &str, schema: &str) -> String {
        let unique = if self.unique { "UNIQUE " } else { "" };
        format!("CREATE {unique}INDEX {schema}.{}", sql.get(self.name_start..).unwrap_or_default())
    }
}

/// A comment between the table and the keys, as this program writes that of an index.
fn comment(sql: &str) -> Option<String> {
    let all: Vec<Token<'_>> = tokens(Dialect::Sqlite, sql).collect();
    let open = all.iter().position(|token| token.is_sign("("))?;
    let on = all.get(..open)?.iter().rposition(|token| token.is("ON"))?;
    all.get(on..open)?.iter().find_map(|token| comment_text(token.text))
}

fn key(sql: &str, part: &[Token<'_>]) -> Option<KeyText> {
    let (descending, part) = match part {
        [rest @ .., last] if last.is_any(&["ASC", "DESC"]) && !rest.is_empty() => (last.is("DESC"), rest),
        all => (false, all),
    };
    let (collation, part) = match part {
        // Behind anything longer, it belongs to the last operand only.
        [rest @ .., word, name]
            if word.is("COLLATE") && is_operand(rest) && (name.is_name() || is_plain_string(name)) =>
        {
            (Some(name.unquoted()), rest)
        }
        all => (None, all),
    };
    let name = match part {
        [] => return None,
        [only] if only.is_name() || is_plain_string(only) => Some(only.unquoted()),
        _ => None,
    };
    Some(KeyText {
        expression: without_parentheses(Dialect::Sqlite, between(sql, part)).to_owned(),
        name,
        collation,
        descending,
    })
}

/// Whether this is one operand: a name or value, the call of a function, or something in parentheses.
fn is_operand(part: &[Token<'_>]) -> bool {
    let is_enclosed = |open: usize| {
        part.get(open).is_some_and(|token| token.is_sign("(")) && closing(part, open) == Some(part.len() - 1)
    };
    match part {
        [] => false,
        [_] => true,
        [first, ..] => is_enclosed(0) || first.is_name() && is_enclosed(1),
    }
}
