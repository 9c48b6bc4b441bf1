//! A revision as commands show it.

use serde::Serialize;
use servicekit_chain::file::Body;
use servicekit_chain::{RevisionRef, VersionFile};

/// A revision: what its file says about it, and where it stands in the graph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    reason = "the fields are those of the JSON, which is documented"
)]
pub(crate) struct RevisionSummary {
    pub(crate) revision: String,
    pub(crate) down_revision: Vec<String>,
    /// The labels that its own file gives.
    pub(crate) branch_labels: Vec<String>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) message: String,
    pub(crate) path: String,
    pub(crate) is_head: bool,
    pub(crate) is_base: bool,
    pub(crate) is_branch_point: bool,
    pub(crate) is_merge_point: bool,
    /// Whether the database is at it, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_current: Option<bool>,
    #[serde(skip)]
    pub(crate) more: RevisionExtras,
}

/// What only the commands on one revision show in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct RevisionExtras {
    /// All labels that reach it along its branch.
    pub(crate) labels: Vec<String>,
    /// The revisions that follow it.
    pub(crate) children: Vec<String>,
    /// The revisions that depend on it without following it.
    pub(crate) needed_by: Vec<String>,
    pub(crate) created: Option<String>,
    /// `sql` or `rs`.
    pub(crate) format: &'static str,
    pub(crate) has_downgrade: bool,
}

/// A revision with all that is known about it, as JSON.
#[derive(Debug, Serialize)]
pub(super) struct RevisionDetails<'r> {
    #[serde(flatten)]
    pub(super) revision: &'r RevisionSummary,
    #[serde(flatten)]
    pub(super) more: &'r RevisionExtras,
}

impl RevisionSummary {
    /// A revision in its graph, and its file.
    pub(crate) fn new(revision: RevisionRef<'_>, file: Option<&VersionFile>) -> Self {
        let children: Vec<String> = revision.children().map(|child| child.id().to_string()).collect();
        let dependents = revision.dependents().map(|other| other.id().to_string());
        Self {
            revision: revision.id().to_string(),
            down_revision: strings(revision.down_revision()),
            branch_labels: strings(revision.branch_labels()),
            depends_on: revision.depends_on().to_vec(),
            message: file.map(|file| file.header.message.clone()).unwrap_or_default(),
            path: file.map(|file| file.source.name.clone()).unwrap_or_default(),
            is_head: revision.is_head(),
            is_base: revision.is_base(),
            is_branch_point: revision.is_branch_point(),
            is_merge_point: revision.is_merge_point(),
            is_current: None,
            more: RevisionExtras {
                labels: strings(&revision.labels()),
                needed_by: dependents.filter(|other| !children.contains(other)).collect(),
                children,
                ..file.map(RevisionExtras::from_file).unwrap_or_default()
            },
        }
    }

    /// A revision whose graph is broken: what its own file says.
    pub(crate) fn outside_graph(file: &VersionFile) -> Self {
        let header = &file.header;
        let parents = header.down_revision.iter().map(|parent| parent.value.to_string());
        let labels: Vec<String> = header.branch_labels.iter().map(|label| label.value.to_string()).collect();
        Self {
            revision: file.id().to_string(),
            down_revision: parents.collect(),
            branch_labels: labels.clone(),
            depends_on: header.depends_on.iter().map(|name| name.value.clone()).collect(),
            message: header.message.clone(),
            path: file.source.name.clone(),
            is_base: header.down_revision.is_empty(),
            is_merge_point: header.down_revision.len() > 1,
            more: RevisionExtras { labels, ..RevisionExtras::from_file(file) },
            ..Self::default()
        }
    }
}

impl RevisionExtras {
    fn from_file(file: &VersionFile) -> Self {
        Self {
            created: file.header.created.as_ref().map(|created| created.value.clone()),
            format: match file.body {
                Body::Sql(_) => "sql",
                Body::Rust(_) => "rs",
            },
            has_downgrade: file.has_downgrade(),
            ..Self::default()
        }
    }
}

fn strings<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
