//! Comments of tables; those of columns are altered with the column.

use super::{Operation, Operations, Recording};
use crate::schema::TableName;

/// The comment of a table is set or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTableComment {
    /// The table.
    pub table: TableName,
    /// The comment from now on.
    pub comment: Option<String>,
    /// The comment before.
    pub existing: Option<String>,
}

impl Operations {
    /// Says what a table is for.
    ///
    /// ```
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
        self.record(SetTableComment { table: table.into(), comment: Some(comment.into()), existing: None })
    }

    /// Removes the comment of a table.
    #[track_caller]
    pub fn drop_table_comment(&mut self, table: impl Into<TableName>) -> Recording<'_, SetTableComment> {
        self.record(SetTableComment { table: table.into(), comment: None, existing: None })
    }
}

impl Recording<'_, SetTableComment> {
    /// The comment that the table has before, so that [`Operations::reverse_of`] can bring it back.
    pub fn existing(self, comment: impl Into<String>) -> Self {
        self.with_option(|set| set.existing = Some(comment.into()))
    }
}

impl From<SetTableComment> for Operation {
    fn from(set: SetTableComment) -> Self {
        Self::SetTableComment(set)
    }
}
