//! The text of a table, taken apart so that what is not changed stays as it was written.
//!
//! The grammar is that of <https://www.sqlite.org/lang_createtable.html>. SQLite has already accepted the text, so
//! unknown parts are kept unchanged.

use crate::table::ConstraintKind;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, closing, parts, significant, tokens};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredTable {
    /// A comment right behind the opening parenthesis, about the table.
    pub comment: Option<String>,
    /// The columns.
    pub columns: Vec<ColumnText>,
    /// The constraints that stand after the columns.
    pub constraints: Vec<ConstraintText>,
    /// What follows the last part: space and comments, the closing parenthesis, options.
    tail: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnText {
    /// Space and comments before it.
    lead: String,
    /// The name.
    pub name: String,
    /// The name as it is written.
    name_text: String,
    /// A comment right behind the name.
    pub comment: Option<String>,
    /// The type as it is written, with what stands before it.
    pub data_type: String,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// Space and comments behind it.
    trail: String,
}

/// What a clause of a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClauseKind {
    /// `PRIMARY KEY`.
    PrimaryKey,
    /// `NOT NULL`.
    NotNull,
    /// `NULL`.
    Null,
    /// `UNIQUE`.
    Unique,
    /// `CHECK`.
    Check,
    /// `DEFAULT`.
    Default,
    /// `COLLATE`.
    Collate,
    /// `REFERENCES`.
    References,
    /// `GENERATED ALWAYS AS`, or only `AS`.
    Generated,
}

/// A clause of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// The name of the constraint that it is.
    pub name: Option<String>,
    /// What it says.
    pub kind: ClauseKind,
    /// The words, with what stands before them.
    pub text: String,
}

/// A constraint of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConstraintText {
    /// The name.
    pub name: Option<String>,
    /// What it is.
    pub kind: ConstraintKind,
    /// Its own columns; none of a check.
    pub columns: Vec<String>,
    /// The words, with what stands before and behind them.
    pub text: String,
}

impl StoredTable {
    /// Takes the text of a table apart; `None` when it is not that of an ordinary table.
    pub fn parse(sql: &str) -> Option<Self> {
        let all = all_tokens(sql);
        let mut significant = all.iter().filter(|token| !token.kind.is_trivia());
        if !significant.next()?.is("CREATE") || !significant.next()?.is("TABLE") {
            return None;
        }
        let open = all.iter().position(|token| token.text == "(")?;
        let close = closing(&all, open)?;
        let last = begin(&all, close);
        let (comment, from) = table_comment(&all, open + 1);
        let end = last + length_of_last_comment(all.get(from..last)?, all.get(last..close)?);
        let tail = concat(all.get(end..)?);
        let mut parsed = Self { comment, columns: Vec::new(), constraints: Vec::new(), tail };
        for part in parts(all.get(from..end)?) {
            let first = part.iter().find(|token| !token.kind.is_trivia())?;
            let begins = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
            if begins.iter().any(|word| first.is(word)) {
                parsed.constraints.extend(constraints(part)?);
            } else {
                parsed.columns.push(column(part)?);
            }
        }
        (!parsed.columns.is_empty()).then_some(parsed)
    }

    /// The statement that makes it under a name, which is given in quotes.
    pub(crate) fn create(&self, name: &str) -> String {
        let mut text = format!("CREATE TABLE {name} (");
        text.extend(self.comment.iter().map(|comment| format!(" {comment}")));
        let columns = self.columns.iter().map(ColumnText::text);
        let parts: Vec<String> =
            columns.chain(self.constraints.iter().map(|part| part.text.clone())).collect();
        text.push_str(&parts.join(","));
        text.push_str(&self.tail);
        text
    }

    /// The place of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Whether its rows have no number of their own.
    pub(crate) fn is_without_rowid(&self) -> bool {
        significant(Dialect::Sqlite, &self.tail)
            .windows(2)
            .any(|pair| matches!(pair, [without, rowid] if without.is("WITHOUT") && rowid.is("ROWID")))
    }

    /// The column that is another name of the number of a row: <https://www.sqlite.org/lang_createtable.html#rowid>.
    pub(crate) fn rowid_alias(&self) -> Option<&str> {
        let is_integer = |column: &&ColumnText| column.data_type.trim().eq_ignore_ascii_case("INTEGER");
        let in_column = self.columns.iter().filter(is_integer).find(|column| {
            let key = column.clauses.iter().find(|clause| clause.kind == ClauseKind::PrimaryKey);
            // By an old mistake that stays, a descending one is none.
            key.is_some_and(|key| {
                !significant(Dialect::Sqlite, &key.text).iter().any(|token| token.is("DESC"))
            })
        });
        let by_itself = || {
            let key = self.constraints.iter().find(|each| each.kind == ConstraintKind::PrimaryKey)?;
            let [only] = key.columns.as_slice() else { return None };
            self.columns.iter().filter(is_integer).find(|column| column.name.eq_ignore_ascii_case(only))
        };
        in_column.or_else(by_itself).map(|column| column.name.as_str())
    }
}

impl ColumnText {
    /// A column from its definition.
    pub(crate) fn parse(definition: &str) -> Option<Self> {
        column(&all_tokens(definition))
    }

    pub(crate) fn is_generated(&self) -> bool {
        self.clauses.iter().any(|clause| clause.kind == ClauseKind::Generated)
    }

    fn text(&self) -> String {
        let mut text = format!("{}{}", self.lead, self.name_text);
        for part in [self.comment.as_deref(), Some(self.data_type.as_str())].into_iter().flatten() {
            push_apart(&mut text, part);
        }
        for clause in &self.clauses {
            push_apart(&mut text, &clause.text);
        }
        text.push_str(&self.trail);
        text
    }

    /// Takes the place of another one among the lines of the table.
    pub(crate) fn standing_like(mut self, other: &Self) -> Self {
        // Comments there are about the other one.
        self.lead = if other.lead.contains("--") || other.lead.contains("/*") {
            "\n    ".into()
        } else {
            other.lead.clone()
        };
        self
    }
}

/// Adds a part, with a blank where nothing stands between.
fn push_apart(text: &mut String, part: &str) {
    if part.is_empty() {
        return;
    }
    if !part.starts_with(|c: char| c.is_ascii_whitespace()) {
        text.push(' ');
    }
    text.push_str(part);
}

fn all_tokens(sql: &str) -> Vec<Token<'_>> {
    tokens(Dialect::Sqlite, sql).collect()
}

fn concat(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(|token| token.text).collect()
}

/// A block comment right behind the opening parenthesis, as this program writes that of a table; and where the rest
/// begins.
fn table_comment(all: &[Token<'_>], begin: usize) -> (Option<String>, usize) {
    match all.get(begin..).unwrap_or_default() {
        // One on a line of its own is about the first column.
        [space, comment, ..] if space.text == " " && comment.text.starts_with("/*") => {
            (Some(comment.text.to_owned()), begin + 2)
        }
        _ => (None, begin),
    }
}

/// How many tokens the comment of the last column has, which is behind its name if that is all.
fn length_of_last_comment(columns: &[Token<'_>], behind: &[Token<'_>]) -> usize {
    let last = parts(columns).last().unwrap_or_default();
    let is_name = last.iter().filter(|token| !token.kind.is_trivia()).count() == 1;
    if is_name && block_comment(behind).is_some() { 2 } else { 0 }
}

/// A block comment that comes first.
fn block_comment(tokens: &[Token<'_>]) -> Option<String> {
    match tokens {
        [space, comment, ..] if space.kind == TokenKind::Space && comment.text.starts_with("/*") => {
            Some(comment.text.to_owned())
        }
        _ => None,
    }
}

fn column(part: &[Token<'_>]) -> Option<ColumnText> {
    let first = part.iter().position(|token| !token.kind.is_trivia())?;
    let (part, trail) = part.split_at(begin(part, part.len()));
    let (lead, rest) = part.split_at(first);
    let (name, rest) = rest.split_first()?;
    let mut comment = block_comment(rest);
    let (rest, trail) = match (&comment, block_comment(trail)) {
        (Some(_), _) => (rest.get(2..)?, trail),
        // Behind a name that is all, the comment is about it too.
        (None, Some(behind)) if rest.is_empty() => {
            comment = Some(behind);
            (rest, trail.get(2..)?)
        }
        _ => (rest, trail),
    };
    let starts = clause_starts(rest);
    let type_end = starts.first().map_or(rest.len(), |(at, _)| *at);
    let mut clauses = Vec::new();
    for (index, (start, kind)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(rest.len(), |(next, _)| *next);
        let tokens = rest.get(*start..end)?;
        clauses.push(Clause { name: constraint_name(tokens), kind: *kind, text: concat(tokens) });
    }
    Some(ColumnText {
        lead: concat(lead),
        name: name.unquoted(),
        name_text: name.text.to_owned(),
        comment,
        data_type: concat(rest.get(..type_end)?),
        clauses,
        trail: concat(trail),
    })
}

/// The name behind `CONSTRAINT`.
fn constraint_name(tokens: &[Token<'_>]) -> Option<String> {
    let mut words = tokens.iter().filter(|token| !token.kind.is_trivia());
    let first = words.next()?;
    first.is("CONSTRAINT").then(|| words.next()).flatten().map(Token::unquoted)
}

/// Where the clauses of a column begin, with the space before them, and what each says.
fn clause_starts(tokens: &[Token<'_>]) -> Vec<(usize, ClauseKind)> {
    let mut starts: Vec<(usize, ClauseKind)> = Vec::new();
    let mut depth = 0_usize;
    // The word before, and where a `CONSTRAINT` with its name began that has no kind yet.
    let (mut before, mut named, mut skip) = (String::new(), None, false);
    // Whether the `AS` of a `GENERATED ALWAYS` is still to come. A type may end in `ALWAYS` too.
    let mut begun = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind.is_trivia() {
            continue;
        }
        depth = token.depth_after(depth);
        let word = if token.kind == TokenKind::Word && depth == 0 {
            token.text.to_ascii_uppercase()
        } else {
            String::new()
        };
        if std::mem::take(&mut skip) {
            before = word;
            continue;
        }
        let next = tokens.iter().skip(at + 1).find(|token| !token.kind.is_trivia());
        let kind = match word.as_str() {
            "CONSTRAINT" => {
                named = Some(at);
                // The next one is a name, whatever it looks like.
                skip = true;
                None
            }
            "PRIMARY" => Some(ClauseKind::PrimaryKey),
            "UNIQUE" => Some(ClauseKind::Unique),
            "CHECK" => Some(ClauseKind::Check),
            "COLLATE" => Some(ClauseKind::Collate),
            "REFERENCES" => Some(ClauseKind::References),
            "GENERATED" => {
                begun = true;
                Some(ClauseKind::Generated)
            }
            "AS" if !std::mem::take(&mut begun) => Some(ClauseKind::Generated),
            "DEFAULT" if before != "SET" => {
                skip = true;
                Some(ClauseKind::Default)
            }
            "NOT" if next.is_some_and(|next| next.is("NULL")) => Some(ClauseKind::NotNull),
            "NULL" if before != "NOT" && before != "SET" => Some(ClauseKind::Null),
            _ => None,
        };
        if let Some(kind) = kind {
            starts.push((begin(tokens, named.take().unwrap_or(at)), kind));
        }
        before = word;
    }
    starts
}

/// The place where the space and the comments before a token begin.
fn begin(tokens: &[Token<'_>], at: usize) -> usize {
    let before = tokens.get(..at).unwrap_or_default();
    before.iter().rposition(|token| !token.kind.is_trivia()).map_or(0, |last| last + 1)
}

/// The constraints of a part: between two of them SQLite wants no comma.
fn constraints(part: &[Token<'_>]) -> Option<Vec<ConstraintText>> {
    let mut starts: Vec<(usize, ConstraintKind)> = Vec::new();
    let (mut depth, mut named, mut skip) = (0_usize, None, false);
    for (at, token) in part.iter().enumerate().filter(|(_, token)| !token.kind.is_trivia()) {
        depth = token.depth_after(depth);
        if std::mem::take(&mut skip) || depth > 0 || token.kind != TokenKind::Word {
            continue;
        }
        let kind = match token.text.to_ascii_uppercase().as_str() {
            "CONSTRAINT" => {
                (named, skip) = (Some(at), true);
                None
            }
            "PRIMARY" => Some(ConstraintKind::PrimaryKey),
            "UNIQUE" => Some(ConstraintKind::Unique),
            "CHECK" => Some(ConstraintKind::Check),
            "FOREIGN" => Some(ConstraintKind::ForeignKey),
            _ => None,
        };
        if let Some(kind) = kind {
            starts.push((begin(part, named.take().unwrap_or(at)), kind));
        }
    }
    let mut all = Vec::new();
    for (index, (start, kind)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(part.len(), |(next, _)| *next);
        // Space and comments before the first one are its own.
        let tokens = part.get(if index == 0 { 0 } else { *start }..end)?;
        let columns = if *kind == ConstraintKind::Check { Vec::new() } else { listed(tokens) };
        all.push(ConstraintText {
            name: constraint_name(tokens),
            kind: *kind,
            columns,
            text: concat(tokens),
        });
    }
    Some(all)
}

/// The names in the first parentheses.
fn listed(tokens: &[Token<'_>]) -> Vec<String> {
    let Some(open) = tokens.iter().position(|token| token.text == "(") else { return Vec::new() };
    let Some(close) = closing(tokens, open) else { return Vec::new() };
    let inside = tokens.get(open + 1..close).unwrap_or_default();
    let first = |part: &[Token<'_>]| part.iter().find(|token| !token.kind.is_trivia()).map(Token::unquoted);
    parts(inside).filter_map(first).collect()
}
