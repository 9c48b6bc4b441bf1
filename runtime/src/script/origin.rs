//! Where a statement stands.

use servicekit_chain::diagnostic::{PlaceLabel, Position};
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
    /// Where the call is that recorded it, for a `.rs` file.
    pub(crate) recorded: Option<LineColumn>,
}

impl Origin {
    /// The place of a part of this one, given as a range of it.
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        let start = self.span.start;
        Self { span: start + part.start..start + part.end, ..self.clone() }
    }

    /// The file as messages name it, and the line and column in it.
    pub(crate) fn place(&self) -> (&str, LineColumn) {
        let in_source = || self.source.position(self.span.start);
        (&self.source.name, self.recorded.unwrap_or_else(in_source))
    }

    /// The statement, or a part of it, as a place that is wrong.
    pub(crate) fn label(&self, part: Option<&Range<usize>>, text: impl Into<String>) -> PlaceLabel {
        let span = part.map_or_else(|| self.span.clone(), |part| self.part(part.clone()).span);
        let position = self.recorded.map_or(Position::OfPlace, Position::At);
        PlaceLabel { position, ..PlaceLabel::primary(&Place::new(&self.source, span), text) }
    }
}
