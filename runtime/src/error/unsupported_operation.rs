//! Operations of a `.rs` revision that the database does not support.

use servicekit_chain::diagnostic::{Diagnostic, NoteLine, PlaceLabel, Position};
use servicekit_chain::{Dialect, Direction, LineColumn, RevisionId};
use servicekit_schema::OperationError;
use std::fmt;
use std::path::Path;

/// An operation that this database does not support, usually found before anything ran.
#[derive(Debug)]
#[non_exhaustive]
pub struct UnsupportedOperation {
    /// The revision.
    pub revision: RevisionId,
    /// The message of the revision.
    pub message: &'static str,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// The kind of the database.
    pub dialect: Dialect,
    /// The file of the revision.
    pub path: &'static str,
    /// The file of the call: the revision, or a helper that it calls.
    pub file: &'static str,
    /// The place of the call.
    pub position: LineColumn,
    /// The reason.
    pub source: OperationError,
    /// Whether a part of the revision ran before and was rolled back.
    pub rolled_back: bool,
}

impl fmt::Display for UnsupportedOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

impl UnsupportedOperation {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let Self { revision, message, direction, dialect, path, file, position, source, .. } = self;
        let OperationError { operation, reason, .. } = source;
        let title = format!(
            "the {direction} of revision `{revision}` ({message}) cannot run on {dialect}: {operation}: {reason}"
        );
        let caller = (file != path).then(|| NoteLine::new("note", format!("called by `{path}`")));
        Diagnostic::new("unsupported_operation", title)
            .labels([PlaceLabel::elsewhere(file, "", Position::At(*position))])
            .notes(caller)
    }
}

/// The file that a call stands in, as messages name it.
///
/// The compiler names a revision by its whole path; a helper, which may be in another crate, is named as the compiler does.
pub(crate) fn file_of_call(file: &'static str, revision: &'static str) -> &'static str {
    if Path::new(file).ends_with(revision) { revision } else { file }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_helper_keeps_its_own_file() {
        let revision = "alembic/versions/a.rs";
        assert_eq!(file_of_call("/home/me/app/alembic/versions/a.rs", revision), revision);
        assert_eq!(file_of_call("src/helpers.rs", revision), "src/helpers.rs");
    }
}
