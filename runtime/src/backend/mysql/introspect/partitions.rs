//! Partitions, which the vocabulary has no word for.

use crate::backend::mysql::introspect::catalogue::Row;
use crate::backend::mysql::introspect::parts::Parts;
use crate::backend::mysql::introspect::rows::Rows;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, backquoted, plain_string};
use std::fmt::Write as _;

/// Reads the partitions of a table. Those of the versions of rows (MariaDB) are left out: their limits are nowhere to be read.
pub(super) fn read(rows: &mut Rows<'_>, parts: &mut Parts<'_>) {
    rows.partitions.sort_by_key(|row| (row.number(10), row.number(11)));
    let Some(first) = rows.partitions.first().copied() else { return };
    let method = first.text(4);
    if method == "SYSTEM_TIME" {
        return;
    }
    let each: Vec<&[Row<'_>]> = rows.partitions.chunk_by(|one, other| one.text(2) == other.text(2)).collect();
    let mut action = format!("PARTITION BY {method} ({})", first.text(6));
    if first.value(8).is_none() && each.iter().enumerate().all(|(at, rows)| is_numbered(at, rows)) {
        let _ = write!(action, " PARTITIONS {}", each.len());
        parts.alter("partitions".to_owned(), &action);
        return;
    }
    let has_own_names = !each.iter().all(|rows| are_numbered(rows));
    if let Some(method) = first.value(5) {
        let _ = write!(action, " SUBPARTITION BY {method} ({})", first.text(7));
        if let Some(rows) = each.first().filter(|_| !has_own_names) {
            let _ = write!(action, " SUBPARTITIONS {}", rows.len());
        }
    }
    let each: Vec<String> = each.into_iter().map(|rows| partition(method, rows, has_own_names)).collect();
    let _ = write!(action, " ({})", each.join(", "));
    parts.alter("partitions".to_owned(), &action);
}

/// Whether a partition has nothing but a name by its number.
fn is_numbered(at: usize, rows: &[Row<'_>]) -> bool {
    matches!(rows, [row] if row.text(2) == format!("p{at}") && row.value(3).is_none() && row.text(9).is_empty())
}

/// Whether the subpartitions of a partition have names by their numbers.
fn are_numbered(rows: &[Row<'_>]) -> bool {
    rows.iter().enumerate().all(|(at, row)| row.value(3) == Some(format!("{}sp{at}", row.text(2)).as_str()))
}

/// A partition with its subpartitions, which have a row each.
fn partition(method: &str, rows: &[Row<'_>], has_own_names: bool) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let mut text = format!("PARTITION {}", backquoted(first.text(2)));
    match first.value(8) {
        // So MariaDB says it of lists of columns; of other lists it says `0`, which may be just that.
        Some("MAXVALUE") if method.starts_with("LIST") => text.push_str(" DEFAULT"),
        Some(values) if method.starts_with("LIST") => drop(write!(text, " VALUES IN ({values})")),
        Some(limit) => drop(write!(text, " VALUES LESS THAN ({limit})")),
        None => {}
    }
    if !first.text(9).is_empty() {
        let mode = LexicalMode::from(Dialect::Mysql);
        let _ = write!(text, " COMMENT = {}", plain_string(mode, first.text(9)));
    }
    let names: Vec<String> = rows.iter().filter_map(|row| row.value(3)).map(backquoted).collect();
    if has_own_names && !names.is_empty() {
        let _ = write!(text, " (SUBPARTITION {})", names.join(", SUBPARTITION "));
    }
    text
}
