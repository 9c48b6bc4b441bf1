//! Digests of revisions: what tells an edit from a reformatting.
//!
//! A digest is the SHA-256 of the *stream* of a file, a sequence of bytes made as described here so exactly that
//! another program can make it too. Streams hold texts, which are UTF-8, and marks, which are bytes that UTF-8 never
//! uses; so no two different sequences of texts have the same stream.
//!
//! | mark | stands after |
//! |---|---|
//! | `FF` | a token or a name |
//! | `FE` | a token, when it and the next one are strings in single quotes with a line break between them |
//! | `FD` | a list of names or tokens |
//! | `FC` | nothing: it stands for a list of tokens that is equal to the first one of its section |
//!
//! In every token CRLF counts as LF. The number in a stream's first name changes when its definition does.
//!
//! # SQL
//!
//! 1. The name `sql 1`, and for a file with `transaction off` the name `transaction off`; `FD`.
//! 2. Each section; those of the upgrade come first, then those that name SQLite before those that do not, then the
//!    same for PostgreSQL and for MySQL:
//!    1. the direction, `upgrade` or `downgrade`, and its dialects in the order `sqlite`, `postgres`, `mysql`; `FD`;
//!    2. for each of its dialects in that order, or for all three when it has none, the tokens of its SQL
//!       as [that dialect](crate::sql::tokens) reads them; `FD`, or `FC` alone for a list equal to the section's first.
//!
//! Of the tokens, blanks, comments and `DELIMITER` lines are left out; a delimiter set by such a line counts as `;`;
//! a `;` before the first token, after the last one or after another `;` is left out. Everything else counts as it is
//! written, the case of keywords included, because whether case matters is for the database to say.
//!
//! A section for no dialect in particular is read as each of the three, because a database of each kind may be given
//! it: a comment for one may be an operator for another.
//!
//! # Rust
//!
//! The name `rust 1`; `FD`; the tokens of the [file](crate::rust_tokens), each followed by `FF`. Left out are
//!
//! - blanks, comments and documentation, also as `#[doc…]` or `#![doc…]`;
//! - the first `revision!` invocation outside all brackets, with its brackets and a `;` after them: what a revision
//!   follows is no part of what it does;
//! - a comma before `)`, `]`, `}` or `>`, unless it is the only one of a tuple; a `(` starts a tuple unless it comes after
//!   `)`, `]`, `!`, `?`, a `>` that belongs to no `->` or `=>`, or a word other than those in
//!   `as break const dyn else for if impl in let match move mut pub ref return static where while`.
//!
//! Two punctuation characters that touch are in one token when the second is a `=` after one of `+-*/%^&|=!<.`, a `>`
//! after `-` or `=`, or the same as the first and one of `&|<:.`.

mod rust;
mod sql;

pub use rust::digest_rust;
pub use sql::{DigestSection, digest_sql};

use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// Ends a token or a name.
const END: u8 = 0xff;
/// Ends a string which a string on another line follows.
const LINE: u8 = 0xfe;
/// Ends a list.
const LIST: u8 = 0xfd;
/// Stands for a list that equals the first one.
const SAME: u8 = 0xfc;

/// The digest of a revision's statements or code; it is written as 64 hexadecimal digits.
///
/// ```
/// use servicekit_chain::digest::{Digest, digest_rust};
/// let digest = digest_rust("pub fn upgrade(op: &mut Operations) {}");
/// assert_eq!(digest.to_string().parse(), Ok(digest));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn from_stream(stream: &[u8]) -> Self {
        Self(Sha256::digest(stream).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("a digest is written as 64 hexadecimal digits")]
pub struct InvalidDigest;

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(InvalidDigest);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Ok(Self(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, InvalidDigest> {
    char::from(digit).to_digit(16).and_then(|value| value.try_into().ok()).ok_or(InvalidDigest)
}

/// Adds a text, with LF for each CRLF.
fn push_text(stream: &mut Vec<u8>, text: &[u8]) {
    if !text.contains(&b'\r') {
        stream.extend_from_slice(text);
        return;
    }
    for (at, &byte) in text.iter().enumerate() {
        if byte != b'\r' || text.get(at + 1) != Some(&b'\n') {
            stream.push(byte);
        }
    }
}

#[cfg(test)]
mod tests;
