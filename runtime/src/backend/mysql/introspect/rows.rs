//! The rows of all views, by table.

use crate::backend::mysql::introspect::catalogue::Row;
use std::collections::HashMap;

/// The rows about one table.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    /// Of the table itself.
    pub(super) table: Row<'a>,
    /// The collation of its schema.
    pub(super) schema_collation: &'a str,
    pub(super) columns: Vec<Row<'a>>,
    pub(super) statistics: Vec<Row<'a>>,
    pub(super) key_columns: Vec<Row<'a>>,
    pub(super) checks: Vec<CheckRow<'a>>,
    pub(super) partitions: Vec<Row<'a>>,
    /// The rules of each foreign key.
    pub(super) referential: HashMap<&'a str, Row<'a>>,
}

/// A check constraint.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckRow<'a> {
    pub(super) name: &'a str,
    pub(super) clause: &'a str,
    /// Whether it stands in the definition of a column, whose name it has then: MariaDB.
    pub(super) is_of_column: bool,
    pub(super) is_enforced: bool,
}
