//! One value for everything that is reported: in the compiler, by the command line and by the running service.

use crate::Place;
use std::borrow::Cow;
use std::fmt;

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
    /// What is wrong.
    pub message: String,
    /// Every place with what is said there; the first is the one that the message points to.
    pub labels: Vec<PlaceLabel>,
    /// What else is to be known, a line each.
    pub notes: Vec<String>,
    /// The state that things are in now.
    pub state: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLabel {
    /// The place: the name and the text of the source, and a range of bytes in it.
    pub place: Place,
    /// What is said there; may be empty.
    pub text: String,
    /// Whether it is one of the places that are wrong, rather than one that explains.
    pub primary: bool,
}

impl PlaceLabel {
    /// A place that is wrong.
    pub fn primary(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), primary: true }
    }

    /// A place that explains.
    pub fn context(place: &Place, text: impl Into<String>) -> Self {
        Self { place: place.clone(), text: text.into(), primary: false }
    }
}

impl Diagnostic {
    /// A code and a message, without a place or help yet.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let (code, message) = (code.into(), message.into());
        Self { code, message, labels: Vec::new(), notes: Vec::new(), state: None, help: None }
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

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
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

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rendered = self.render(false);
        f.write_str(rendered.strip_prefix("error: ").unwrap_or(&rendered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_the_state_stand_above_the_help_in_plain_lines() {
        let failed = Diagnostic::new("ahead", "the database is ahead")
            .note("`b2` was applied by another release")
            .state("the database is at `b2`")
            .help("start that release\u{202e}");
        assert_eq!(
            failed.render(false),
            "error: the database is ahead\nnote: `b2` was applied by another release\nnow: the database is at `b2`\n\
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
}
