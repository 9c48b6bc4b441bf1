//! What differs between two databases.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use servicekit::diff::{Description, Difference, Hazard, HazardKind};
use servicekit::introspection::Count;

/// What differs between two databases.
#[derive(Debug)]
pub(crate) struct DiffOutput {
    pub(crate) difference: Difference,
    /// Where they are shown.
    pub(crate) hazards: Option<DiffHazards>,
    pub(crate) text: DiffText,
}

/// What a change of a database does to its rows, or they to it.
#[derive(Debug)]
pub(crate) enum DiffHazards {
    /// With the rows of the database that each is about.
    Counted { way: Way, hazards: Vec<(Hazard, Count)> },
    /// No operations can be written, and why.
    Unplanned { way: Way, reason: String },
}

/// What the database becomes like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The first of two becomes like the second.
    Second,
    /// The database becomes like its history again.
    History,
    /// The database becomes like the models.
    Models,
}

/// How it is printed for people.
#[derive(Debug)]
pub(crate) enum DiffText {
    /// A line for each thing that differs.
    Facts,
    /// The functions of a revision.
    Rust(String),
    /// Statements without the semicolons that end them.
    Sql(Vec<String>),
}

impl Serialize for DiffOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts: Vec<Fact> = self.difference.descriptions().map(Fact).collect();
        let dialect = self.difference.dialect;
        let untold = self.difference.untold.iter();
        let untold: Vec<Untold<'_>> = untold
            .map(|untold| Untold { fact: Fact(untold.describe(dialect)), reasons: &untold.reasons })
            .collect();
        let mut document = serializer.serialize_struct("Difference", 4)?;
        document.serialize_field("differences", &facts)?;
        document.serialize_field("untold", &untold)?;
        let (hazards, unplanned) = match &self.hazards {
            Some(DiffHazards::Counted { hazards, .. }) => (hazards.as_slice(), None),
            Some(DiffHazards::Unplanned { reason, .. }) => (&[] as &[_], Some(reason)),
            None => (&[] as &[_], None),
        };
        let hazards: Vec<HazardCount<'_>> = hazards.iter().map(HazardCount::from).collect();
        document.serialize_field("hazards", &hazards)?;
        document.serialize_field("unplanned", &unplanned)?;
        document.end()
    }
}

/// A hazard with what was counted: `rows`, `groups` or the reason.
#[derive(Serialize)]
struct HazardCount<'h> {
    kind: &'static str,
    schema: Option<&'h str>,
    table: &'h str,
    what: &'h str,
    rows: Option<u64>,
    groups: Option<u64>,
    not_counted: Option<&'h str>,
}

impl<'h> From<&'h (Hazard, Count)> for HazardCount<'h> {
    fn from((hazard, count): &'h (Hazard, Count)) -> Self {
        let kind = match hazard.kind {
            HazardKind::LosesData => "loses_data",
            HazardKind::Rebuilds => "rebuilds",
            HazardKind::TakesLock => "takes_lock",
            _ => "can_fail",
        };
        let (rows, groups, not_counted) = match count {
            Count::Rows(number) => (Some(*number), None, None),
            Count::Groups(number) => (None, Some(*number), None),
            Count::NotCounted(reason) => (None, None, Some(reason.as_str())),
            _ => (None, None, None),
        };
        let (schema, table) = (hazard.table.schema.as_deref(), hazard.table.name.as_str());
        Self { kind, schema, table, what: &hazard.what, rows, groups, not_counted }
    }
}

/// What may differ, and why it cannot be told.
#[derive(Serialize)]
struct Untold<'d> {
    fact: Fact,
    reasons: &'d [String],
}

struct Fact(Description);

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Description { sign, what, table, name, attribute, from, to, .. } = &self.0;
        let change = match sign {
            '+' => "added",
            '-' => "dropped",
            '→' => "renamed",
            _ => "changed",
        };
        let mut fields = serializer.serialize_struct("Fact", 8)?;
        fields.serialize_field("change", change)?;
        fields.serialize_field("what", what)?;
        fields.serialize_field("schema", &table.schema)?;
        fields.serialize_field("table", &table.name)?;
        fields.serialize_field("name", name)?;
        fields.serialize_field("attribute", attribute)?;
        fields.serialize_field("from", from)?;
        fields.serialize_field("to", to)?;
        fields.end()
    }
}
