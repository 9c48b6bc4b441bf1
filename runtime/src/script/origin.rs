//! Where a statement stands.

use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{LineColumn, Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// Where a statement stands: a range of a `.sql` file, or of a text that a `.rs` file recorded.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The file, or the recorded text under the name of the file.
    pub(crate) source: Arc<Source>,
    /// The statement in it.
    pub(crate) span: Range<usize>,
    /// Where the revision recorded it, for a `.rs` file.
    pub(crate) recorded: Option<Recorded>,
}

/// The call in a `.rs` file that recorded a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recorded {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Origin {
    /// The place of a part of this one, given as a range of it.
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        let start = self.span.start;
        Self {
            source: Arc::clone(&self.source),
            span: start + part.start..start + part.end,
            recorded: self.recorded,
        }
    }

    /// The file as messages name it, and the line and column in it.
    pub(crate) fn place(&self) -> (&str, LineColumn) {
        (&self.source.name, self.position(None))
    }

    /// The line and column of a part of the statement, in the file.
    pub(crate) fn position(&self, part: Option<&Range<usize>>) -> LineColumn {
        match self.recorded {
            Some(Recorded { line, column }) => LineColumn::new(line, column),
            None => self.source.position(self.span.start + part.map_or(0, |part| part.start)),
        }
    }

    /// The statement with a title above and a label at the part that is wrong.
    pub(crate) fn render(&self, title: &str, label: &str, part: Option<&Range<usize>>) -> String {
        let span = match part {
            Some(part) => self.span.start + part.start..self.span.start + part.end,
            None => self.span.clone(),
        };
        let diagnostic = Diagnostic::new("statement", title).primary(&Place::new(&self.source, span), label);
        let rendered = diagnostic.to_string();
        match self.recorded {
            None => rendered,
            Some(recorded) => self.at_the_call(&rendered, recorded),
        }
    }

    /// The lines shown are of the recorded text, so the place must be that of the call, not theirs.
    fn at_the_call(&self, rendered: &str, Recorded { line, column }: Recorded) -> String {
        let place = |shown: &str| match shown.split_once("--> ") {
            Some((indent, _)) => format!("{indent}--> {}:{line}:{column}", self.source.name),
            None => shown.to_owned(),
        };
        let (first, rest) = rendered.split_once('\n').unwrap_or((rendered, ""));
        let (second, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        format!("{first}\n{}\n{rest}", place(second))
    }
}
