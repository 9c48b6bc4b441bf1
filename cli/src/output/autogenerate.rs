//! What differs between models and a database, and the revision that was written.

use super::revision::RevisionDetails;
use super::{DiffOutput, RevisionSummary};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use servicekit_chain::ModelChange;

/// What differs between models and a database.
#[derive(Debug)]
pub(crate) struct AutogenerateOutput {
    pub(crate) diff: DiffOutput,
    /// Whether the history was replayed in the place of a database.
    pub(crate) is_replayed: bool,
    /// What a revision says of the tables of models.
    pub(crate) models: Vec<ModelChange>,
    /// The revision that was written, and the command that applies it.
    pub(crate) written: Option<(Box<RevisionSummary>, String)>,
}

impl Serialize for AutogenerateOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("schema", &self.diff)?;
        let models: Vec<String> = self.models.iter().map(ToString::to_string).collect();
        document.serialize_entry("models", &models)?;
        let revision =
            self.written.as_ref().map(|(revision, _)| RevisionDetails { revision, more: &revision.more });
        document.serialize_entry("revision", &revision)?;
        document.end()
    }
}
