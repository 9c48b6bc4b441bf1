//! Why a crate could not be set up.

use super::{Exit, Failure, FailureReport, failed};
use servicekit_chain::regular_file::Unreadable;

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
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::NoManifest => failed("no_manifest", "there is no `Cargo.toml` in the current folder")
                .help("create a crate first, as with `cargo new`, and go into its folder"),
            Self::NoPackage => failed(
                "no_package",
                "the `Cargo.toml` in the current folder is that of a workspace, and of no package",
            )
            .help("go into the folder of the package that the revisions belong to"),
            Self::BrokenManifest { reason } => {
                failed("broken_manifest", format!("`Cargo.toml` is not valid TOML: {reason}"))
                    .help("fix it first; nothing was written")
            }
            Self::Read { path, source } => failed("cannot_read", format!("`{path}` cannot be read: {source}")),
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
