//! Comments of tables; those of columns are altered with the column.

use super::{Operations, Recording};
use crate::table::TableName;

/// The comment of a table is set or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SetTableComment {
    /// The table.
    pub table: TableName,
    /// The comment from now on.
    pub comment: Option<String>,
    /// The comment before.
    pub existing: Option<String>,
}

impl SetTableComment {
    /// The table has this comment from now on, or none.
    pub fn new(table: impl Into<TableName>, comment: Option<String>) -> Self {
        Self { table: table.into(), comment, existing: None }
    }
}

impl Operations {
    /// Says what a table is for.
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
    /// The comment that the table has before, so that [`Operations::reverse_of`] can bring it back.
    existing(comment: impl Into<String>) => existing = Some(comment.into());
}
