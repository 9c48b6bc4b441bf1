//! What one file says to Alembic.

use super::interpolation::InterpolationError;
use servicekit_chain::{Place, Problem, Source};
use std::ops::Range;
use std::sync::Arc;

/// The keys that are read.
pub(super) const READ: [&str; 8] = [
    "script_location",
    "version_locations",
    "path_separator",
    "version_path_separator",
    "recursive_version_locations",
    "file_template",
    "sqlalchemy.url",
    "databases",
];

/// A value, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// What a file sets, with the names in its values replaced.
#[derive(Debug, Default)]
pub(super) struct FileSettings {
    /// Whether it has a section for Alembic.
    pub(super) is_for_alembic: bool,
    pub(super) script_location: Option<Setting<String>>,
    pub(super) version_locations: Option<Vec<Setting<String>>>,
    pub(super) recursive: Option<Setting<bool>>,
    pub(super) file_template: Option<Setting<String>>,
    pub(super) url: Option<Setting<String>>,
    /// The sections that `-n` can choose.
    pub(super) databases: Vec<String>,
    /// Keys and sections, as messages name them.
    pub(super) not_read: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

impl FileSettings {
    /// With a text that cannot be taken apart.
    pub(super) fn broken(
        source: &Arc<Source>,
        span: Range<usize>,
        reason: String,
        first: Option<Range<usize>>,
    ) -> Self {
        let problem = Problem::AlembicFileSyntax {
            place: place(source, span),
            reason,
            first: first.map(|first| place(source, first)),
        };
        Self { problems: vec![problem], ..Self::default() }
    }
}

/// A place that fits the text, whatever the parser says.
pub(super) fn place(source: &Arc<Source>, span: Range<usize>) -> Place {
    let end = source.text.trim_end().len();
    let fit = |at: usize| source.text.floor_char_boundary(at.min(end));
    Place::new(source, fit(span.start)..fit(span.end).max(fit(span.start)))
}

/// A value that means nothing.
pub(super) fn wrong(key: &'static str, place: &Place, reason: impl Into<String>, instead: &str) -> Problem {
    Problem::ConfigValue { key, place: place.clone(), reason: reason.into(), instead: instead.to_owned() }
}

/// A value whose names are not known.
pub(super) fn not_interpolated(key: &'static str, place: &Place, error: &InterpolationError) -> Problem {
    let instead = match error {
        InterpolationError::Percent => "write it twice, also in a password",
        InterpolationError::Unknown { .. } | InterpolationError::Endless => {
            "a value can use `here`, and the names of its own section and of `[DEFAULT]`"
        }
    };
    wrong(key, place, format!("`{key}`: {error}"), instead)
}
