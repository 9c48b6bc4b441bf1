//! What other programs print, passed on line by line: cargo, the compiler, and the application.

use super::filter::{Reader, printed};
use super::style::Style;
use std::io::{self, BufRead, Write};

/// A longer line is passed on in pieces.
const MAX_LINE_LENGTH: u64 = 1 << 20;

/// Passes lines on to stderr as they come; stdout is for the output of the command. Where nothing can be written they are
/// read all the same, so that their writer does not wait.
pub(crate) fn pass_on(mut from: impl BufRead, mut wanted: impl FnMut(&[u8]) -> Passed) {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = io::Read::take(&mut from, MAX_LINE_LENGTH).read_until(b'\n', &mut line);
        if !matches!(read, Ok(1..)) {
            return;
        }
        let text = match wanted(&line) {
            Passed::Not => continue,
            Passed::As(lines) => lines,
        };
        let text = printed(&Style::painted(&String::from_utf8_lossy(&text)), Reader::Person);
        // The run matters more than its output.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// What becomes of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Passed {
    Not,
    /// It is passed on as these lines.
    As(Vec<u8>),
}

/// Passes every line on.
pub(crate) fn pass_all_on(from: impl BufRead) {
    pass_on(from, |line| Passed::As(line.to_owned()));
}
