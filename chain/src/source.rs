//! Files that were read, and places in them.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that was read: its text, and the name that messages give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name in messages: relative to where the reader stands when that is possible, with `/`.
    pub name: String,
    /// The path it was read from.
    pub path: PathBuf,
    /// The text exactly as read, byte order mark and line ends included; empty when it could not be read.
    pub text: String,
}

impl Source {
    /// Wraps a text.
    pub fn new(name: impl Into<String>, path: impl AsRef<Path>, text: impl Into<String>) -> Self {
        Self { name: name.into(), path: path.as_ref().to_owned(), text: text.into() }
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        position(&self.text, offset)
    }
}

/// The line and column of a byte offset in a text; an offset past the end counts as the end.
pub fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = &before[line_start..];
    // The byte order mark at the start of the file has no column of its own; elsewhere it is a character.
    let line = if line_start == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
    Position {
        line: count(before.bytes().filter(|&b| b == b'\n').count()),
        column: count(line.chars().count()),
    }
}

fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX - 1).saturating_add(1)
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A range of bytes in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes, at character boundaries; empty for a point.
    pub span: Range<usize>,
}

impl Place {
    /// A range of bytes in a file.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// The text of the range; empty when the range does not fit the file.
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.clone()).unwrap_or_default()
    }

    /// Line and column of the start.
    pub fn position(&self) -> Position {
        self.source.position(self.span.start)
    }
}

impl fmt::Display for Place {
    /// `file:line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.name, self.position())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}é=1\r\nb\n";
        let at = |needle: &str| position(text, text.find(needle).unwrap()).to_string();
        assert_eq!([at("é"), at("1"), at("b")], ["1:1", "1:3", "2:1"]);
        assert_eq!(position(text, 999).to_string(), "3:1");
    }
}
