//! One value for everything that is reported: in the compiler, by the command line and by the running service.

use crate::{LineColumn, Place, Source};
use std::borrow::Cow;
use std::sync::Arc;

/// Something to report: what, where, and what to do about it.
///
/// The fields are plain text. [`Diagnostic::render`] lays them out, and so does `Display`, which leaves out the
/// word `error: ` in front: whoever prints an error says that it is one.
///
/// ```
/// use servicekit_chain::{Place, Source, diagnostic::Diagnostic};
/// let source = std::sync::Arc::new(Source::new("x.sql", "x.sql", "DROP TABEL a;\n"));
/// let failed = Diagnostic::new("statement_failed", "the statement failed")
///     .primary(&Place::new(&source, 5..10), "syntax error")
///     .state("nothing was run")
///     .help("did you mean `TABLE`?");
/// assert_eq!(failed.to_string(), "\
/// the statement failed
///  --> x.sql:1:6
///   |
/// 1 | DROP TABEL a;
///   |      ^^^^^ syntax error
/// now: nothing was run
/// help: did you mean `TABLE`?");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short name for programs, the same in every release.
    pub code: Cow<'static, str>,
    /// What is wrong; the first line is the title.
    pub message: String,
    /// Every place with its text; the first is the one that the message points to.
    pub labels: Vec<PlaceLabel>,
    /// What is wrong besides for the same reason, each a message with places.
    pub also: Vec<Self>,
    /// What else is to be known, a line each.
    pub notes: Vec<NoteLine>,
    /// The state that things are in now.
    pub state: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLabel {
    /// The place: the name and the text of the source, and a range of bytes in it.
    pub place: Place,
    /// The text; may be empty.
    pub text: String,
    /// Whether it is one of the places that are wrong, rather than one that explains.
    pub primary: bool,
    /// Where that is in the file.
    pub position: Position,
}

/// Where a label is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Where its place begins: the source is the file.
    OfPlace,
    /// Here: the source holds what a call at this line and column has recorded, or nothing.
    At(LineColumn),
    /// Somewhere: the source holds some lines of the file, or nothing.
    Unknown,
}

/// A line below the places, as `note: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteLine {
    /// The word in front.
    pub name: Cow<'static, str>,
    /// What is to be known.
    pub text: String,
}

impl NoteLine {
    /// A line with this word in front.
    pub fn new(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

impl PlaceLabel {
    /// A place that is wrong.
    pub fn primary(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), primary: true, position: Position::OfPlace }
    }

    /// A place that explains.
    pub fn context(place: &Place, text: impl Into<String>) -> Self {
        Self { primary: false, ..Self::primary(place, text) }
    }

    /// A place in a file that is not at hand, with the lines of it that are.
    pub fn elsewhere(file: &str, lines: impl Into<String>, position: Position) -> Self {
        let source = Arc::new(Source::new(file, file, lines));
        Self { position, ..Self::primary(&Place::new(&source, 0..source.text.len()), "") }
    }

    /// The line and column in the file, where they are known.
    pub fn line_column(&self) -> Option<LineColumn> {
        match self.position {
            // A file that was not read has no lines.
            Position::OfPlace => Some(self.place.position()).filter(|_| !self.place.source.text.is_empty()),
            Position::At(position) => Some(position),
            Position::Unknown => None,
        }
    }
}

impl Diagnostic {
    /// A code and a message, without a place or help yet.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        let (labels, also, notes) = (Vec::new(), Vec::new(), Vec::new());
        Self { code, message, labels, also, notes, state: None, help: None }
    }

    /// Adds a place that is wrong.
    #[must_use]
    pub fn primary(self, place: &Place, text: impl Into<String>) -> Self {
        self.labels([PlaceLabel::primary(place, text)])
    }

    /// Adds a place that explains.
    #[must_use]
    pub fn context(self, place: &Place, text: impl Into<String>) -> Self {
        self.labels([PlaceLabel::context(place, text)])
    }

    /// Adds places.
    #[must_use]
    pub fn labels(mut self, labels: impl IntoIterator<Item = PlaceLabel>) -> Self {
        self.labels.extend(labels);
        self
    }

    /// Adds notes.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoIterator<Item = NoteLine>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// Sets the state that things are in now.
    #[must_use]
    pub fn state(self, state: impl Into<String>) -> Self {
        Self { state: Some(state.into()), ..self }
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The primary place: where the message points.
    pub fn place(&self) -> Option<&Place> {
        self.labels.first().map(|label| &label.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_the_state_stand_above_the_help_in_plain_lines() {
        let failed = Diagnostic::new("ahead", "the database is ahead")
            .notes([
                NoteLine::new("note", "`b2` was applied by another release"),
                NoteLine::new("hint", "ask them"),
            ])
            .state("the database is at `b2`")
            .help("start that release\u{202e}");
        assert_eq!(
            failed.render(false),
            "error: the database is ahead\nnote: `b2` was applied by another release\nhint: ask them\nnow: the database is at `b2`\n\
             help: start that release\\u{202e}"
        );
        let painted = failed.render(true);
        assert!(painted.contains("\u{1b}["), "{painted:?}");
        let mut pieces = painted.split('\u{1b}');
        let first = pieces.next().unwrap_or_default().to_owned();
        let plain =
            pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest));
        assert_eq!(plain, failed.render(false));
    }

    #[test]
    fn a_place_in_a_file_that_is_not_at_hand_is_named_with_what_is_known_of_it() {
        let at = |name: &str, text: &str, position| {
            let label = PlaceLabel::elsewhere(name, text, position);
            Diagnostic::new("failed", "it failed\nin two lines").labels([label])
        };
        let mut all = at("a.rs", "", Position::At(LineColumn::new(4, 2)));
        all.also = vec![
            at("b.sql", "SELECT\n  1", Position::Unknown),
            at("c.rs", "DROP a", Position::At(LineColumn::new(40, 2))),
        ];
        insta::assert_snapshot!(all.help("fix them"), @"
        it failed
        in two lines
         --> a.rs:4:2

        it failed
        in two lines
         --> b.sql
          | SELECT
          |   1

        it failed
        in two lines
         --> c.rs:40:2
          |
        1 | DROP a
          | ^^^^^^
        help: fix them
        ");
    }
}
