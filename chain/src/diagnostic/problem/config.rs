//! What is wrong with the configuration.

use super::Problem;
use super::wording::{joined, quoted};
use crate::config;
use crate::diagnostic::Diagnostic;

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::ConfigSyntax { place, reason, first } => {
            let problem =
                Diagnostic::new("config_syntax", format!("the configuration is not TOML: {reason}"));
            match first {
                Some(first) => problem
                    .primary(place, "here again")
                    .context(first, "first here")
                    .help("leave one of the two out"),
                None => problem.primary(place, "").help("a line is `key = value`, and strings are in quotes"),
            }
        }
        P::AlembicFileSyntax { place, reason, first } => {
            let message = format!("the configuration of Alembic cannot be read: {reason}");
            let problem = Diagnostic::new("alembic_file_syntax", message);
            match first {
                Some(first) => problem
                    .primary(place, "here again")
                    .context(first, "first here")
                    .help("leave one of the two out"),
                None => problem.primary(place, "").help("Python's Alembic does not read it either"),
            }
        }
        P::ConfigUnknownKey { place, near } => {
            Diagnostic::new("config_unknown_key", format!("the configuration has no key `{}`", place.text()))
                .primary(place, "no such key")
                .help(match near.as_slice() {
                    [] => {
                        let keys = config::keys().map(|key| format!("`{key}`"));
                        format!("the keys, all at the top level, are {}", joined(keys.to_vec(), "and"))
                    }
                    near => format!("did you mean {}?", quoted(near, "or")),
                })
        }
        P::ConfigType { key, place, expected, found } => {
            Diagnostic::new("config_type", format!("`{key}` takes {expected}, not {found}"))
                .primary(place, format!("expected {expected}"))
                .help(format!("an example: `{}`", config::example(key)))
        }
        P::ConfigValue { place, reason, instead, .. } => {
            Diagnostic::new("config_value", reason.clone()).primary(place, "").help(instead.clone())
        }
        _ => return None,
    })
}
