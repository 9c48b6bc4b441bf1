//! A diagnostic as the worker sends it: its places with the texts that they are in.

use nanoserde::{DeJson, SerJson};
use servicekit_chain::diagnostic::{Diagnostic, NoteLine, PlaceLabel, Position};
use servicekit_chain::{LineColumn, Place, Source};
use std::sync::Arc;

/// See [`Diagnostic`].
#[derive(Debug, SerJson, DeJson)]
pub struct DiagnosticFacts {
    code: String,
    message: String,
    labels: Vec<LabelFacts>,
    also: Vec<DiagnosticFacts>,
    notes: Vec<(String, String)>,
    state: Option<String>,
    help: Option<String>,
}

/// See [`PlaceLabel`].
#[derive(Debug, SerJson, DeJson)]
struct LabelFacts {
    file: String,
    source: String,
    span: (usize, usize),
    text: String,
    primary: bool,
    position: PositionFacts,
}

/// See [`Position`].
#[derive(Debug, SerJson, DeJson)]
enum PositionFacts {
    OfPlace,
    At(u32, u32),
    Unknown,
}

impl From<&Diagnostic> for DiagnosticFacts {
    fn from(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { code, message, labels, also, notes, state, help } = diagnostic.clone();
        Self {
            code: code.into_owned(),
            message,
            labels: labels.into_iter().map(LabelFacts::from).collect(),
            also: also.iter().map(Self::from).collect(),
            notes: notes.into_iter().map(|note| (note.name.into_owned(), note.text)).collect(),
            state,
            help,
        }
    }
}

impl From<&DiagnosticFacts> for Diagnostic {
    fn from(facts: &DiagnosticFacts) -> Self {
        let DiagnosticFacts { code, message, labels, also, notes, state, help } = facts;
        Self {
            also: also.iter().map(Self::from).collect(),
            state: state.clone(),
            help: help.clone(),
            ..Self::new(code.clone(), message.as_str())
                .labels(labels.iter().map(PlaceLabel::from))
                .notes(notes.iter().map(|(name, text)| NoteLine::new(name.clone(), text.as_str())))
        }
    }
}

impl From<PlaceLabel> for LabelFacts {
    fn from(label: PlaceLabel) -> Self {
        let PlaceLabel { place: Place { source, span }, text, primary, position } = label;
        let position = match position {
            Position::OfPlace => PositionFacts::OfPlace,
            Position::At(LineColumn { line, column, .. }) => PositionFacts::At(line, column),
            Position::Unknown => PositionFacts::Unknown,
        };
        let (file, span) = (source.name.clone(), (span.start, span.end));
        Self { file, source: source.text.clone(), span, text, primary, position }
    }
}

impl From<&LabelFacts> for PlaceLabel {
    fn from(facts: &LabelFacts) -> Self {
        let LabelFacts { file, source, span, text, primary, position } = facts;
        let position = match position {
            PositionFacts::OfPlace => Position::OfPlace,
            PositionFacts::At(line, column) => Position::At(LineColumn::new(*line, *column)),
            PositionFacts::Unknown => Position::Unknown,
        };
        let source = Arc::new(Source::new(file, file, source));
        Self { text: text.clone(), primary: *primary, position, place: Place::new(&source, span.0..span.1) }
    }
}
