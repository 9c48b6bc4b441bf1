//! What can go wrong with the rows, and what takes the longer the more of them there are.

use super::Affected;
use crate::table::TableName;
use std::fmt;

/// Something that a change does to rows, or that rows can do to a change.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Hazard {
    /// Its kind.
    pub kind: HazardKind,
    /// The table.
    pub table: TableName,
    /// What it is about, such as `column users.age`.
    pub what: String,
    /// The rows that it is about.
    pub affected: Affected,
    /// The place of its operation in [`SchemaChange::operations`](super::SchemaChange::operations).
    pub operation: usize,
    /// Where that is a batch, the place in the batch.
    pub part: Option<usize>,
}

impl Hazard {
    /// Its place is known when all operations are in order.
    pub(super) fn new(
        kind: HazardKind,
        table: &TableName,
        what: impl Into<String>,
        affected: Affected,
    ) -> Self {
        Self { kind, table: table.clone(), what: what.into(), affected, operation: 0, part: None }
    }
}

/// The kind of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HazardKind {
    /// Values are gone afterwards, also after the way back.
    LosesData,
    /// The database refuses it if a row does not fit.
    CanFail,
    /// The whole table is written anew.
    Rebuilds,
    /// Others wait while the whole table is read.
    TakesLock,
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            HazardKind::LosesData => "loses data",
            HazardKind::CanFail => "can fail",
            HazardKind::Rebuilds => "rebuilds",
            HazardKind::TakesLock => "takes a lock",
        };
        write!(f, "{kind}: {}", self.what)
    }
}
