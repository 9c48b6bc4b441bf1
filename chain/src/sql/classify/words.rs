//! The tokens of a statement that count, and a place among them.

use super::ObjectName;
use super::strings::{decoded, identifier};
use crate::Dialect;
use crate::sql::{LexicalMode, Token, TokenKind, tokens};

/// A token that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub(super) kind: TokenKind,
    /// Its text, quotes included.
    pub(super) text: &'t str,
}

impl<'t> Word<'t> {
    /// The token as a word; `None` when it counts for nothing.
    pub(super) fn of(dialect: Dialect, sql: &'t str, token: &Token) -> Option<Self> {
        let idle = token.kind.is_trivia()
            || matches!(
                token.kind,
                TokenKind::Hint
                    | TokenKind::ExecutableStart
                    | TokenKind::ExecutableEnd
                    | TokenKind::Directive
                    | TokenKind::Delimiter
            );
        let mut text = sql.get(token.span.clone()).unwrap_or_default();
        if dialect == Dialect::Sqlite {
            // SQLite takes a byte order mark for a blank wherever a token can begin.
            text = text.trim_start_matches('\u{feff}');
        }
        (!idle && !text.is_empty()).then_some(Self { kind: token.kind, text })
    }

    /// Whether it is this keyword, given in capitals.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    pub(super) fn is_any(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(keyword))
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.kind, TokenKind::Punctuation | TokenKind::Operator) && self.text == sign
    }

    fn is_semicolon(&self) -> bool {
        matches!(self.kind, TokenKind::Semicolon | TokenKind::Punctuation) && self.text == ";"
    }

    pub(super) fn is_string(&self) -> bool {
        matches!(self.kind, TokenKind::String | TokenKind::DollarString)
    }
}

/// The tokens of a statement that count.
pub(super) fn words(mode: impl Into<LexicalMode>, sql: &str) -> Vec<Word<'_>> {
    let mode = mode.into();
    tokens(mode, sql).filter_map(|token| Word::of(mode.dialect, sql, &token)).collect()
}

/// Whether something comes after a semicolon: the text is a program, or several statements.
pub(super) fn goes_on(words: &[Word<'_>]) -> bool {
    words.windows(2).any(|pair| match pair {
        [semicolon, next] => semicolon.is_semicolon() && !next.is_semicolon(),
        _ => false,
    })
}

/// Whether a function of this name is called.
pub(super) fn calls(words: &[Word<'_>], function: &str) -> bool {
    words.windows(2).any(|pair| match pair {
        [name, open] => {
            let quoted = name.kind == TokenKind::Identifier
                && name.text.trim_matches(['"', '`']).eq_ignore_ascii_case(function);
            (quoted || name.is(function)) && open.is_sign("(")
        }
        _ => false,
    })
}

/// Whether a string says this name, in any case.
pub(super) fn quotes(words: &[Word<'_>], name: &str) -> bool {
    let says = |word: &Word<'_>| word.text.to_ascii_uppercase().contains(&name.to_ascii_uppercase());
    words.iter().any(|word| word.is_string() && says(word))
}

/// What is left of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'w, 't> {
    dialect: Dialect,
    rest: &'w [Word<'t>],
}

impl<'w, 't> Words<'w, 't> {
    pub(super) fn new(dialect: Dialect, words: &'w [Word<'t>]) -> Self {
        let end = words.iter().rposition(|word| !word.is_semicolon()).map_or(0, |last| last + 1);
        Self { dialect, rest: words.get(..end).unwrap_or_default() }
    }

    pub(super) fn rest(&self) -> &'w [Word<'t>] {
        self.rest
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn next(&mut self) -> Option<Word<'t>> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Takes the next token if it is a keyword, in capitals.
    pub(super) fn keyword(&mut self) -> Option<String> {
        let word = self.rest.first().filter(|word| word.kind == TokenKind::Word)?;
        let keyword = word.text.to_ascii_uppercase();
        self.next();
        Some(keyword)
    }

    pub(super) fn is(&self, keyword: &str) -> bool {
        self.rest.first().is_some_and(|word| word.is(keyword))
    }

    pub(super) fn is_any(&self, keywords: &[&str]) -> bool {
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

    pub(super) fn take(&mut self, keyword: &str) -> bool {
        self.take_all(&[keyword])
    }

    pub(super) fn take_any(&mut self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.take(keyword))
    }

    /// Takes these keywords if they come next, one after the other.
    pub(super) fn take_all(&mut self, keywords: &[&str]) -> bool {
        let found = self.is_all(keywords);
        if found {
            self.rest = self.rest.get(keywords.len()..).unwrap_or_default();
        }
        found
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.next();
        }
        found
    }

    /// Takes what stands in parentheses, if they come next.
    pub(super) fn inside(&mut self) -> Option<Self> {
        if !self.is_sign("(") {
            return None;
        }
        let mut depth = 0_usize;
        let close = self.rest.iter().position(|word| {
            depth = deeper(depth, word);
            depth == 0
        });
        let (inner, rest) = self.rest.split_at(close.unwrap_or(self.rest.len()));
        self.rest = rest.get(1..).unwrap_or_default();
        Some(Self { dialect: self.dialect, rest: inner.get(1..).unwrap_or_default() })
    }

    /// What is left outside of parentheses.
    pub(super) fn outside(&self) -> impl Iterator<Item = Word<'t>> + use<'w, 't> {
        let mut depth = 0_usize;
        self.rest.iter().copied().filter(move |word| {
            let before = depth;
            depth = deeper(depth, word);
            before == 0 && depth == 0
        })
    }

    /// What is left, cut at the commas outside of parentheses.
    pub(super) fn parts(&self) -> impl Iterator<Item = Self> + use<'w, 't> {
        let mut depth = 0_usize;
        let dialect = self.dialect;
        self.rest
            .split(move |word| {
                depth = deeper(depth, word);
                depth == 0 && word.is_sign(",")
            })
            .map(move |rest| Self { dialect, rest })
    }

    /// Goes on to after the first such keyword outside of parentheses; says whether there is one.
    pub(super) fn seek(&mut self, keyword: &str) -> bool {
        let mut depth = 0_usize;
        let found = self.rest.iter().position(|word| {
            depth = deeper(depth, word);
            depth == 0 && word.is(keyword)
        });
        self.rest = found.and_then(|at| self.rest.get(at + 1..)).unwrap_or_default();
        found.is_some()
    }

    /// Takes a name, with its schema if one is written.
    pub(super) fn name(&mut self) -> Option<ObjectName> {
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
            _ => false,
        };
        if !named {
            return None;
        }
        self.next();
        // `U&"…" UESCAPE '!'` is not worth reading, but a wrong name would be.
        let escaped = self.dialect == Dialect::Postgres && self.is("UESCAPE");
        (!escaped).then(|| identifier(self.dialect, word.kind, word.text))
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
        let mut whole = String::new();
        let mut found = false;
        // Strings side by side are one (PostgreSQL's manual, 4.1.2.1).
        while let Some(word) = self.rest.first().filter(|word| word.is_string()) {
            whole.push_str(&decoded(self.dialect, word.kind, word.text));
            found = true;
            self.next();
        }
        (found && !self.is("UESCAPE")).then_some(whole)
    }
}

fn deeper(depth: usize, word: &Word<'_>) -> usize {
    if word.is_sign("(") {
        depth + 1
    } else if word.is_sign(")") {
        depth.saturating_sub(1)
    } else {
        depth
    }
}
