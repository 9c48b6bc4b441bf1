//! Why the application could not do its part.

use super::{Exit, Failure, FailureReport, list, list_of_names};
use servicekit::document::InvalidDocument;
use std::io;
use std::process::ExitStatus;

#[derive(Debug)]
pub(crate) enum ApplicationFailure {
    NoManifest,
    /// No package depends on `servicekit`.
    NoDependency,
    UnknownPackage {
        name: String,
        known: Vec<String>,
    },
    UnknownFeature {
        package: String,
        feature: String,
        known: Vec<String>,
    },
    NoCargo {
        source: io::Error,
    },
    BrokenManifest,
    /// What cargo prints is not understood.
    Cargo {
        source: serde_json::Error,
    },
    DoesNotCompile {
        package: String,
        /// Whether another package could be the one.
        is_one_of_several: bool,
    },
    Start {
        source: io::Error,
    },
    /// The tests of the package did not answer.
    Silent {
        package: String,
    },
    /// No package embeds the folder.
    NoHistory {
        packages: Vec<String>,
        folder: String,
    },
    OtherVersion {
        theirs: String,
    },
    /// The application was compiled from other revisions.
    Stale {
        package: String,
        /// What it lacks, described.
        missing: Vec<String>,
        /// What it has besides.
        surplus: Vec<String>,
        versions: String,
    },
    NoDriver {
        feature: &'static str,
    },
    /// `env()` of this file failed.
    Environment {
        file: String,
        /// Its error, and what led to it.
        causes: Vec<String>,
    },
    /// What the application tells of its models is not understood.
    Models {
        source: InvalidDocument,
    },
    Ended {
        status: Option<ExitStatus>,
    },
}

impl ApplicationFailure {
    /// What there is to say of it, with where the database is.
    pub(super) fn report(&self, position: Option<&str>) -> FailureReport {
        let report = self.report_without_state();
        match (self, position) {
            (Self::Ended { .. }, None) => report,
            (Self::Ended { .. }, Some(position)) => report.state(position),
            (_, None) => report.state("nothing was run"),
            (_, Some(position)) => report.state(format!("nothing was run; {position}")),
        }
    }

    fn report_without_state(&self) -> FailureReport {
        match self {
            Self::NoManifest => failed(
                "no_manifest",
                "there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application".to_owned(),
            )
            .help("move the folder into the crate that embeds it"),
            Self::NoDependency => failed(
                "no_dependency",
                "no package here depends on `servicekit`, and revisions in Rust are compiled into one that does".to_owned(),
            )
            .help("`servicekit migrations init` adds it"),
            Self::UnknownPackage { name, known } => FailureReport::new(
                "unknown_package",
                Exit::Usage,
                format!("there is no package `{name}` in this workspace"),
            )
            .help(format!("there is {}", list_of_names(known, "and"))),
            Self::UnknownFeature { package, feature, known } => {
                let known: Vec<&String> = known.iter().filter(|known| *known != "default").collect();
                let help = match known.as_slice() {
                    [] => "it has none; leave out `--features` and `features` in the configuration".to_owned(),
                    known => format!("it has {}", list_of_names(known, "and")),
                };
                let message = format!("the package `{package}` has no feature `{feature}`");
                FailureReport::new("unknown_feature", Exit::Usage, message).help(help)
            }
            Self::NoCargo { source } => failed("no_cargo", format!("cargo cannot be started: {source}"))
                .help("put cargo on the path, or set the environment variable `CARGO` to it"),
            Self::BrokenManifest => failed("broken_manifest", "cargo cannot read the manifest".to_owned()),
            Self::Cargo { source } => {
                failed("cargo_not_understood", format!("cargo's output cannot be read: {source}"))
            }
            Self::DoesNotCompile { package, is_one_of_several } => does_not_compile(package, *is_one_of_several),
            Self::Start { source } => {
                failed("not_started", format!("the application cannot be started: {source}"))
            }
            Self::Silent { package } => failed(
                "no_answer",
                format!("the tests of `{package}` were started, and did not answer in time"),
            )
            .help(format!(
                "run `cargo test -p {package} servicekit_env` to see what they wait for; a target with `harness = false` needs \
                 `test = false` as well"
            )),
            Self::NoHistory { packages, folder } => no_history(packages, folder),
            Self::OtherVersion { theirs } => failed(
                "other_version",
                format!(
                    "the application has another version of `servicekit`, {theirs}; this program has {}",
                    env!("CARGO_PKG_VERSION")
                ),
            )
            .help("install the command line of that version"),
            Self::Stale { package, missing, surplus, versions } => failed(
                "stale_application",
                format!(
                    "the application `{package}` was compiled from other revisions: {}",
                    difference(missing, surplus)
                ),
            )
            .help(format!(
                "put `println!(\"cargo::rerun-if-changed={versions}\");` into its build.rs, so that cargo notices new files"
            )),
            Self::NoDriver { feature } => failed(
                "no_driver",
                format!("the application was built without the feature `{feature}` of `servicekit`, which is for this database"),
            )
            .help(format!("turn it on in the application's Cargo.toml: `features = [\"{feature}\"]`")),
            Self::Environment { file, causes } => failed(
                "env_failed",
                format!("`env()` of `{file}` failed: {}", causes.join(": ")),
            )
            .help("fix what it returns as the error"),
            Self::Models { source } => failed(
                "models_not_understood",
                format!("what the application tells of its models cannot be read: {source}"),
            )
            .help("update this program and `servicekit` in the application to the same version"),
            Self::Ended { status } => {
                let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
                failed("application_ended", format!("the application ended before it was done{status}"))
                    .help("its output is above; the same command continues from where the database is")
            }
        }
    }
}

fn failed(code: &'static str, message: String) -> FailureReport {
    FailureReport::new(code, Exit::Application, message)
}

fn does_not_compile(package: &str, is_one_of_several: bool) -> FailureReport {
    let (has, other) = if is_one_of_several {
        ("may have", ", or name another package that embeds the folder with `--package`")
    } else {
        ("has", "")
    };
    let message = format!("the application `{package}` does not compile, and it {has} the revisions in Rust");
    failed("does_not_compile", message).help(format!(
        "fix what the compiler shows above{other}; `history`, `heads`, `branches`, `show`, `revision`, `merge`, `current`, \
         `stamp` and `plan` need no compiler"
    ))
}

fn no_history(packages: &[String], folder: &str) -> FailureReport {
    let (names, does) = (list_of_names(packages, "and"), if packages.len() == 1 { "does" } else { "do" });
    failed("not_embedded", format!("{names} {does} not embed `{folder}`")).help(format!(
        "put `servicekit::migrations!(\"{folder}\");` into its library or its program, or name the package that has it with \
         `--package`"
    ))
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
