//! Revision identifiers and branch labels: one namespace, one rule for what they may hold.

use crate::characters::is_invisible;
use std::borrow::{Borrow, Cow};
use std::fmt;

/// The longest identifier accepted, in characters; the version table is created with room for it.
pub const MAX_ID_LENGTH: usize = 255;

/// Words that mean something in a target and so cannot name a revision or a label.
pub const RESERVED: [&str; 5] = ["base", "head", "heads", "current", "None"];

/// Why a text cannot be a revision id or a branch label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidId {
    /// Nothing is there.
    #[error("it is empty")]
    Empty,
    /// More than [`MAX_ID_LENGTH`] characters.
    #[error("it has {length} characters, and at most {MAX_ID_LENGTH} are allowed")]
    TooLong {
        /// How many characters it has.
        length: usize,
    },
    /// A character that separates things in targets, headers or SQL.
    #[error("the character {character:?} is not allowed in it")]
    Character {
        /// The first such character.
        character: char,
    },
    /// A label that begins or ends as a relative target does.
    #[error("it reads like a relative target")]
    Relative,
    /// One of [`RESERVED`].
    #[error("`{word}` means something else in a target")]
    Reserved {
        /// The reserved word.
        word: &'static str,
    },
}

/// Says whether `text` may be a revision id or a branch label.
///
/// Alembic forbids `@ - + :` because they are the operators of the target grammar; blanks, commas, quotes,
/// parentheses, backslashes and control characters are forbidden here as well, since they could not be
/// written in a header or a target without quoting.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(text: &str) -> Result<(), InvalidId> {
    if text.is_empty() {
        return Err(InvalidId::Empty);
    }
    if !is_plain(text)
        && let Some(character) = text.chars().find(|&c| !is_allowed(c))
    {
        return Err(InvalidId::Character { character });
    }
    if let Some(word) = RESERVED.iter().find(|word| **word == text) {
        return Err(InvalidId::Reserved { word });
    }
    // Bytes bound characters from above, so the count is only needed for long texts.
    if text.len() > MAX_ID_LENGTH {
        let length = text.chars().count();
        if length > MAX_ID_LENGTH {
            return Err(InvalidId::TooLong { length });
        }
    }
    Ok(())
}

/// Says whether `text` may be a branch label, or a name in `depends_on`, which may be one.
///
/// Alembic checks the characters of ids only, and histories have labels such as `collections-NameKey`. So a label may
/// also hold `-` and `+`, but neither begin nor end with one, nor end as a relative target does: `v-2` would be two
/// revisions below `v`.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check_label(text: &str) -> Result<(), InvalidId> {
    match check(text) {
        Err(InvalidId::Character { character: '-' | '+' }) => {}
        other => return other,
    }
    let stem = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.starts_with(SIGNS) || stem.ends_with(SIGNS) {
        return Err(InvalidId::Relative);
    }
    check(&text.replace(SIGNS, "_"))
}

/// What steps up and down are written with in a target.
pub(crate) const SIGNS: [char; 2] = ['-', '+'];

/// Whether it is made of what nearly every id is made of, which needs no look at each character.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'.')) {
        at += 1;
    }
    at == bytes.len()
}

/// Whether this character may stand in a revision id or a branch label.
pub fn is_allowed(character: char) -> bool {
    !matches!(character, '@' | '-' | '+' | ':' | ',' | '\'' | '"' | '`' | '\\' | '(' | ')')
        && !character.is_whitespace()
        && !is_invisible(character)
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Wraps a text that is known to be valid, in a constant.
            ///
            /// The macros use it for what they have checked; use [`Self::new`] for anything else.
            pub const fn from_static(text: &'static str) -> Self {
                Self(Cow::Borrowed(text))
            }

            /// Checks and wraps a text.
            ///
            /// # Errors
            #[doc = concat!("See [`", stringify!($check), "`].")]
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                $check(&text)?;
                Ok(Self(Cow::Owned(text)))
            }

            /// Wraps a text that was checked.
            pub(crate) fn from_checked(text: &str) -> Self {
                Self(Cow::Owned(text.to_owned()))
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
    };
}

name_type! {
    /// The identifier of a revision, such as `7f3c2b1a9d4e`: what the version table holds.
    ///
    /// ```
    /// use servicekit_chain::RevisionId;
    /// assert_eq!(RevisionId::new("7f3c2b1a9d4e")?.as_str(), "7f3c2b1a9d4e");
    /// assert!(RevisionId::new("7f3c-2b1a").is_err());
    /// # Ok::<(), servicekit_chain::InvalidId>(())
    /// ```
    RevisionId, check
}

name_type! {
    /// A branch label: a name for a lineage, carried by one revision and spread along its branch.
    ///
    /// ```
    /// use servicekit_chain::Label;
    /// assert!(Label::new("collections-NameKey").is_ok() && Label::new("v-2").is_err());
    /// ```
    Label, check_label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_bad_id_has_its_own_reason() {
        let reasons: Vec<String> = ["", "a b", "a:b", "head", "x".repeat(256).as_str()]
            .iter()
            .map(|text| check(text).unwrap_err().to_string())
            .collect();
        assert_eq!(
            reasons,
            [
                "it is empty",
                "the character ' ' is not allowed in it",
                "the character ':' is not allowed in it",
                "`head` means something else in a target",
                "it has 256 characters, and at most 255 are allowed",
            ]
        );
        assert_eq!(check("2024_01.Név"), Ok(()));
    }
}
