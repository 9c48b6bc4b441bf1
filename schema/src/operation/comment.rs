//! Comments of tables; `alter_column` changes those of columns.

use super::{Operations, Recording};
use crate::table::TableName;

/// Sets or removes the comment of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetTableComment {
    /// The table.
    pub table: TableName,
    /// The new comment.
    pub comment: Option<String>,
    /// The existing comment.
    pub existing: Option<String>,
}

impl SetTableComment {
    /// Sets this comment, or removes it.
    pub fn new(table: impl Into<TableName>, comment: Option<String>) -> Self {
        Self { table: table.into(), comment, existing: None }
    }
}

impl Operations {
    /// Sets the comment of a table.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.create_table_comment("users", "who may sign in");
    /// assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["ALTER TABLE `users` COMMENT = 'who may sign in'"]);
    /// ```
    #[track_caller]
    pub fn create_table_comment(
        &mut self,
        table: impl Into<TableName>,
        comment: impl Into<String>,
    ) -> Recording<'_, SetTableComment> {
        self.record(SetTableComment::new(table, Some(comment.into())))
    }

    /// Removes the comment of a table.
    #[track_caller]
    pub fn drop_table_comment(&mut self, table: impl Into<TableName>) -> Recording<'_, SetTableComment> {
        self.record(SetTableComment::new(table, None))
    }
}

options! {
    SetTableComment:
    /// The existing comment, so that [`Operations::reverse_of`] can restore it.
    existing(comment: impl Into<String>) => existing = Some(comment.into());
}
