//! What stands in a new file.

use super::NewRevision;
use crate::arguments::Format;
use crate::failure::Failure;
use servicekit_chain::file::{self, VersionFile};
use servicekit_chain::{Problem, Source};
use std::sync::Arc;

/// The text of a new file, known to say what it should.
///
/// # Errors
/// The file would not be read back as it is meant.
pub(super) fn text(revision: &NewRevision) -> Result<String, Failure> {
    let candidates = match revision.format {
        // A title such as `revision: x` or `+upgrade` is a line that steers; in quotes it is text.
        Format::Sql => {
            vec![sql(revision, &revision.message), sql(revision, &format!("\"{}\"", revision.message))]
        }
        Format::Rs => vec![rust(revision)],
    };
    candidates.into_iter().find(|text| says(text, revision)).ok_or(Failure::MessageIsHeader)
}

/// Whether a text is read as this revision.
fn says(text: &str, revision: &NewRevision) -> bool {
    let Ok(file) = parse(text, revision.format) else { return false };
    let header = &file.header;
    let parents = header.down_revision.iter().map(|parent| &parent.value);
    let labels = header.branch_labels.iter().map(|label| &label.value);
    let needs = header.depends_on.iter().map(|name| &name.value);
    header.id.value == revision.id
        && parents.eq(&revision.down_revision)
        && labels.eq(&revision.branch_labels)
        && needs.eq(&revision.depends_on)
        && header.message.trim_matches('"') == revision.message.trim_matches('"')
        && header.created.as_ref().is_some_and(|created| created.value == revision.created.to_string())
        && file.has_downgrade()
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
-- The SQL that takes it back. Delete this section if nothing can.
";

/// A merge changes nothing, in either direction.
const SQL_SECTIONS_OF_MERGE: &str = "-- +upgrade

-- +downgrade
";

const RUST_FUNCTIONS: &str = r#"pub fn upgrade(op: &mut Operations) {
    // Make the change here, as in `op.execute("CREATE TABLE …");`.
    let _ = op;
}

pub fn downgrade(op: &mut Operations) {
    // Take it back here. Delete this function if nothing can.
    let _ = op;
}
"#;

fn sql(revision: &NewRevision, title: &str) -> String {
    let keys = lists(revision).into_iter().filter(|(_, values)| !values.is_empty());
    let keys =
        keys.map(|(key, values)| format!("-- {key}: {}\n", values.join(", "))).collect::<Vec<_>>().concat();
    let sections = if revision.down_revision.len() > 1 { SQL_SECTIONS_OF_MERGE } else { SQL_SECTIONS };
    let (id, created) = (&revision.id, revision.created);
    format!("-- {title}\n--\n-- revision: {id}\n{keys}-- created: {created}\n\n{sections}")
}

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
    let NewRevision { id, message, created, .. } = revision;
    format!(
        "//! {message}
use servicekit::revision::*;

revision! {{
    id: \"{id}\",
{keys}    created: \"{created}\",
}}

{RUST_FUNCTIONS}"
    )
}

/// The keys that both kinds of file have in common, in the order in which they stand.
fn lists(revision: &NewRevision) -> [(&'static str, Vec<String>); 3] {
    fn strings<T: ToString>(items: &[T]) -> Vec<String> {
        items.iter().map(ToString::to_string).collect()
    }
    [
        ("down_revision", strings(&revision.down_revision)),
        ("branch_labels", strings(&revision.branch_labels)),
        ("depends_on", strings(&revision.depends_on)),
    ]
}
