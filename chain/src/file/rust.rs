//! `.rs` version files: `revision! { … }` and the functions beside it.

use super::header::{Fill, Key, Title, alias, example_id, first_line};
use super::{Body, RUST_KEYS, Read, RustBody};
use crate::Source;
use crate::diagnostic::{Problem, suggestions};
use crate::rust_tokens::{Open, Token, TokenKind, tokens};
use crate::sql::UnterminatedKind;
use std::ops::Range;
use std::sync::Arc;

pub(crate) fn read(source: &Arc<Source>) -> Read {
    let mut scan = Scan::new(source);
    scan.top_level();
    scan.finish()
}

struct Scan<'s> {
    text: &'s str,
    fill: Fill<'s>,
    /// Everything but blanks and comments.
    tokens: Vec<Token>,
    title: Title,
    /// Each `revision! { … }` of the file.
    invocations: Vec<Range<usize>>,
    upgrade: bool,
    downgrade: bool,
    /// What is open up to the end of the file, so that what is missing may be hidden in it.
    unterminated: Option<(UnterminatedKind, usize)>,
}

impl<'s> Scan<'s> {
    fn new(source: &'s Arc<Source>) -> Self {
        Self {
            text: &source.text,
            fill: Fill::new(source),
            tokens: tokens(&source.text).filter(|token| !token.kind.is_trivia()).collect(),
            title: Title::default(),
            invocations: Vec::new(),
            upgrade: false,
            downgrade: false,
            unterminated: None,
        }
    }

    fn text(&self, token: &Token) -> &'s str {
        self.text.get(token.span.clone()).unwrap_or_default()
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| token.kind == TokenKind::Ident && self.text(token) == word)
    }

    fn is_punct(&self, at: usize, character: char) -> bool {
        self.token(at).is_some_and(|token| token.kind == TokenKind::Punct(character))
    }

    /// A piece of documentation of the file: a line of the title, or several.
    fn doc(&mut self, token: &Token) {
        let text = self.text(token);
        if let Some(line) = text.strip_prefix("//!") {
            self.title.line(line);
        } else {
            let inner = text.trim_start_matches("/*!").trim_end_matches("*/");
            inner.lines().for_each(|line| self.title.line(line.trim_start().trim_start_matches('*')));
        }
    }

    /// Finds what counts outside all brackets.
    fn top_level(&mut self) {
        let mut depth = 0;
        let mut at = 0;
        while let Some(token) = self.token(at).cloned() {
            depth = token.kind.depth_after(depth);
            match token.kind {
                TokenKind::InnerDoc if depth == 0 => self.doc(&token),
                TokenKind::Unterminated(Open::String) => {
                    self.unterminated = Some((UnterminatedKind::String, token.span.start));
                }
                TokenKind::Unterminated(Open::Comment) => {
                    self.unterminated = Some((UnterminatedKind::Comment, token.span.start));
                }
                TokenKind::Ident if depth == 0 => {
                    if self.is_word(at, "fn") {
                        self.upgrade |= self.is_word(at + 1, "upgrade");
                        self.downgrade |= self.is_word(at + 1, "downgrade");
                    } else if self.is_word(at, "revision") && self.is_punct(at + 1, '!') {
                        at = self.invocation(at);
                        continue;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads `revision! { … }` whose name is the token `name`; gives the token behind it.
    fn invocation(&mut self, name: usize) -> usize {
        let open = name + 2;
        if !self.token(open).is_some_and(|token| token.kind.is_opening()) {
            return name + 1;
        }
        let Some(end) = self.matching(open) else {
            // Never closed: the keys can be read all the same, and the compiler reports the bracket.
            self.note_invocation(name, self.tokens.len());
            self.keys(open + 1, self.tokens.len());
            return self.tokens.len();
        };
        if self.note_invocation(name, end + 1) {
            self.keys(open + 1, end);
        }
        end + 1
    }

    /// Remembers an invocation that covers these tokens; false when it is not the first.
    fn note_invocation(&mut self, name: usize, end: usize) -> bool {
        let mut first = name;
        // The path before the name belongs to it: `servicekit::revision!`.
        while first >= 2 && self.is_punct(first - 1, ':') && self.is_punct(first - 2, ':') {
            let segment =
                first >= 3 && self.token(first - 3).is_some_and(|token| token.kind == TokenKind::Ident);
            first -= if segment { 3 } else { 2 };
        }
        let start = self.token(first).map_or(0, |token| token.span.start);
        let end = self.token(end.saturating_sub(1)).map_or(start, |token| token.span.end);
        self.invocations.push(start..end);
        self.invocations.len() == 1
    }

    /// The token that closes the bracket at `open`.
    fn matching(&self, open: usize) -> Option<usize> {
        let mut depth = 0;
        let closes = |token: &Token| {
            depth = token.kind.depth_after(depth);
            depth == 0
        };
        self.tokens.get(open..)?.iter().position(closes).map(|length| open + length)
    }

    /// The `key: value,` pairs between two tokens.
    fn keys(&mut self, mut at: usize, end: usize) {
        while at < end {
            let next = self.pair(at, end);
            // Behind a pair stands a comma or the end; after a mistake the next comma is where to go on.
            at = next.unwrap_or_else(|| self.skip_to_comma(at, end));
            if at < end {
                if !self.is_punct(at, ',') {
                    self.expected("`,` or the end", at, end);
                    at = self.skip_to_comma(at, end);
                }
                at += 1;
            }
        }
    }

    /// One `key: value` from the token `at`; gives the token behind it, or nothing when it is malformed.
    fn pair(&mut self, at: usize, end: usize) -> Option<usize> {
        let token = self.token(at).filter(|_| at < end)?;
        if token.kind != TokenKind::Ident {
            return self.expected("a key", at, end);
        }
        let (written, span) = (self.text(token), token.span.clone());
        if !(at + 1 < end && self.is_punct(at + 1, ':')) {
            self.expected("`:` behind the key", at + 1, end);
            if !(at + 1 < end && self.is_punct(at + 1, '=')) {
                return None;
            }
        }
        let known = Key::find(written, &RUST_KEYS);
        let found = known.or_else(|| {
            let near = || Key::find(suggestions(written, RUST_KEYS).first()?, &RUST_KEYS);
            let named = |key: Key| key.name(&RUST_KEYS).map(|name| (key, name));
            let found = alias(written).and_then(named).or_else(near);
            let place = self.fill.place(span.clone());
            let meant = found.map(|(_, name)| name);
            self.fill.problems.push(Problem::UnknownKey { place, meant, known: &RUST_KEYS });
            found
        });
        match found {
            Some((key, name)) if self.fill.key(key, name, span) => return self.value(key, name, at + 2, end),
            Some((Key::Id, _)) => {
                if let Some((value, _)) = self.string(at + 2, end) {
                    self.fill.maybe(value);
                }
            }
            _ => {}
        }
        Some(self.skip_to_comma(at, end))
    }

    /// The value of a key: a string, or for a list also several in brackets.
    fn value(&mut self, key: Key, name: &'static str, at: usize, end: usize) -> Option<usize> {
        if let Some((value, span)) = self.string(at, end) {
            self.take(key, name, value, span);
            return Some(at + 1);
        }
        let expected = if key.is_list() { "a string or a list of strings" } else { "a string" };
        if !(key.is_list() && at < end && self.is_punct(at, '[')) {
            self.fill.header.unclear = true;
            // `id: a1` lacks only the quotes.
            if let Some(token) = self.token(at).filter(|_| at < end) {
                let text = self.text(token);
                self.fill.maybe(text);
            }
            return self.expected(expected, at, end);
        }
        let close = self.matching(at).filter(|close| *close < end)?;
        let mut item = at + 1;
        while item < close {
            let Some((value, span)) = self.string(item, close) else {
                self.fill.header.unclear = true;
                self.expected("a string", item, close);
                return Some(close + 1);
            };
            self.take(key, name, value, span);
            item += 1;
            if item < close && !self.is_punct(item, ',') {
                self.expected("`,` or `]`", item, close);
                return Some(close + 1);
            }
            item += 1;
        }
        Some(close + 1)
    }

    fn take(&mut self, key: Key, name: &'static str, value: &str, span: Range<usize>) {
        if value.trim().is_empty() {
            self.fill.empty(key, name, span);
        } else {
            self.fill.value(key, name, value, span);
        }
    }

    /// A string literal at this token: what stands between its quotes, and the whole literal.
    fn string(&self, at: usize, end: usize) -> Option<(&'s str, Range<usize>)> {
        let token = self.token(at).filter(|_| at < end)?;
        if !matches!(token.kind, TokenKind::String | TokenKind::RawString) {
            return None;
        }
        let text = self.text(token).trim_start_matches('r');
        let (hashes, quoted) = text.split_at(text.len() - text.trim_start_matches('#').len());
        // One with a suffix is a string for no compiler.
        let inner = quoted.strip_suffix(hashes)?.strip_prefix('"')?.strip_suffix('"')?;
        Some((inner, token.span.clone()))
    }

    /// The next comma outside nested brackets, or the end.
    fn skip_to_comma(&self, from: usize, end: usize) -> usize {
        let mut depth = 0;
        let is_next = |token: &Token| {
            depth = token.kind.depth_after(depth);
            depth == 0 && token.kind == TokenKind::Punct(',')
        };
        let rest = self.tokens.get(from..end).unwrap_or_default();
        rest.iter().position(is_next).map_or(end, |length| from + length)
    }

    /// Reports what stands at this token, or that nothing does; always gives nothing.
    fn expected(&mut self, expected: &'static str, at: usize, end: usize) -> Option<usize> {
        let place = match self.token(at).filter(|_| at < end) {
            Some(token) => token.span.clone(),
            // At the end: behind the last token before it.
            None => self.token(at.saturating_sub(1)).map_or(0..0, |token| token.span.end..token.span.end),
        };
        let place = self.fill.place(place);
        self.fill.problems.push(Problem::InvocationSyntax { place, expected });
        None
    }

    fn finish(mut self) -> Read {
        self.missing();
        let body = self.invocations.first().map(|invocation| {
            Body::Rust(RustBody { downgrade: self.downgrade, invocation: invocation.clone() })
        });
        let Fill { source, mut header, problems } = self.fill;
        header.message = self.title.take();
        Read { source: Arc::clone(source), header, body, problems }
    }

    fn missing(&mut self) {
        let Some(invocation) = self.invocations.first().cloned() else {
            self.fill.header.unclear = true;
            if let Some((kind, start)) = self.unterminated {
                let place = self.fill.place(start..start + 1);
                return self.fill.problems.push(Problem::Unterminated { kind, place, section: None });
            }
            let example = example_id(self.fill.source);
            let place = self.fill.place(first_line(self.text));
            self.fill.problems.push(Problem::MissingInvocation { place, example });
            return;
        };
        for second in self.invocations.iter().skip(1) {
            let (first, second) = (self.fill.place(invocation.clone()), self.fill.place(second.clone()));
            self.fill.problems.push(Problem::InvocationTwice { first, second });
        }
        let name = self.text.get(invocation.clone()).and_then(|text| text.find('!')).unwrap_or(0);
        let name = invocation.start..invocation.start + name + 1;
        if !self.fill.has(Key::Id) {
            self.fill.header.unclear = true;
            // What could not be read may have been the id.
            if !self.fill.problems.iter().any(|problem| matches!(problem, Problem::InvocationSyntax { .. })) {
                let place = self.fill.place(name.clone());
                self.fill.problems.push(Problem::MissingRevision { place, key: "id" });
            }
        }
        if !self.upgrade && self.unterminated.is_none() {
            let id = self.fill.header.id.clone();
            let place = self.fill.place(id.as_ref().map_or(name, |id| id.span.clone()));
            let revision = id.map(|id| id.value);
            self.fill.problems.push(Problem::MissingUpgradeFunction { revision, place });
        }
    }
}
