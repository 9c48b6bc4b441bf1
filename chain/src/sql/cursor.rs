//! The tokens of a statement that count, and a place among them.

use super::{Dialect, LexicalMode, ObjectName, Token, TokenKind, tokens};

/// The tokens of a statement that count: no blanks, no comments, nothing that is for a client or an optimizer.
///
/// ```
/// use servicekit_chain::sql::{Dialect, significant};
/// let tokens = significant(Dialect::Sqlite, "DROP /* it */ TABLE \u{feff}a");
/// assert_eq!(tokens.iter().map(|token| token.text).collect::<Vec<_>>(), ["DROP", "TABLE", "a"]);
/// ```
pub fn significant(mode: impl Into<LexicalMode>, sql: &str) -> Vec<Token<'_>> {
    let mode = mode.into();
    tokens(mode, sql).filter_map(|token| token.significant(mode.dialect)).collect()
}

/// Whether a text names this, in whatever quotes and case.
///
/// ```
/// use servicekit_chain::sql::{Dialect, mentions_name};
/// assert!(mentions_name(Dialect::Postgres, "lower(\"Name\") > 'a'", "name"));
/// assert!(!mentions_name(Dialect::Postgres, "lower(\"Name\") > 'a'", "a"));
/// ```
pub fn mentions_name(mode: impl Into<LexicalMode>, sql: &str, name: &str) -> bool {
    significant(mode, sql).iter().any(|token| token.is_name() && token.says(name))
}

/// The place of the parenthesis that closes the one at a place.
pub fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0;
    let rest = tokens.get(open..)?;
    let found = rest.iter().position(|token| {
        depth = token.depth_after(depth);
        depth == 0
    });
    found.map(|at| open + at)
}

/// An expression without the parentheses around the whole of it; those of a query, and those around nothing, stay.
///
/// ```
/// use servicekit_chain::sql::{Dialect, without_parentheses};
/// assert_eq!(without_parentheses(Dialect::Sqlite, "( (a + b) -- both\n)"), "a + b");
/// assert_eq!(without_parentheses(Dialect::Sqlite, "(a) + (b)"), "(a) + (b)");
/// ```
pub fn without_parentheses(mode: impl Into<LexicalMode>, text: &str) -> &str {
    let all = significant(mode, text);
    let partners = partners(&all);
    let mut inner = all.as_slice();
    let mut begin = 0;
    while let [_, middle @ .., _] = inner {
        let is_enclosed = partners.get(begin) == Some(&Some(begin + inner.len() - 1));
        let is_query = middle.first().is_none_or(|word| word.is_any(&["SELECT", "VALUES", "WITH"]));
        if !is_enclosed || is_query {
            break;
        }
        inner = middle;
        begin += 1;
    }
    match (inner.first(), inner.last()) {
        (Some(first), Some(last)) => text.get(first.start..last.end()).unwrap_or_default(),
        _ => "",
    }
}

/// The place of the parenthesis that closes each one, found in one go.
fn partners(tokens: &[Token<'_>]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.is_sign("(") {
            open.push(at);
        } else if token.is_sign(")")
            && let Some(partner) = open.pop().and_then(|first: usize| partners.get_mut(first))
        {
            *partner = Some(at);
        }
    }
    partners
}

/// What stands between commas, but for those in parentheses.
pub fn parts<'w, 't>(tokens: &'w [Token<'t>]) -> impl Iterator<Item = &'w [Token<'t>]> {
    let mut depth = 0;
    tokens.split(move |token| {
        depth = token.depth_after(depth);
        depth == 0 && token.is_sign(",")
    })
}

/// Whether two tokens side by side are these.
pub(super) fn has_pair<'t>(tokens: &[Token<'t>], are: impl Fn(&Token<'t>, &Token<'t>) -> bool) -> bool {
    tokens.windows(2).any(|pair| matches!(pair, [first, second] if are(first, second)))
}

/// Whether something comes after a semicolon: the text is a program, or several statements.
pub(super) fn goes_on(words: &[Token<'_>]) -> bool {
    has_pair(words, |semicolon, next| semicolon.is_semicolon() && !next.is_semicolon())
}

/// Whether a function of this name is called.
pub(super) fn calls(words: &[Token<'_>], function: &str) -> bool {
    has_pair(words, |name, open| open.is_sign("(") && name.is_name() && name.says(function))
}

/// Whether a string says this name, in any case.
pub(super) fn quotes(words: &[Token<'_>], name: &str) -> bool {
    let says = |word: &Token<'_>| word.text.to_ascii_uppercase().contains(&name.to_ascii_uppercase());
    words.iter().any(|word| word.is_string() && says(word))
}

/// What is left of a statement.
///
/// ```
/// use servicekit_chain::sql::{Dialect, TokenCursor, significant};
/// let tokens = significant(Dialect::Mysql, "RENAME TABLE `shop`.a TO b;");
/// let mut rest = TokenCursor::new(Dialect::Mysql, &tokens);
/// assert!(rest.take_all(&["RENAME", "TABLE"]));
/// assert_eq!(rest.name().unwrap().schema.as_deref(), Some("shop"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TokenCursor<'w, 't> {
    dialect: Dialect,
    rest: &'w [Token<'t>],
}

impl<'w, 't> TokenCursor<'w, 't> {
    /// Begins with all of these tokens but the semicolons at their end.
    pub fn new(dialect: Dialect, words: &'w [Token<'t>]) -> Self {
        let end = words.iter().rposition(|word| !word.is_semicolon()).map_or(0, |last| last + 1);
        Self { dialect, rest: words.get(..end).unwrap_or_default() }
    }

    pub(super) fn rest(&self) -> &'w [Token<'t>] {
        self.rest
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next token, which stays.
    pub fn first(&self) -> Option<&'w Token<'t>> {
        self.rest.first()
    }

    /// Takes the next token.
    pub fn take_token(&mut self) -> Option<Token<'t>> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Takes the next token if it is a keyword, in capitals.
    pub(super) fn keyword(&mut self) -> Option<String> {
        let word = self.rest.first().filter(|word| word.kind == TokenKind::Word)?;
        self.take_token();
        Some(word.text.to_ascii_uppercase())
    }

    /// Whether this keyword comes next.
    pub fn is(&self, keyword: &str) -> bool {
        self.rest.first().is_some_and(|word| word.is(keyword))
    }

    /// Whether one of these keywords comes next.
    pub fn is_any(&self, keywords: &[&str]) -> bool {
        self.rest.first().is_some_and(|word| word.is_any(keywords))
    }

    /// Whether these keywords come next, one after the other.
    pub(super) fn is_all(&self, keywords: &[&str]) -> bool {
        keywords.len() <= self.rest.len()
            && keywords.iter().zip(self.rest).all(|(keyword, word)| word.is(keyword))
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.rest.first().is_some_and(|word| word.is_sign(sign))
    }

    /// Takes this keyword if it comes next.
    pub fn take(&mut self, keyword: &str) -> bool {
        self.take_all(&[keyword])
    }

    pub(super) fn take_any(&mut self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.take(keyword))
    }

    /// Takes these keywords if they come next, one after the other.
    pub fn take_all(&mut self, keywords: &[&str]) -> bool {
        let found = self.is_all(keywords);
        if found {
            self.rest = self.rest.get(keywords.len()..).unwrap_or_default();
        }
        found
    }

    /// Takes this sign if it comes next.
    pub fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.take_token();
        }
        found
    }

    /// Takes what stands in parentheses, if they come next.
    pub(super) fn inside(&mut self) -> Option<Self> {
        if !self.is_sign("(") {
            return None;
        }
        let (inner, rest) = self.rest.split_at(closing(self.rest, 0).unwrap_or(self.rest.len()));
        self.rest = rest.get(1..).unwrap_or_default();
        Some(Self { dialect: self.dialect, rest: inner.get(1..).unwrap_or_default() })
    }

    /// What is left outside of parentheses.
    pub(super) fn outside(&self) -> impl Iterator<Item = Token<'t>> + use<'w, 't> {
        let mut depth = 0;
        self.rest.iter().copied().filter(move |word| {
            let before = depth;
            depth = word.depth_after(depth);
            before == 0 && depth == 0
        })
    }

    /// What is left, cut at the commas outside of parentheses.
    pub(super) fn parts(&self) -> impl Iterator<Item = Self> + use<'w, 't> {
        let dialect = self.dialect;
        parts(self.rest).map(move |rest| Self { dialect, rest })
    }

    /// Goes on to after the first such keyword outside of parentheses; says whether there is one.
    pub(super) fn seek(&mut self, keyword: &str) -> bool {
        let mut depth = 0;
        let found = self.rest.iter().position(|word| {
            depth = word.depth_after(depth);
            depth == 0 && word.is(keyword)
        });
        self.rest = found.and_then(|at| self.rest.get(at + 1..)).unwrap_or_default();
        found.is_some()
    }

    /// Takes a name, with its schema if one is written.
    pub fn name(&mut self) -> Option<ObjectName> {
        let mut schema = None;
        let mut name = self.name_part()?;
        while self.take_sign(".") {
            schema = Some(std::mem::replace(&mut name, self.name_part()?));
        }
        Some(ObjectName { schema, name })
    }

    fn name_part(&mut self) -> Option<String> {
        let word = *self.rest.first()?;
        let named = match word.kind {
            TokenKind::Word | TokenKind::Identifier => true,
            // MySQL's names may begin with a digit (manual, 9.2); one with a dot in it was read as something else.
            TokenKind::Number => self.dialect == Dialect::Mysql && !word.text.contains('.'),
            // SQLite takes `'a'` for a name where one is due (lang_keywords.html).
            TokenKind::String => self.dialect == Dialect::Sqlite && word.text.starts_with('\''),
            _ => false,
        };
        if !named {
            return None;
        }
        self.take_token();
        // `U&"…" UESCAPE '!'` is not worth reading, but a wrong name would be.
        let escaped = self.dialect == Dialect::Postgres && self.is("UESCAPE");
        (!escaped).then(|| word.name(self.dialect))
    }

    /// Takes names with commas between them, at least one.
    pub(super) fn names(&mut self) -> Option<Vec<ObjectName>> {
        let mut names = vec![self.name()?];
        while self.take_sign(",") {
            names.push(self.name()?);
        }
        Some(names)
    }

    /// Takes a string, out of its quotes.
    pub(super) fn string(&mut self) -> Option<String> {
        // Strings side by side are one (PostgreSQL's manual, 4.1.2.1).
        let count = self.rest.iter().take_while(|word| word.is_string()).count();
        let (strings, rest) = self.rest.split_at(count);
        self.rest = rest;
        (count > 0 && !self.is("UESCAPE")).then(|| strings.iter().map(Token::unquoted).collect())
    }
}
