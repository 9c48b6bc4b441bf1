//! What autogenerate leaves as it is: the key `ignore` of the configuration, and the same of a list of models.

use std::fmt;
use std::str::FromStr;

/// What autogenerate leaves as it is: things of a kind, by their names.
///
/// It is written as a kind and a name: `index users.ix_search`, `column users.legacy_*`, `comment`. A name alone is that of
/// a table: `audit_*`. A `*` stands for any letters. What a schema holds is `schema audit`; without a schema a name is one of
/// the current schema. A name that contains a point or a space stands in double quotes.
///
/// ```
/// use servicekit_chain::{Ignored, IgnoredKind};
/// let ignored: Ignored = "index users.ix_*".parse()?;
/// assert!(ignored.matches(IgnoredKind::Index, None, "users", Some("ix_email")));
/// assert!(!ignored.matches(IgnoredKind::Index, None, "orders", Some("ix_email")));
/// assert!("indxe users".parse::<Ignored>().is_err());
/// # Ok::<(), servicekit_chain::InvalidIgnored>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    text: String,
    kind: IgnoredKind,
    names: Vec<String>,
}

/// A kind of thing that can be ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IgnoredKind {
    /// Everything in a schema.
    Schema,
    /// A table, with all that is part of it.
    Table,
    /// An enum type.
    Enum,
    /// A column, with all of its attributes.
    Column,
    /// The type of a column.
    Type,
    /// Whether a column may be null.
    Null,
    /// The default of a column.
    Default,
    /// The collation of a column.
    Collation,
    /// The comment of a table or a column.
    Comment,
    /// An index.
    Index,
    /// A primary key.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A check.
    Check,
    /// An exclusion constraint.
    Exclusion,
}

/// All kinds by their words.
const KINDS: [(&str, IgnoredKind); 15] = [
    ("schema", IgnoredKind::Schema),
    ("table", IgnoredKind::Table),
    ("enum", IgnoredKind::Enum),
    ("column", IgnoredKind::Column),
    ("type", IgnoredKind::Type),
    ("null", IgnoredKind::Null),
    ("default", IgnoredKind::Default),
    ("collation", IgnoredKind::Collation),
    ("comment", IgnoredKind::Comment),
    ("index", IgnoredKind::Index),
    ("primary_key", IgnoredKind::PrimaryKey),
    ("unique", IgnoredKind::Unique),
    ("foreign_key", IgnoredKind::ForeignKey),
    ("check", IgnoredKind::Check),
    ("exclusion", IgnoredKind::Exclusion),
];

impl IgnoredKind {
    fn of(word: &str) -> Option<Self> {
        KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }

    /// How many names one can have, with the schema.
    fn most_names(self) -> usize {
        match self {
            Self::Schema => 1,
            Self::Table | Self::Enum => 2,
            _ => 3,
        }
    }

    /// Whether all of the kind can be ignored: without tables and columns nothing is left to compare.
    fn has_a_name(self) -> bool {
        matches!(self, Self::Schema | Self::Table | Self::Column)
    }
}

/// Why a text is no [`Ignored`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidIgnored {
    /// The first word is no kind.
    Kind {
        /// It.
        word: String,
    },
    /// This kind is ignored by name only.
    NoName {
        /// Its word.
        word: String,
    },
    /// The name has more parts than names of this kind have, or an empty one.
    Name {
        /// The name as it is written.
        name: String,
    },
    /// There is nothing.
    Empty,
}

impl fmt::Display for InvalidIgnored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { word } => write!(f, "nothing of the kind `{word}` can be ignored"),
            Self::NoName { word } => write!(f, "`{word}` has no name"),
            Self::Name { name } => write!(f, "`{name}` is no name of this kind"),
            Self::Empty => f.write_str("it is empty"),
        }
    }
}

impl InvalidIgnored {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            Self::Kind { word } => {
                let words = KINDS.map(|(word, _)| word);
                match crate::diagnostic::suggestions(word, words).first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the kinds are {}", words.map(|word| format!("`{word}`")).join(", ")),
                }
            }
            Self::NoName { word } => format!("name what is meant, as in `{word} old_*`"),
            Self::Name { .. } => {
                "a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`".to_owned()
            }
            Self::Empty => "write a kind and a name, as in `index users.ix_*`, or leave it out".to_owned(),
        }
    }
}

impl std::error::Error for InvalidIgnored {}

impl FromStr for Ignored {
    type Err = InvalidIgnored;

    fn from_str(text: &str) -> Result<Self, InvalidIgnored> {
        let text = text.trim();
        let is_word = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let (kind, name) = match text.split_once(char::is_whitespace) {
            Some((word, name)) if is_word(word) => {
                let kind =
                    IgnoredKind::of(word).ok_or_else(|| InvalidIgnored::Kind { word: word.to_owned() })?;
                (kind, name.trim())
            }
            _ => match IgnoredKind::of(text) {
                Some(kind) if kind.has_a_name() => {
                    return Err(InvalidIgnored::NoName { word: text.to_owned() });
                }
                Some(kind) => (kind, ""),
                None if text.is_empty() => return Err(InvalidIgnored::Empty),
                None => (IgnoredKind::Table, text),
            },
        };
        let names = if name.is_empty() { Some(Vec::new()) } else { names(name) };
        match names {
            Some(names) if names.len() <= kind.most_names() => {
                Ok(Self { text: text.to_owned(), kind, names })
            }
            _ => Err(InvalidIgnored::Name { name: name.to_owned() }),
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ignored {
    /// Whether it is about a thing of this kind: the column, index or constraint `name` of a table, or the table or enum type
    /// itself. What is part of an ignored table is ignored.
    pub fn matches(&self, kind: IgnoredKind, schema: Option<&str>, table: &str, name: Option<&str>) -> bool {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let is_table = |of: Option<&str>, pattern: &str| {
            is_like(pattern, table)
                && match (of, schema) {
                    (None, None) => true,
                    (Some(of), Some(schema)) => is_like(of, schema),
                    _ => false,
                }
        };
        let is_part = |pattern: &str| name.is_some_and(|name| is_like(pattern, name));
        match self.kind {
            IgnoredKind::Schema => names.first().zip(schema).is_some_and(|(of, schema)| is_like(of, schema)),
            // An enum type is part of no table.
            IgnoredKind::Table if kind == IgnoredKind::Enum => false,
            IgnoredKind::Enum if kind != IgnoredKind::Enum => false,
            IgnoredKind::Table | IgnoredKind::Enum => match names.as_slice() {
                [] => true,
                [of] => is_table(None, of),
                [schema, of, ..] => is_table(Some(schema), of),
            },
            own if own != kind => false,
            _ => match names.as_slice() {
                [] => true,
                [of] => is_table(None, of),
                [of, part] => is_table(None, of) && is_part(part),
                [schema, of, part, ..] => is_table(Some(schema), of) && is_part(part),
            },
        }
    }
}

/// The names between points; one in double quotes may have a point itself. `None` where one is empty or a quote stays open.
fn names(text: &str) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    let (mut is_quoted, mut was_quoted) = (false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let name = names.last_mut()?;
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => name.push('"'),
            '"' if is_quoted || name.is_empty() => (is_quoted, was_quoted) = (!is_quoted, true),
            '.' if !is_quoted => {
                names.push(String::new());
                was_quoted = false;
            }
            _ if letter.is_whitespace() && !is_quoted => return None,
            _ if was_quoted && !is_quoted => return None,
            _ => name.push(letter),
        }
    }
    (!is_quoted && names.iter().all(|name| !name.is_empty())).then_some(names)
}

/// Whether a name is what a pattern says, in which `*` stands for any letters.
fn is_like(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(text: &str) -> Ignored {
        text.parse().unwrap_or_else(|error: InvalidIgnored| panic!("{text}: {error}"))
    }

    #[test]
    fn tables_are_known_by_name_and_schema() {
        let is_table = |text, schema, table| ignored(text).matches(IgnoredKind::Table, schema, table, None);
        assert!(is_table("audit_*", None, "audit_log"));
        assert!(is_table("table audit_*", None, "audit_"));
        assert!(!is_table("audit_*", Some("shop"), "audit_log"), "it is of the current schema");
        assert!(is_table("*.audit_*", Some("shop"), "audit_log"));
        assert!(is_table("schema sh*p", Some("shop"), "users"));
        assert!(!is_table("schema shop", None, "shop"));
        assert!(is_table("\"a.b\"", None, "a.b"));
        assert!(is_table("\"say \"\"hello\"\"\"", None, "say \"hello\""));
        assert!(!is_table("enum users", None, "users"));
    }

    #[test]
    fn parts_are_known_by_kind_and_are_ignored_with_their_table() {
        let matches = |text, kind, name| ignored(text).matches(kind, None, "users", Some(name));
        assert!(matches("index users.ix_*", IgnoredKind::Index, "ix_a"));
        assert!(matches("index *.ix_a", IgnoredKind::Index, "ix_a"));
        assert!(matches("index", IgnoredKind::Index, "ix_a"));
        assert!(matches("index users", IgnoredKind::Index, "ix_a"));
        assert!(!matches("index users.ix_*", IgnoredKind::Column, "ix_a"));
        assert!(matches("users", IgnoredKind::Index, "ix_a"));
        assert!(!matches("index shop.users.ix_*", IgnoredKind::Index, "ix_a"));
        let unnamed = |text| ignored(text).matches(IgnoredKind::Check, None, "users", None);
        assert!(unnamed("check users") && !unnamed("check users.*"));
        let mood = |text| ignored(text).matches(IgnoredKind::Enum, None, "mood", None);
        assert!(mood("enum mo*") && mood("enum") && !mood("mood"));
    }

    #[test]
    fn stars_stand_for_any_letters() {
        let cases = [
            ("", "", true),
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c*e", "abcde", true),
            ("a*a", "a", false),
            ("a**b", "ab", true),
            ("*b*", "abc", true),
            ("*ab", "aab", true),
        ];
        for (pattern, name, is) in cases {
            assert_eq!(is_like(pattern, name), is, "{pattern} {name}");
        }
    }

    #[test]
    fn what_is_none_is_said() {
        let texts = [
            "indxe users.a",
            "nothing.like the other",
            "column",
            "a.b.c",
            "users.",
            "index \"a",
            "",
            "index a b",
            "\"a\"b",
        ];
        let errors = texts.map(|text| {
            let error = text.parse::<Ignored>().unwrap_err();
            format!("{text}: {error}; {}", error.help())
        });
        insta::assert_snapshot!(errors.join("\n"), @r#"
        indxe users.a: nothing of the kind `indxe` can be ignored; did you mean `index`?
        nothing.like the other: `nothing.like the other` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        column: `column` has no name; name what is meant, as in `column old_*`
        a.b.c: `a.b.c` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        users.: `users.` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        index "a: `"a` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        : it is empty; write a kind and a name, as in `index users.ix_*`, or leave it out
        index a b: `a b` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        "a"b: `"a"b` is no name of this kind; a table is `users` or `shop.users`, what is part of one `users.ix_email` or `shop.users.ix_email`
        "#);
    }
}
