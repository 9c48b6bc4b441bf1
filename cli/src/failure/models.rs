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
    let names = list_of_names(models, "and");
    format!("{names} {have} the base `{name}`, and `env()` of `{environment}` gives another one")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{ApplicationFailure, Failure};
    use servicekit::document::InvalidDocument;

    fn text(failure: impl Into<Failure>) -> String {
        failure.into().report().diagnostic.to_string()
    }

    #[test]
    fn what_is_not_linked_is_told_with_the_first_thing_to_do() {
        let package = "shop".to_owned();
        let registry = |name: &str, models: &[&str]| RegistryFacts {
            name: name.to_owned(),
            models: models.iter().map(ToString::to_string).collect(),
        };
        let none = |registries, unlinked| ModelsFailure::None {
            package: package.clone(),
            environment: "alembic/env.rs".to_owned(),
            registries,
            unlinked,
        };
        let other =
            Unlinked::OtherVersion { package: "shop-models".to_owned(), required: "^0.0.9".to_owned() };
        let many = registry("lake::Analytics", &["lake::A", "lake::B", "lake::C", "lake::D"]);
        let none_at_all = text(none(vec![], vec![]));
        let all = [text(none(vec![many.clone()], vec![other])), text(none(vec![many], vec![])), none_at_all];
        insta::assert_snapshot!(all.join("\n\n").replace(env!("CARGO_PKG_VERSION"), "[VERSION]"), @r#"
        no models are linked into the tests of `shop`
        note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
        note: `shop-models` has models of another version of `servicekit`, ^0.0.9
        note: `lake::A`, `lake::B`, `lake::C` and `lake::D` have the base `lake::Analytics`, and `env()` of `alembic/env.rs` gives another one
        help: let it depend on `servicekit = "[VERSION]"`

        no models are linked into the tests of `shop`
        note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
        note: `lake::A`, `lake::B`, `lake::C` and `lake::D` have the base `lake::Analytics`, and `env()` of `alembic/env.rs` gives another one
        help: write `pub fn env() -> lake::Analytics { lake::Analytics }` into `alembic/env.rs`, or leave out `base = …` of the models

        no models are linked into the tests of `shop`
        note: a model is a struct with `#[derive(servicekit::Table)]` or `#[servicekit::entity]`
        help: derive it for a struct, or name the crate that has the models in `alembic/env.rs`: `use shop_models as _;`
        "#);
    }

    #[test]
    fn what_an_application_of_other_words_tells_is_not_guessed() {
        let source = InvalidDocument::Unknown { field: "partitions".to_owned() };
        let package = "shop".to_owned();
        let unknown = |known: &[&str]| ApplicationFailure::UnknownFeature {
            package: package.clone(),
            feature: "admin".to_owned(),
            known: known.iter().map(ToString::to_string).collect(),
        };
        let all = [
            text(ApplicationFailure::Models { source }),
            text(unknown(&["default"])),
            text(unknown(&["default", "wishes", "lists"])),
        ];
        insta::assert_snapshot!(all.join("\n\n"), @"
        what the application tells of its models cannot be read: no schema has a field `partitions`
        now: nothing was run
        help: update this program and `servicekit` in the application to the same version

        the package `shop` has no feature `admin`
        now: nothing was run
        help: it has none; leave out `--features` and `features` in the configuration

        the package `shop` has no feature `admin`
        now: nothing was run
        help: it has `wishes` and `lists`
        ");
    }
}
