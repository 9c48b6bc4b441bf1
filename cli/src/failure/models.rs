//! Why the application gave no models.

use super::{Exit, FailureReport, list_of_names};
use servicekit::worker::wire::RegistryFacts;
use std::fmt;

/// The registry of models that name none, as the application names it.
pub(crate) const BASE: &str = "servicekit::Base";

#[derive(Debug)]
pub(crate) enum ModelsFailure {
    /// The application has this crate without the feature.
    NoFeature { package: String },
    /// `env()` gives none.
    None {
        package: String,
        /// The file with `env()`, as messages name it.
        environment: String,
        /// The registries that have models.
        registries: Vec<RegistryFacts>,
        unlinked: Vec<Unlinked>,
    },
    /// They do not fit together: everything that is wrong, each with its help.
    Invalid { problems: Vec<String> },
}

impl ModelsFailure {
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::NoFeature { package } => FailureReport::new(
                "no_models_feature",
                Exit::Models,
                format!("the application `{package}` was built without the feature `models` of `servicekit`, so it has no models"),
            )
            .help("turn it on in the application's Cargo.toml: `features = [\"models\"]`"),
            Self::None { package, environment, registries, unlinked } => {
                let message = format!("no models are linked into the tests of `{package}`");
                let mut report = FailureReport::new("no_models", Exit::Models, message)
                    .note("a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`");
                for unlinked in unlinked {
                    report = report.note(unlinked.to_string());
                }
                for registry in registries {
                    report = report.note(of_registry(registry, environment));
                }
                report.help(help(package, environment, registries, unlinked))
            }
            Self::Invalid { problems } => match problems.as_slice() {
                [problem] => {
                    let (message, help) = match problem.rsplit_once("\nhelp: ") {
                        Some((message, help)) => (message, Some(help.to_owned())),
                        None => (problem.as_str(), None),
                    };
                    FailureReport::new("invalid_models", Exit::Models, message).maybe_help(help)
                }
                problems => {
                    let message =
                        format!("the models have {} problems\n\n{}", problems.len(), problems.join("\n\n"));
                    FailureReport::new("invalid_models", Exit::Models, message)
                }
            },
        }
    }
}

fn of_registry(RegistryFacts { name, models }: &RegistryFacts, environment: &str) -> String {
    let have = if models.len() == 1 { "has" } else { "have" };
    let names = list_of_names(models.iter().take(3), "and");
    let more = models.len().checked_sub(3).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
    format!("{names}{more} {have} the base `{name}`, and `env()` of `{environment}` gives another one")
}

/// The first thing to do about it.
fn help(package: &str, environment: &str, registries: &[RegistryFacts], unlinked: &[Unlinked]) -> String {
    if let Some(first) = unlinked.first() {
        return first.help(environment);
    }
    if registries.iter().any(|registry| registry.name == BASE) {
        return format!("write `pub fn env() {{}}` into `{environment}`, which gives `{BASE}`");
    }
    let Some(registry) = registries.first() else {
        return format!(
            "derive it for a struct, or name the crate that has the models in `{environment}`: `use shop_models as _;`"
        );
    };
    let own = format!("{}::", package.replace('-', "_"));
    let path = match registry.name.strip_prefix(&own) {
        Some(rest) => format!("crate::{rest}"),
        None => registry.name.clone(),
    };
    format!(
        "write `pub fn env() -> {path} {{ {path} }}` into `{environment}`, or leave out `base = …` of the models"
    )
}

/// Models that the application does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unlinked {
    /// No source of the application names the package.
    Dependency {
        application: String,
        package: String,
        /// Its name in the sources of the application.
        name: String,
    },
    /// The package has another version of this crate, and so another registry.
    OtherVersion { package: String, required: String },
    /// The application's own, in a file that is not compiled into these tests.
    Own { application: String, file: String },
}

impl fmt::Display for Unlinked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dependency { application, package, .. } => write!(
                f,
                "`{package}` is a dependency that has models, and no source file of `{application}` names it, so it is not linked"
            ),
            Self::OtherVersion { package, required } => {
                write!(f, "`{package}` has models of another version of `servicekit`, {required}")
            }
            Self::Own { application, file } => {
                write!(f, "`{file}` has models that are not compiled into the tests of `{application}`")
            }
        }
    }
}

impl Unlinked {
    /// What to do about it; `environment` is the file `env.rs` as messages name it.
    pub(crate) fn help(&self, environment: &str) -> String {
        match self {
            Self::Dependency { name, .. } => format!("write `use {name} as _;` into `{environment}`"),
            Self::OtherVersion { .. } => {
                format!("let it depend on `servicekit = \"{}\"`", env!("CARGO_PKG_VERSION"))
            }
            Self::Own { .. } => {
                "name its module in the library or program that has `servicekit::migrations!`, or turn on the feature that it is behind"
                    .to_owned()
            }
        }
    }
}
