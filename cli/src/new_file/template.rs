//! What stands in a new file.

use super::{Content, NewRevision};
use crate::arguments::Format;
use crate::failure::{Failure, NewFileFailure};
use crate::project::shown;
use servicekit_chain::file::{self, Body, VersionFile};
use servicekit_chain::regular_file::{self, LARGEST_TEXT, Unreadable};
use servicekit_chain::{Problem, Source};
use std::path::Path;
use std::sync::Arc;

/// What stands for the message of the revision in a template.
const MESSAGE: &str = "{message}";

/// What stands for the lines that say which revision it is.
const HEADER: &str = "{header}";

/// The file that holds the template of a kind of revision, in the folder that holds `versions/`.
pub(crate) fn file_name(format: Format) -> &'static str {
    match format {
        Format::Sql => "revision.sql.template",
        Format::Rs => "revision.rs.template",
    }
}

/// The template that is used where there is no file.
pub(crate) fn built_in(format: Format) -> String {
    match format {
        Format::Sql => format!("-- {MESSAGE}\n--\n{HEADER}\n\n{SQL_SECTIONS}"),
        Format::Rs => format!("//! {MESSAGE}\nuse servicekit::revision::*;\n\n{HEADER}\n\n{RUST_FUNCTIONS}"),
    }
}

/// The text of a new file, known to say what it should.
///
/// # Errors
/// The template cannot be read, or the file would not be read back as it is meant.
pub(super) fn text(directory: &Path, revision: &NewRevision) -> Result<String, Failure> {
    if let Some(content) = &revision.content {
        let write = |header: &str, title: &str| with_content(content, revision.format, header, title);
        let written = titled(write, revision).filter(|text| holds(text, content, revision.format));
        return written.ok_or_else(|| {
            // Without content, it shows whether it is the message.
            match filled(&built_in(revision.format), revision) {
                Some(_) => NewFileFailure::ContentIsDirective.into(),
                None => NewFileFailure::MessageIsHeader.into(),
            }
        });
    }
    let is_merge = revision.down_revision.len() > 1;
    let own = if is_merge { None } else { own(directory, revision.format)? };
    let template = match &own {
        Some((_, template)) => template.clone(),
        None if is_merge && revision.format == Format::Sql => {
            format!("-- {MESSAGE}\n--\n{HEADER}\n\n{SQL_SECTIONS_OF_MERGE}")
        }
        None => built_in(revision.format),
    };
    filled(&template, revision).ok_or_else(|| match own {
        // The built-in one shows whether it is the message.
        Some((path, _)) if filled(&built_in(revision.format), revision).is_some() => {
            NewFileFailure::Template { path }.into()
        }
        _ => NewFileFailure::MessageIsHeader.into(),
    })
}

/// A file that does this. It is no template: what it does may have a `{header}` in it.
fn with_content(content: &Content, format: Format, header: &str, title: &str) -> String {
    let Content { origin, upgrade, downgrade, .. } = content;
    match format {
        Format::Sql => {
            format!("-- {title}\n--\n-- {origin}\n--\n{header}\n\n{}", sections(content))
        }
        Format::Rs => format!(
            "//! {title}\n//!\n//! {origin}\nuse servicekit::revision::*;\n\n{header}\n\n{upgrade}\n{downgrade}"
        ),
    }
}

/// The sections of a `.sql` file.
fn sections(content: &Content) -> String {
    let Content { upgrade, downgrade, sections, .. } = content;
    if sections.is_empty() {
        return format!("-- +upgrade\n{upgrade}\n-- +downgrade\n{downgrade}");
    }
    let there = sections.iter().map(|each| format!("-- +upgrade {}\n{}", each.dialect, each.upgrade));
    let back = sections.iter().map(|each| format!("-- +downgrade {}\n{}", each.dialect, each.downgrade));
    there.chain(back).collect::<Vec<_>>().join("\n")
}

/// The template of the folder, with its name in messages.
fn own(directory: &Path, format: Format) -> Result<Option<(String, String)>, Failure> {
    let path = directory.join(file_name(format));
    let name = shown(&path);
    match regular_file::read_text(&path, LARGEST_TEXT) {
        Ok(text) => Ok(Some((name, text))),
        Err(Unreadable::Missing) => Ok(None),
        Err(source) => Err(NewFileFailure::TemplateRead { path: name, source }.into()),
    }
}

/// A template with the values of a revision, if that is read as this revision.
fn filled(template: &str, revision: &NewRevision) -> Option<String> {
    // The message goes in last: it may have a `{header}` in it.
    titled(|header, title| template.replace(HEADER, header).replace(MESSAGE, title), revision)
}

/// What is written with the header and the title of a revision, if that is read as this revision.
fn titled(write: impl Fn(&str, &str) -> String, revision: &NewRevision) -> Option<String> {
    let message = &revision.message;
    // A title such as `revision: x` or `+upgrade` is a line that steers; in quotes it is text.
    let quoted = format!("\"{message}\"");
    let (header, titles) = match revision.format {
        Format::Sql => (sql(revision), vec![message, &quoted]),
        Format::Rs => (rust(revision), vec![message]),
    };
    let texts = titles.into_iter().map(|title| (write(&header, title), title));
    texts.into_iter().find(|(text, title)| says(text, title, revision)).map(|(text, _)| text)
}

/// Whether a text is read as this revision with this title.
fn says(text: &str, title: &str, revision: &NewRevision) -> bool {
    let Ok(file) = parse(text, revision.format) else { return false };
    let header = &file.header;
    let parents = header.down_revision.iter().map(|parent| &parent.value);
    let labels = header.branch_labels.iter().map(|label| &label.value);
    let needs = header.depends_on.iter().map(|name| &name.value);
    header.id.value == revision.id
        && parents.eq(&revision.down_revision)
        && labels.eq(&revision.branch_labels)
        && needs.eq(&revision.depends_on)
        && header.models.iter().map(|change| &change.value).eq(&revision.models)
        && header.message == title
        && header.created.as_ref().is_some_and(|created| created.value == revision.created.to_string())
}

/// Whether the sections of a `.sql` file are all of what it does: a line of a statement may be read as a directive.
fn holds(text: &str, content: &Content, format: Format) -> bool {
    let Ok(VersionFile { body: Body::Sql(body), .. }) = parse(text, format) else {
        return format == Format::Rs;
    };
    let is = |section: &file::Section, sql: &str| {
        text.get(section.span.clone()).is_some_and(|found| found.trim() == sql.trim())
    };
    let own = &content.sections;
    let sides = [
        (&body.upgrade, &content.upgrade, own.iter().map(|each| &each.upgrade).collect::<Vec<_>>()),
        (&body.downgrade, &content.downgrade, own.iter().map(|each| &each.downgrade).collect()),
    ];
    sides.iter().all(|(sections, sql, several)| match sections.as_slice() {
        [only] if several.is_empty() => is(only, sql),
        all => {
            all.len() == several.len()
                && !several.is_empty()
                && all.iter().zip(several).all(|(section, sql)| is(section, sql))
        }
    })
}

fn parse(text: &str, format: Format) -> Result<VersionFile, Vec<Problem>> {
    let source = Arc::new(Source::new("", "", text));
    match format {
        Format::Sql => file::parse_sql(&source),
        Format::Rs => file::parse_rust(&source),
    }
}

const SQL_SECTIONS: &str = "-- +upgrade
-- The SQL that makes the change.

-- +downgrade
-- The SQL that reverts it. Delete this section if the revision cannot be reverted.
";

/// A merge changes nothing, in either direction.
const SQL_SECTIONS_OF_MERGE: &str = "-- +upgrade

-- +downgrade
";

const RUST_FUNCTIONS: &str = r#"pub fn upgrade(op: &mut Operations) {
    // Make the change here, for example `op.execute("CREATE TABLE …");`.
    let _ = op;
}

pub fn downgrade(op: &mut Operations) {
    // Revert it here. Delete this function if the revision cannot be reverted.
    let _ = op;
}
"#;

/// The header of a `.sql` file.
fn sql(revision: &NewRevision) -> String {
    let keys = lists(revision).into_iter().filter(|(_, values)| !values.is_empty());
    let keys =
        keys.map(|(key, values)| format!("-- {key}: {}\n", values.join(", "))).collect::<Vec<_>>().concat();
    let (id, created) = (&revision.id, revision.created);
    format!("-- revision: {id}\n{keys}-- created: {created}")
}

/// The header of a `.rs` file.
fn rust(revision: &NewRevision) -> String {
    let keys = lists(revision).into_iter().filter_map(|(key, values)| {
        let quoted: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        match quoted.as_slice() {
            [] => None,
            [one] => Some(format!("    {key}: {one},\n")),
            several => Some(format!("    {key}: [{}],\n", several.join(", "))),
        }
    });
    let keys: String = keys.collect();
    let NewRevision { id, created, .. } = revision;
    format!("revision! {{\n    id: \"{id}\",\n{keys}    created: \"{created}\",\n}}")
}

/// The keys that both kinds of file have in common, in the order in which they stand.
fn lists(revision: &NewRevision) -> [(&'static str, Vec<String>); 4] {
    fn strings<T: ToString>(items: &[T]) -> Vec<String> {
        items.iter().map(ToString::to_string).collect()
    }
    [
        ("down_revision", strings(&revision.down_revision)),
        ("branch_labels", strings(&revision.branch_labels)),
        ("depends_on", strings(&revision.depends_on)),
        ("models", strings(&revision.models)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::new_file::one_line;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use servicekit_chain::{Label, RevisionId};

    /// Messages of any characters, and of those that mean something in a version file.
    fn messages() -> impl Strategy<Value = String> {
        let pieces = [
            "revision", ":", "up", "+", "--", "upgrade", " ", "\n", "\"", "*/", "/*", "{", "a1", "\\", "//!",
        ];
        let meant = prop::collection::vec(prop::sample::select(pieces.to_vec()), 1..8)
            .prop_map(|pieces| pieces.concat());
        prop_oneof![any::<String>(), meant]
    }

    proptest! {
        #[test]
        fn a_file_with_any_message_says_what_it_should(message in messages(), merge: bool, rust: bool) {
            let message = one_line(&message);
            prop_assume!(!message.is_empty());
            let ids: &[&'static str] = if merge { &["a1", "b2"] } else { &["a1"] };
            let revision = NewRevision {
                id: RevisionId::from_static("c3"),
                down_revision: ids.iter().copied().map(RevisionId::from_static).collect(),
                branch_labels: vec![Label::from_static("x"), Label::from_static("y")],
                depends_on: vec!["d4".to_owned()],
                models: ["+users", "a -> b", "-c"].map(|text| text.parse().unwrap()).into(),
                message,
                created: Timestamp::UNIX_EPOCH,
                format: if rust { Format::Rs } else { Format::Sql },
                folder: std::path::PathBuf::new(),
                content: None,
            };
            let text = text(Path::new("nowhere"), &revision);
            // A title that would steer stands in quotes; one with quotes of its own cannot always, and is refused.
            if text.is_err() && revision.message.contains('"') {
                return Ok(());
            }
            let text = text.map_err(|failure| TestCaseError::fail(failure.report().message()))?;
            let quoted = format!("\"{}\"", revision.message);
            prop_assert!(says(&text, &revision.message, &revision) || says(&text, &quoted, &revision));
        }
    }
}
