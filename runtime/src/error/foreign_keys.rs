//! Rows that violate a foreign key.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A row that refers to a missing row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ForeignKeyViolation {
    /// Its table.
    pub table: String,
    /// The table that it refers to.
    pub parent: String,
    /// The rowid; `None` in a table `WITHOUT ROWID`.
    pub rowid: Option<i64>,
}

/// So many rows are reported by their numbers.
const SHOWN: usize = 5;

/// The violations in words, a table after the other.
pub(crate) fn describe(violations: &[ForeignKeyViolation]) -> String {
    let pairs: BTreeSet<(&str, &str)> =
        violations.iter().map(|each| (each.table.as_str(), each.parent.as_str())).collect();
    let texts = pairs.into_iter().map(|(table, parent)| {
        let rows: Vec<&ForeignKeyViolation> =
            violations.iter().filter(|each| each.table == table && each.parent == parent).collect();
        let word = if rows.len() == 1 { "row" } else { "rows" };
        let mut text = format!("{} {word} of `{table}` to `{parent}`", rows.len());
        let numbers: Vec<String> =
            rows.iter().filter_map(|each| each.rowid).take(SHOWN).map(|number| number.to_string()).collect();
        if !numbers.is_empty() {
            let more = if rows.len() > numbers.len() { ", …" } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(text, " (rowid {}{more})", numbers.join(", "));
        }
        text
    });
    texts.collect::<Vec<_>>().join("; ")
}
