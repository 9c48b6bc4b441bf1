//! What differs between two databases.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use servicekit::diff::{Description, Difference};

/// What differs between two databases.
#[derive(Debug)]
pub(crate) struct DiffOutput {
    pub(crate) difference: Difference,
    pub(crate) text: DiffText,
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
        let mut document = serializer.serialize_struct("Difference", 2)?;
        document.serialize_field("differences", &facts)?;
        document.serialize_field("untold", &untold)?;
        document.end()
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
