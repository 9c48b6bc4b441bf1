//! Operations on rows.

use super::{Operations, Recording};
use crate::table::{IntoRow, TableName, Value};

/// Inserts rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BulkInsert {
    /// The table.
    pub table: TableName,
    /// The columns that the rows have values for.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

/// Updates rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Update {
    /// The table.
    pub table: TableName,
    /// The columns and their new values.
    pub set: Vec<(String, Value)>,
    /// The condition for the rows, unless all are updated.
    pub filter: Option<String>,
    /// The values of the parameters in the filter.
    pub parameters: Vec<(String, Value)>,
}

impl BulkInsert {
    /// Inserts these rows, each with a value for each of these columns.
    pub fn new(
        table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = impl IntoRow>,
    ) -> Self {
        Self {
            table: table.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: rows.into_iter().map(IntoRow::into_row).collect(),
        }
    }
}

impl Update {
    /// An update of this table without changes; set columns.
    pub fn new(table: impl Into<TableName>) -> Self {
        Self { table: table.into(), set: Vec::new(), filter: None, parameters: Vec::new() }
    }
}

impl Operations {
    /// Inserts rows. Many rows become several statements; no rows become none.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.bulk_insert("products", ["name", "price_cents"], [("tea", 450), ("baker's yeast", 690)]);
    /// assert_eq!(
    ///     op.sql(Dialect::Sqlite).unwrap(),
    ///     ["INSERT INTO \"products\" (\"name\", \"price_cents\") VALUES\n    ('tea', 450),\n    ('baker''s yeast', 690)"]
    /// );
    /// ```
    #[track_caller]
    pub fn bulk_insert(
        &mut self,
        table: impl Into<TableName>,
        columns: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = impl IntoRow>,
    ) -> Recording<'_, BulkInsert> {
        self.record(BulkInsert::new(table, columns, rows))
    }

    /// Updates all rows, or those of a [`filter`](Recording::filter).
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.update("products").set("price_cents", 500).filter("name = :name").bind("name", "tea");
    /// assert_eq!(
    ///     op.sql(Dialect::Sqlite).unwrap(),
    ///     [r#"UPDATE "products" SET "price_cents" = 500 WHERE (name = 'tea')"#]
    /// );
    /// ```
    #[track_caller]
    pub fn update(&mut self, table: impl Into<TableName>) -> Recording<'_, Update> {
        self.record(Update::new(table))
    }
}

impl Recording<'_, Update> {
    /// Sets a column to a value.
    pub fn set(self, column: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with_option(|update| update.set.push((column.into(), value.into())))
    }

    /// Binds a value to a parameter in the condition.
    pub fn bind(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with_option(|update| update.parameters.push((name.into(), value.into())))
    }
}

options! {
    Update:
    /// Limits the update to rows that satisfy this condition; set the value of `:name` with [`bind`](Self::bind).
    filter(condition: impl Into<String>) => filter = Some(condition.into());
}
