//! Why a crate could not be set up.

use super::{Failure, exit};
use servicekit_chain::regular_file::Unreadable;
use std::path::Path;

#[derive(Debug, thiserror::Error)]
pub(crate) enum InitFailure {
    #[error("there is no `Cargo.toml` in the current folder")]
    NoManifest,
    #[error("the `Cargo.toml` in the current folder is that of a workspace, and of no package")]
    NoPackage,
    #[error("`Cargo.toml` is no TOML: {reason}")]
    BrokenManifest { reason: String },
    #[error("`{path}` cannot be read: {source}")]
    Read { path: String, source: Unreadable },
    #[error("`{name}` cannot be the folder of the revisions")]
    Directory { name: String },
}

impl InitFailure {
    pub(crate) fn read(path: &Path, source: Unreadable) -> Self {
        Self::Read { path: path.display().to_string(), source }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoManifest => "no_manifest",
            Self::NoPackage => "no_package",
            Self::BrokenManifest { .. } => "broken_manifest",
            Self::Read { .. } => "cannot_read",
            Self::Directory { .. } => "bad_directory",
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoManifest => "make a crate first, as by `cargo new`, and go into its folder".to_owned(),
            Self::NoPackage => "go into the folder of the package that the revisions belong to".to_owned(),
            Self::BrokenManifest { .. } => "mend it first; nothing was written".to_owned(),
            Self::Read { .. } => return None,
            Self::Directory { .. } => {
                "name one inside of the crate, of letters, digits, `_`, `-`, `.` and `/`, as in `--output alembic_main`".to_owned()
            }
        })
    }

    pub(super) fn exit(&self) -> u8 {
        match self {
            Self::Directory { .. } => exit::USAGE,
            _ => exit::FAILURE,
        }
    }
}

impl From<InitFailure> for Failure {
    fn from(failure: InitFailure) -> Self {
        Self::Init(failure)
    }
}
