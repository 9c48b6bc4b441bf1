//! The way out of each problem, in one line.

use super::message::list;
use super::{Instead, Named, Problem};
use crate::sql::UnterminatedKind;
use crate::{Dialect, InvalidId, Place};

pub(super) fn help(problem: &Problem) -> Option<String> {
    use Problem as P;
    Some(match problem {
        P::MissingFolder { configured: Some(_), .. } | P::NotAFolder { configured: Some(_), .. } => {
            "the folders in `version_locations` are looked for beside the configuration file".to_owned()
        }
        P::NotAFolder { .. } => "name the folder that holds `versions/`".to_owned(),
        P::MissingVersions { folder, .. } if is_versions(folder) => {
            "name the folder that holds `versions/`, not `versions/` itself".to_owned()
        }
        P::MissingFolder { folder, .. } | P::MissingVersions { folder, is_file: false } => {
            format!("make the folder `{folder}/versions`, or name the folder that holds `versions/`")
        }
        P::MissingVersions { .. } => "revision files stand in a folder of that name".to_owned(),
        P::UnreadableFolder { .. } => "see that it is there and that you may read it".to_owned(),
        P::UnreadableFile { .. } => "see that a regular file is there and that you may read it".to_owned(),
        P::NotUtf8 { .. } => "save the file as UTF-8".to_owned(),
        P::FileNameNotUtf8 { .. } => "rename the file".to_owned(),
        P::StrayFile { place } => stray(place),
        P::StrayFolder { .. } => {
            "set `recursive = true` in the configuration to read folders too, or move it away".to_owned()
        }
        P::ConfigSyntax { first: Some(_), .. } => "leave one of the two out".to_owned(),
        P::ConfigUnknownKey { near, .. } => match near.as_slice() {
            [] => format!(
                "the keys, all at the top level, are {}",
                list(crate::config::KEYS.iter().map(|key| format!("`{key}`")), "and")
            ),
            near => format!("did you mean {}?", list(near.iter().map(|key| format!("`{key}`")), "or")),
        },
        P::ConfigSyntax { first: None, .. } => {
            "a line is `key = value`, and strings are in quotes".to_owned()
        }
        P::ConfigType { key, .. } => format!("an example: `{}`", crate::config::example(key)),
        P::ConfigValue { instead, .. } => instead.clone(),
        other => return file_help(other).or_else(|| graph_help(other)),
    })
}

fn is_versions(folder: &str) -> bool {
    folder.trim_end_matches('/').rsplit('/').next() == Some("versions")
}

fn stray(place: &Place) -> String {
    let path = std::path::Path::new(&place.source.name);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if extension.eq_ignore_ascii_case("py") || extension.eq_ignore_ascii_case("pyc") {
        return "revisions are `.sql` or `.rs` files: write this one as such, and move the Python file away"
            .to_owned();
    }
    "revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave \
     behind may stay)"
        .to_owned()
}

/// The way out of what is wrong within one file.
fn file_help(problem: &Problem) -> Option<String> {
    use Problem as P;
    Some(match problem {
        P::MissingHeader { example, .. } => {
            format!(
                "begin it with a title and the line `-- revision: {example}`, and put `-- +upgrade` above its SQL"
            )
        }
        P::MissingRevision { key: "id", .. } => "add `id: \"…\",` with the revision's own id".to_owned(),
        P::MissingRevision { key, .. } => format!("add the line `-- {key}: …` with the revision's own id"),
        P::UnknownKey { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
        P::UnknownKey { known, .. } => {
            format!("the keys are {}", list(known.iter().map(|key| format!("`{key}`")), "and"))
        }
        P::KeyTwice { .. } => "leave one of the two out".to_owned(),
        P::ValueTwice { .. } => "name it once".to_owned(),
        P::EmptyValue { key: "down_revision", .. } => {
            "name the revision that this one follows, or leave the key out in a first revision".to_owned()
        }
        P::EmptyValue { key: key @ ("revision" | "id"), .. } => format!("give `{key}` the revision's own id"),
        P::EmptyValue { .. } => "give it a value or leave the key out".to_owned(),
        P::InvalidId { key, value, reason, .. } => return invalid_id(key, value, reason),
        P::KeyInSection { key, .. } => {
            format!(
                "move it up, before the first section; if it is only a comment, do not begin it with `{key}:`"
            )
        }
        P::KeyNotInComment { instead, .. } | P::UnknownDirective { instead, .. } => match instead {
            Instead::Write(line) => format!("write `{line}`"),
            Instead::OwnLine(line) => format!("write `{line}` at the start of a line of its own"),
            Instead::Nothing(why) => format!("leave it out: {why}"),
            Instead::Unknown => {
                "the directives are `-- +upgrade`, `-- +downgrade` and `-- +transaction off`".to_owned()
            }
        },
        P::DisguisedKey { instead, .. } => format!("write `{instead}`"),
        P::UnknownDialect { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
        P::UnknownDialect { .. } => {
            format!("the dialects are {}", list(Dialect::ALL.map(|dialect| format!("`{dialect}`")), "and"))
        }
        P::TransactionValue { .. } => {
            "write `-- +transaction off`; without this line a revision runs in a transaction".to_owned()
        }
        P::TextOutsideSections { .. } => {
            "put `-- +upgrade` above it; outside the sections there are only lines that begin with `--`"
                .to_owned()
        }
        P::MissingUpgrade { .. } => "add the line `-- +upgrade` and below it the SQL, if any".to_owned(),
        P::SectionTwice { dialect: Some(Dialect::Mysql), .. } => {
            "write one section for each dialect; MySQL and MariaDB are one dialect".to_owned()
        }
        P::SectionTwice { dialect: Some(_), .. } => "write one section for each dialect".to_owned(),
        P::SectionTwice { dialect: None, direction, .. } => {
            format!("join the two, or name dialects as in `-- +{direction} postgres`")
        }
        P::Unterminated { kind: UnterminatedKind::Block, .. } => "close it with `END`".to_owned(),
        P::Unterminated { section: Some(_), place, .. } if has_escaped_quote(place) => {
            "close it; a line that begins with `-- +` ends the section also within it. A server that reads backslashes in another \
             way is told so first: `SET sql_mode = 'NO_BACKSLASH_ESCAPES';`, or on PostgreSQL `SET standard_conforming_strings = off;`"
                .to_owned()
        }
        P::Unterminated { section: Some(_), .. } => {
            "close it; a line that begins with `-- +` ends the section also within it".to_owned()
        }
        P::Unterminated { .. } => "close it; it hides everything up to the end of the file".to_owned(),
        P::CopyData { .. } => {
            "write the rows as `INSERT`, as `pg_dump --inserts` does, or copy from a file that the server can read".to_owned()
        }
        P::ClientCommand { instead, .. } => (*instead).to_owned(),
        P::MissingInvocation { example, .. } => format!(
            "add `revision! {{ id: \"{example}\", }}`; a helper module belongs outside the folder of revisions"
        ),
        P::InvocationTwice { .. } => "give each revision a file of its own".to_owned(),
        P::InvocationSyntax { .. } => {
            "an example: `revision! { id: \"b2\", down_revision: \"a1\" }`".to_owned()
        }
        P::MissingUpgradeFunction { .. } => "add `pub fn upgrade(op: &mut Operations) { … }`".to_owned(),
        _ => return None,
    })
}

fn invalid_id(key: &str, value: &str, reason: &InvalidId) -> Option<String> {
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
        InvalidId::Character { character } if character.is_whitespace() && list_key(key) => {
            "separate several names by commas".to_owned()
        }
        InvalidId::Character { .. } => "use letters, digits, `_` and `.`".to_owned(),
        InvalidId::TooLong { .. } => "choose a shorter one".to_owned(),
        InvalidId::Empty => return None,
    })
}

fn list_key(key: &str) -> bool {
    matches!(key, "down_revision" | "branch_labels" | "depends_on")
}

/// The way out of what is wrong between the revisions.
fn graph_help(problem: &Problem) -> Option<String> {
    use Problem as P;
    Some(match problem {
        P::DanglingParent { near, .. } | P::DanglingDependency { near, .. } => match near.as_slice() {
            [] => "put the missing file back, or name a revision that is there".to_owned(),
            near => format!("did you mean {}?", list(near.iter().map(Named::to_string), "or")),
        },
        P::SelfLoop { .. } => {
            "name the revision before it, or leave the key out in a first revision".to_owned()
        }
        P::DependencySelfLoop { .. } => "leave it out".to_owned(),
        P::Cycle { .. } => "one of them must follow a revision outside the circle, or none".to_owned(),
        P::DependencyCycle { .. } => "leave one of these dependencies out".to_owned(),
        P::DuplicateId { .. } => "give all but one an id of its own, and a file name to match".to_owned(),
        P::DuplicateLabel { .. } => {
            "a label names one branch: take it from all but the first revision of it".to_owned()
        }
        P::LabelClashesWithId { .. } => "choose another label".to_owned(),
        P::SeveralHeads { config, .. } => format!(
            "join them with `servicekit migrations merge heads`, or set `allow = [\"multiple_heads\"]` in `{config}`"
        ),
        P::SeveralBases { config, .. } => {
            format!("give all but one a `down_revision`, or set `allow = [\"multiple_bases\"]` in `{config}`")
        }
        _ => return None,
    })
}

impl std::fmt::Display for Named {
    /// The name and in parentheses the message, when there is one.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.name)?;
        if self.message.is_empty() { Ok(()) } else { write!(f, " ({})", self.message) }
    }
}

/// Whether somewhere in the file a backslash stands before a quote, which is read in one way or another.
fn has_escaped_quote(place: &Place) -> bool {
    ["\\'", "\\\""].iter().any(|escape| place.source.text.contains(escape))
}
