//! The stream of a Rust file; [`crate::digest`] says what it is.

use super::{Digest, END, LIST, push_text};
use crate::rust_tokens::{Token, TokenKind, tokens};

/// The digest of a Rust revision: of its tokens, whatever its comments, documentation and layout are.
///
/// The `revision! {…}` invocation does not count, because moving a revision to another parent does not change what it
/// does.
///
/// ```
/// use servicekit_chain::digest::digest_rust;
/// let before = digest_rust("revision! { id: \"b\", down_revision: \"a\" }\nfn upgrade(op: &mut Operations) {}");
/// let rebased = "//! title\nrevision! { id: \"b\", down_revision: \"c\" }\nfn upgrade(\n    op: &mut Operations,\n) {\n}";
/// assert_eq!(before, digest_rust(rebased));
/// ```
pub fn digest_rust(text: &str) -> Digest {
    let file = File::new(text);
    let mut stream = Vec::with_capacity(text.len() + 64);
    stream.extend_from_slice(b"rust 1");
    stream.extend_from_slice(&[END, LIST]);
    file.push_tokens(&mut stream);
    Digest::from_stream(&stream)
}

/// The tokens of a file that the compiler would see, documentation left out.
struct File<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// For an opening bracket the place of its closing one in `tokens`; for all others their own.
    ends: Vec<usize>,
}

/// An open bracket.
struct Group {
    /// Whether a comma before its end makes it a tuple of one, unless there are others.
    is_tuple: bool,
    commas: usize,
}

impl<'t> File<'t> {
    fn new(text: &'t str) -> Self {
        let tokens: Vec<_> =
            tokens(text).filter(|token| !token.kind.is_trivia() && !token.kind.is_doc()).collect();
        let mut ends: Vec<_> = (0..tokens.len()).collect();
        let mut open = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            if token.kind.is_opening() {
                open.push(index);
            } else if token.kind.is_closing()
                && let Some(end) = open.pop().and_then(|opening: usize| ends.get_mut(opening))
            {
                *end = index;
            }
        }
        Self { text, tokens, ends }
    }

    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    fn is_punctuation(&self, index: usize, character: char) -> bool {
        self.kind(index) == Some(TokenKind::Punct(character))
    }

    fn bytes_of(&self, token: &Token) -> &'t [u8] {
        self.text.as_bytes().get(token.span.start..token.span.end).unwrap_or_default()
    }

    fn is_word(&self, index: usize, word: &str) -> bool {
        self.tokens.get(index).is_some_and(|token| self.bytes_of(token) == word.as_bytes())
    }

    fn push_tokens(&self, stream: &mut Vec<u8>) {
        let mut groups: Vec<Group> = Vec::new();
        let mut revision_seen = false;
        let mut last: Option<&Token> = None;
        let mut index = 0;
        while let Some(token) = self.tokens.get(index) {
            let skipped = match token.kind {
                TokenKind::Ident if !revision_seen && groups.is_empty() => {
                    let after = self.after_revision(index);
                    revision_seen = after.is_some();
                    after
                }
                TokenKind::Punct('#') => self.after_doc_attribute(index),
                TokenKind::Punct(',') if self.is_idle_comma(index, groups.last_mut()) => Some(index + 1),
                TokenKind::Punct('(' | '[' | '{') => {
                    groups.push(Group { is_tuple: self.opens_tuple(index), commas: 0 });
                    None
                }
                TokenKind::Punct(')' | ']' | '}') => {
                    groups.pop();
                    None
                }
                _ => None,
            };
            if let Some(after) = skipped {
                index = after;
                continue;
            }
            if last.is_some_and(|last| !are_one_operator(last, token)) {
                stream.push(END);
            }
            push_text(stream, self.bytes_of(token));
            last = Some(token);
            index += 1;
        }
        if last.is_some() {
            stream.push(END);
        }
    }

    /// What follows `revision! {…}` and an optional `;`, if that stands here.
    fn after_revision(&self, index: usize) -> Option<usize> {
        let opening = index + 2;
        if !self.is_word(index, "revision")
            || !self.is_punctuation(index + 1, '!')
            || !self.kind(opening)?.is_opening()
        {
            return None;
        }
        let end = *self.ends.get(opening)?;
        if end == opening {
            return None;
        }
        Some(if self.is_punctuation(end + 1, ';') { end + 2 } else { end + 1 })
    }

    /// What follows `#[doc…]` or `#![doc…]`, if that starts with the `#` at `index`.
    fn after_doc_attribute(&self, index: usize) -> Option<usize> {
        let opening = if self.is_punctuation(index + 1, '!') { index + 2 } else { index + 1 };
        if !self.is_punctuation(opening, '[') || !self.is_word(opening + 1, "doc") {
            return None;
        }
        let end = *self.ends.get(opening)?;
        (end > opening).then_some(end + 1)
    }

    /// Whether the comma at `index` means nothing; counts the commas of the group it stands in.
    fn is_idle_comma(&self, index: usize, group: Option<&mut Group>) -> bool {
        let mut makes_tuple = false;
        if let Some(group) = group {
            group.commas += 1;
            makes_tuple = group.is_tuple && group.commas == 1;
        }
        match self.kind(index + 1) {
            Some(TokenKind::Punct(')')) => !makes_tuple,
            Some(TokenKind::Punct(']' | '}' | '>')) => true,
            _ => false,
        }
    }

    /// Whether the bracket is a `(` that belongs to no call, definition or macro.
    fn opens_tuple(&self, index: usize) -> bool {
        if !self.is_punctuation(index, '(') {
            return false;
        }
        let Some(before) = index.checked_sub(1) else { return true };
        match self.kind(before) {
            Some(TokenKind::Ident) => EXPRESSION_FOLLOWS.iter().any(|word| self.is_word(before, word)),
            Some(TokenKind::RawIdent | TokenKind::Punct(')' | ']' | '!' | '?')) => false,
            // `f::<T>(…)` is a call; `-> (…)` and `=> (…)` are none.
            Some(TokenKind::Punct('>')) => before
                .checked_sub(1)
                .is_some_and(|arrow| self.is_punctuation(arrow, '-') || self.is_punctuation(arrow, '=')),
            _ => true,
        }
    }
}

/// Keywords after which a `(` starts an expression, a pattern or a type.
const EXPRESSION_FOLLOWS: [&str; 19] = [
    "as", "break", "const", "dyn", "else", "for", "if", "impl", "in", "let", "match", "move", "mut", "pub",
    "ref", "return", "static", "where", "while",
];

/// Whether two tokens touch and make up one operator, or a part of one.
fn are_one_operator(first: &Token, second: &Token) -> bool {
    let (TokenKind::Punct(left), TokenKind::Punct(right)) = (first.kind, second.kind) else { return false };
    first.span.end == second.span.start
        && match right {
            '=' => matches!(left, '+' | '-' | '*' | '/' | '%' | '^' | '&' | '|' | '=' | '!' | '<' | '.'),
            '>' => matches!(left, '-' | '='),
            '&' | '|' | '<' | ':' | '.' => left == right,
            _ => false,
        }
}
