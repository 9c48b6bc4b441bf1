//! Why a crate could not be set up.

use super::{Exit, Failure, FailureReport};
use servicekit_chain::regular_file::Unreadable;
use std::path::Path;

#[derive(Debug)]
pub(crate) enum InitFailure {
    NoManifest,
    /// The manifest is that of a workspace.
    NoPackage,
    BrokenManifest {
        reason: String,
    },
    Read {
        path: String,
        source: Unreadable,
    },
    /// A name that the folder of the revisions cannot have.
    Directory {
        name: String,
    },
}

impl InitFailure {
    pub(crate) fn read(path: &Path, source: Unreadable) -> Self {
        Self::Read { path: path.display().to_string(), source }
    }

    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::NoManifest => FailureReport::new(
                "no_manifest",
                Exit::Failure,
                "there is no `Cargo.toml` in the current folder",
            )
            .help("create a crate first, as with `cargo new`, and go into its folder"),
            Self::NoPackage => FailureReport::new(
                "no_package",
                Exit::Failure,
                "the `Cargo.toml` in the current folder is that of a workspace, and of no package",
            )
            .help("go into the folder of the package that the revisions belong to"),
            Self::BrokenManifest { reason } => FailureReport::new(
                "broken_manifest",
                Exit::Failure,
                format!("`Cargo.toml` is not valid TOML: {reason}"),
            )
            .help("fix it first; nothing was written"),
            Self::Read { path, source } => FailureReport::new(
                "cannot_read",
                Exit::Failure,
                format!("`{path}` cannot be read: {source}"),
            ),
            Self::Directory { name } => FailureReport::new(
                "bad_directory",
                Exit::Usage,
                format!("`{name}` cannot be the folder of the revisions"),
            )
            .help(
                "name one inside of the crate, of letters, digits, `_`, `-`, `.` and `/`, as in `--output alembic_main`",
            ),
        }
    }
}

impl From<InitFailure> for Failure {
    fn from(failure: InitFailure) -> Self {
        Self::Init(failure)
    }
}
