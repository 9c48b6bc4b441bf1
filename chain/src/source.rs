//! Files that were read, and places in them.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A file that was read: its text, and the name that messages give it.
#[derive(Clone)]
pub struct Source {
    /// The name in messages: relative to where the reader stands when that is possible, with `/`.
    pub name: String,
    /// The path it was read from.
    pub path: PathBuf,
    /// The text exactly as read, byte order mark and line ends included; empty when it could not be read.
    pub text: String,
    /// Made when a place is asked for; a file that is wrong in thousands of places is counted through once.
    lines: OnceLock<Lines>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.path, &self.text) == (&other.name, &other.path, &other.text)
    }
}

impl Eq for Source {}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, path, text, .. } = self;
        f.debug_struct("Source").field("name", name).field("path", path).field("text", text).finish()
    }
}

impl Source {
    /// Wraps a text.
    pub fn new(name: impl Into<String>, path: impl AsRef<Path>, text: impl Into<String>) -> Self {
        Self { name: name.into(), path: path.as_ref().to_owned(), text: text.into(), lines: OnceLock::new() }
    }

    /// The line and column of a byte offset; an offset past the end counts as the end.
    pub fn position(&self, offset: usize) -> LineColumn {
        self.lines.get_or_init(|| Lines::new(&self.text)).position(&self.text, offset)
    }

    /// Where the line begins in which a byte offset is.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        self.lines.get_or_init(|| Lines::new(&self.text)).start(offset)
    }
}

/// The line and column of a byte offset in a text; an offset past the end counts as the end.
///
/// It counts from the start of the text: for several places of one text, use [`Source::position`].
pub(crate) fn position(text: &str, offset: usize) -> LineColumn {
    Lines::new(text.get(..text.floor_char_boundary(offset)).unwrap_or_default()).position(text, offset)
}

/// How many bytes there are at most between two marks, in lines however long.
const MARK_EVERY: usize = 4096;

/// Where the lines of a text begin, with marks in long lines.
#[derive(Debug, Clone)]
struct Lines(Vec<Mark>);

/// A place whose line and column are known, both counted from 0.
#[derive(Debug, Clone, Copy)]
struct Mark {
    offset: usize,
    line: usize,
    column: usize,
}

impl Lines {
    fn new(text: &str) -> Self {
        // The byte order mark at the start of the file has no column of its own; elsewhere it is a character.
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut marks = vec![Mark { offset: start, line: 0, column: 0 }];
        for (line, (offset, _)) in text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').enumerate() {
            Self::in_line(text, &mut marks, offset);
            marks.push(Mark { offset: offset + 1, line: line + 1, column: 0 });
        }
        Self::in_line(text, &mut marks, text.len());
        Self(marks)
    }

    /// Adds marks from the last one up to the end of its line.
    fn in_line(text: &str, marks: &mut Vec<Mark>, end: usize) {
        while let Some(last) = marks.last().copied().filter(|last| last.offset + MARK_EVERY < end) {
            let offset = text.floor_char_boundary(last.offset + MARK_EVERY);
            let column = last.column + characters(text, last.offset..offset);
            marks.push(Mark { offset, column, ..last });
        }
    }

    fn position(&self, text: &str, offset: usize) -> LineColumn {
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let after = self.0.partition_point(|mark| mark.offset <= offset);
        let mark = self.0.get(after.saturating_sub(1)).copied();
        let mark = mark.unwrap_or(Mark { offset: 0, line: 0, column: 0 });
        let column = mark.column + characters(text, mark.offset.min(offset)..offset);
        LineColumn { line: count(mark.line), column: count(column) }
    }

    fn start(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|mark| mark.offset <= offset);
        let before = self.0.get(..after).unwrap_or_default();
        before.iter().rfind(|mark| mark.column == 0).map_or(0, |mark| mark.offset)
    }
}

fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX - 1).saturating_add(1)
}

fn characters(text: &str, range: Range<usize>) -> usize {
    text.get(range).unwrap_or_default().chars().count()
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl LineColumn {
    /// A line and a column, both counted from 1.
    pub const fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }
}

impl fmt::Display for LineColumn {
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
    pub fn position(&self) -> LineColumn {
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
    use proptest::prelude::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let text = "\u{feff}é=1\r\nb\n";
        let at = |needle: &str| position(text, text.find(needle).unwrap()).to_string();
        assert_eq!([at("é"), at("1"), at("b")], ["1:1", "1:3", "2:1"]);
        assert_eq!(position(text, 999).to_string(), "3:1");
    }

    /// Counted from the start of the text.
    fn counted(text: &str, offset: usize) -> String {
        let text = text.strip_prefix('\u{feff}').map_or(text, |rest| rest);
        let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
        let line = before.rsplit('\n').next().unwrap_or_default();
        format!("{}:{}", before.matches('\n').count() + 1, line.chars().count() + 1)
    }

    proptest! {
        #[test]
        fn positions_are_those_that_one_counts(lines in proptest::collection::vec("[aé\r]{0,9}", 0..6), long in 0_usize..3, at: prop::sample::Index) {
            let text = format!("{}{}", lines.join("\n"), "é".repeat(long * MARK_EVERY / 2 + 7));
            let source = Source::new("x", "x", text.clone());
            let offset = at.index(text.len() + 2);
            prop_assert_eq!(source.position(offset).to_string(), counted(&text, offset));
            prop_assert_eq!(position(&text, offset), source.position(offset));
            let start = source.line_start(offset.min(text.len()));
            prop_assert!(start == 0 || text.as_bytes()[start - 1] == b'\n');
        }
    }
}
