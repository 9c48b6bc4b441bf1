//! What a byte can be the start of, for each dialect.

use crate::Dialect;

/// What a token that starts with a certain byte can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    Space,
    /// A word, or the prefix of a string.
    Word,
    Digit,
    /// Punctuation, or a number such as `.5`.
    Dot,
    Punctuation,
    Semicolon,
    /// A string in which a backslash is a character like any other.
    String,
    /// A string in which a backslash escapes.
    EscapeString,
    /// An identifier that ends with the byte it starts with.
    Identifier,
    /// An identifier that ends with `]`.
    Bracket,
    /// An operator, or a comment.
    Dash,
    /// An operator, or a comment.
    Slash,
    /// An operator, or the end of an executable comment.
    Star,
    Operator,
    /// A comment to the end of the line.
    Hash,
    /// `::`, `:=`, `:` alone or a variable.
    Colon,
    /// A dollar quote or a numbered parameter.
    Dollar,
    /// A variable or placeholder.
    Variable,
    Other,
}

impl Lead {
    /// Whether the byte can also stand inside an operator.
    pub(super) const fn is_operator(self) -> bool {
        matches!(self, Self::Operator | Self::Dash | Self::Slash | Self::Star)
    }
}

/// A lead for each byte.
pub(super) type Leads = [Lead; 256];

/// The table of a dialect.
pub(super) fn leads(dialect: Dialect) -> &'static Leads {
    static SQLITE: Leads = table(Dialect::Sqlite);
    static POSTGRES: Leads = table(Dialect::Postgres);
    static MYSQL: Leads = table(Dialect::Mysql);
    dialect.select(&SQLITE, &POSTGRES, &MYSQL)
}

const fn table(dialect: Dialect) -> Leads {
    let mut leads = [Lead::Other; 256];
    let mut byte = 0_u8;
    loop {
        leads[byte as usize] = lead(dialect, byte);
        if byte == u8::MAX {
            return leads;
        }
        byte += 1;
    }
}

const fn lead(dialect: Dialect, byte: u8) -> Lead {
    match dialect {
        Dialect::Sqlite => match byte {
            b'\'' => Lead::String,
            b'"' | b'`' => Lead::Identifier,
            b'[' => Lead::Bracket,
            b'$' | b'?' | b'@' | b'#' => Lead::Variable,
            _ => common(byte),
        },
        Dialect::Postgres => match byte {
            b'\'' => Lead::String,
            b'"' => Lead::Identifier,
            b'$' => Lead::Dollar,
            b'?' | b'@' | b'#' | b'`' => Lead::Operator,
            _ => common(byte),
        },
        Dialect::Mysql => match byte {
            b'\'' | b'"' => Lead::EscapeString,
            b'`' => Lead::Identifier,
            b'$' => Lead::Word,
            b'#' => Lead::Hash,
            b'?' | b'@' => Lead::Variable,
            _ => common(byte),
        },
    }
}

/// What the databases agree on.
const fn common(byte: u8) -> Lead {
    match byte {
        b' ' | 0x09..=0x0d => Lead::Space,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Lead::Word,
        b'0'..=b'9' => Lead::Digit,
        b'.' => Lead::Dot,
        b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' => Lead::Punctuation,
        b';' => Lead::Semicolon,
        b'-' => Lead::Dash,
        b'/' => Lead::Slash,
        b'*' => Lead::Star,
        b'+' | b'<' | b'>' | b'=' | b'~' | b'!' | b'%' | b'^' | b'&' | b'|' => Lead::Operator,
        b':' => Lead::Colon,
        _ => Lead::Other,
    }
}
