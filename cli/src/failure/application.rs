//! Why the application could not do its part.

use super::{Failure, exit, list, list_of_names};
use std::io;
use std::process::ExitStatus;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ApplicationFailure {
    #[error(
        "there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application"
    )]
    NoManifest,
    #[error("no package here depends on `servicekit`, and revisions in Rust are compiled into one that does")]
    NobodyNeedsUs,
    #[error("there is no package `{name}` in this workspace")]
    UnknownPackage { name: String, known: Vec<String> },
    #[error("cargo cannot be started: {source}")]
    NoCargo { source: io::Error },
    #[error("cargo cannot read the manifest")]
    BrokenManifest,
    #[error("cargo's answer cannot be read: {source}")]
    Cargo { source: serde_json::Error },
    #[error("the application `{package}` does not compile, and it {} the revisions in Rust", if *is_one_of_several { "may have" } else { "has" })]
    DoesNotCompile {
        package: String,
        /// Whether another package could be the one.
        is_one_of_several: bool,
    },
    #[error("the application cannot be started: {source}")]
    Start { source: io::Error },
    #[error("the tests of `{package}` were started, and no answer came from them in time")]
    Silent { package: String },
    #[error("{} {} not embed `{folder}`", list_of_names(packages, "and"), if packages.len() == 1 { "does" } else { "do" })]
    NoHistory { packages: Vec<String>, folder: String },
    #[error("the application has another version of `servicekit`, {theirs}; this program has {}", env!("CARGO_PKG_VERSION"))]
    OtherVersion { theirs: String },
    #[error(
        "the application `{package}` was compiled from other revisions: {}",
        difference(missing, surplus)
    )]
    Stale {
        package: String,
        /// What it lacks, described.
        missing: Vec<String>,
        /// What it has besides.
        surplus: Vec<String>,
        versions: String,
    },
    #[error(
        "the application was built without the feature `{feature}` of `servicekit`, which is for this database"
    )]
    NoDriver { feature: &'static str },
    #[error("the application ended before it was done{}", status.map(|status| format!(" ({status})")).unwrap_or_default())]
    Ended { status: Option<ExitStatus> },
}

impl ApplicationFailure {
    pub(crate) fn no_cargo(source: io::Error) -> Self {
        Self::NoCargo { source }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoManifest => "no_manifest",
            Self::NobodyNeedsUs => "no_dependency",
            Self::UnknownPackage { .. } => "unknown_package",
            Self::NoCargo { .. } => "no_cargo",
            Self::BrokenManifest => "broken_manifest",
            Self::Cargo { .. } => "cargo_not_understood",
            Self::DoesNotCompile { .. } => "does_not_compile",
            Self::Start { .. } => "not_started",
            Self::Silent { .. } => "no_answer",
            Self::NoHistory { .. } => "not_embedded",
            Self::OtherVersion { .. } => "other_version",
            Self::Stale { .. } => "stale_application",
            Self::NoDriver { .. } => "no_driver",
            Self::Ended { .. } => "application_ended",
        }
    }

    /// The state that things are in now, with where the database is.
    pub(super) fn state(&self, position: Option<&str>) -> Option<String> {
        match (self, position) {
            (Self::Ended { .. }, position) => position.map(str::to_owned),
            (_, None) => Some("nothing was run".to_owned()),
            (_, Some(position)) => Some(format!("nothing was run; {position}")),
        }
    }

    pub(super) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoManifest => "move the folder into the crate that embeds it".to_owned(),
            Self::NobodyNeedsUs => "`servicekit migrations init` adds it".to_owned(),
            Self::UnknownPackage { known, .. } => format!("there is {}", list_of_names(known, "and")),
            Self::NoCargo { .. } => {
                "put cargo on the path, or set the environment variable `CARGO` to it".to_owned()
            }
            Self::DoesNotCompile { is_one_of_several, .. } => {
                let other = if *is_one_of_several {
                    ", or name another package that embeds the folder by `--package`"
                } else {
                    ""
                };
                format!(
                    "mend what the compiler shows above{other}; `history`, `heads`, `branches`, `show`, `revision`, `merge`, `current`, \
                     `stamp` and `plan` need no compiler"
                )
            }
            Self::Silent { package } => format!(
                "run `cargo test -p {package} servicekit_env` to see what they wait for; a target with `harness = false` needs \
                 `test = false` as well"
            ),
            Self::NoHistory { folder, .. } => format!(
                "put `servicekit::migrations!(\"{folder}\");` into its library or its program, or name the package that has it \
                 by `--package`"
            ),
            Self::OtherVersion { .. } => "install the command line of that version".to_owned(),
            Self::Stale { versions, .. } => format!(
                "put `println!(\"cargo::rerun-if-changed={versions}\");` into its build.rs, so that cargo sees new files"
            ),
            Self::NoDriver { feature } => {
                format!("turn it on in the application's Cargo.toml: `features = [\"{feature}\"]`")
            }
            Self::Ended { .. } => {
                "what it printed is above; the same command goes on from where the database is".to_owned()
            }
            Self::BrokenManifest | Self::Cargo { .. } | Self::Start { .. } => return None,
        })
    }

    pub(super) fn exit(&self) -> u8 {
        match self {
            Self::UnknownPackage { .. } => exit::USAGE,
            _ => exit::APPLICATION,
        }
    }
}

impl From<ApplicationFailure> for Failure {
    fn from(failure: ApplicationFailure) -> Self {
        Self::Application { failure: Box::new(failure), position: None }
    }
}

fn difference(missing: &[String], surplus: &[String]) -> String {
    let parts = [("it lacks", missing), ("it still has", surplus)];
    let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
    list(parts.map(|(words, names)| format!("{words} {}", list(names, "and"))).collect::<Vec<_>>(), "and")
}
