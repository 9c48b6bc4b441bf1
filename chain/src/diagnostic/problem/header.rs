//! What is wrong with the header, in both kinds of file.

use super::Problem;
use super::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::{InvalidId, Place};

pub(super) fn describe(problem: &Problem) -> Option<Diagnostic> {
    use Problem as P;
    Some(match problem {
        P::MissingHeader { place, example } => Diagnostic::new(
            "missing_header",
            "this file does not say which revision it is",
        )
        .primary(place, "")
        .help(format!(
            "begin it with a title and the line `-- revision: {example}`, and put `-- +upgrade` above its SQL"
        )),
        P::MissingRevision { place, key } => missing_revision(place, key),
        P::UnknownKey { place, meant, known } => {
            Diagnostic::new("unknown_key", format!("unknown key `{}`", place.text()))
                .primary(place, "no such key")
                .help(match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the keys are {}", quoted(known, "and")),
                })
        }
        P::KeyTwice { key, first, second } => Diagnostic::new("key_twice", format!("`{key}` appears twice"))
            .primary(second, "here again")
            .context(first, "first here")
            .help("leave one of the two out"),
        P::EmptyValue { key, place } => Diagnostic::new("empty_value", format!("`{key}` has no value"))
            .primary(place, "a value is missing")
            .help(match *key {
                "down_revision" => {
                    "name the revision that this one follows, or leave the key out in a first revision"
                        .to_owned()
                }
                "revision" | "id" => format!("give `{key}` the revision's own id"),
                _ => "give it a value or leave the key out".to_owned(),
            }),
        P::ValueTwice { value, key, first, second } => {
            Diagnostic::new("value_twice", format!("`{value}` appears twice in `{key}`"))
                .primary(second, "here again")
                .context(first, "first here")
                .help("name it once")
        }
        P::InvalidId { value, key, place, reason } => invalid_id(value, key, place, reason),
        P::InvalidModelChange { value, place, reason } => {
            Diagnostic::new("invalid_model_change", format!("`{value}` says nothing of a table in `models`"))
                .primary(place, "neither begins, ends nor renames a table")
                .help(reason.to_string())
        }
        _ => return None,
    })
}

fn missing_revision(place: &Place, key: &str) -> Diagnostic {
    let (message, help) = match key {
        "id" => {
            ("`revision!` has no `id`".to_owned(), "add `id: \"…\",` with the revision's own id".to_owned())
        }
        key => (
            format!("the header has no `{key}`"),
            format!("add the line `-- {key}: …` with the revision's own id"),
        ),
    };
    Diagnostic::new("missing_revision", message).primary(place, format!("no `{key}` here")).help(help)
}

fn invalid_id(value: &str, key: &str, place: &Place, reason: &InvalidId) -> Diagnostic {
    let kind = match key {
        "branch_labels" => "a branch label",
        "depends_on" => "a revision id or branch label",
        _ => "a revision id",
    };
    let problem = Diagnostic::new("invalid_id", format!("`{value}` cannot be {kind}"));
    Diagnostic { help: valid_id(value, key, reason), ..problem.primary(place, reason.to_string()) }
}

/// What to write in place of a value that cannot be an id.
fn valid_id(value: &str, key: &str, reason: &InvalidId) -> Option<String> {
    let own = match key {
        "down_revision" => "leave the key out in a first revision",
        _ => "choose another name",
    };
    Some(match reason {
        InvalidId::Reserved { .. } => own.to_owned(),
        InvalidId::Character { character: '"' | '\'' | '`' } => "leave out the quotes".to_owned(),
        InvalidId::Relative => {
            let name = value.trim_matches(crate::id::SIGNS).replace(crate::id::SIGNS, "_");
            format!("`-` and `+` stand between letters only, as steps in a target do not: `{name}`")
        }
        InvalidId::Character { character: '-' } => {
            format!("leave it out or write `_` for it: `{}`", value.replace('-', "_"))
        }
        InvalidId::Character { character } if character.is_whitespace() && is_list(key) => {
            "separate several names by commas".to_owned()
        }
        InvalidId::Character { .. } => "use letters, digits, `_` and `.`".to_owned(),
        InvalidId::TooLong { .. } => "choose a shorter one".to_owned(),
        InvalidId::Empty => return None,
    })
}

fn is_list(key: &str) -> bool {
    matches!(key, "down_revision" | "branch_labels" | "depends_on")
}
