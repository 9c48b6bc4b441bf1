//! The names of operations in messages.

use super::{EnumChange, Operation};
use crate::table::{ConstraintKind, EnumType, TableName};
use std::fmt;

impl Operation {
    /// The call that records it.
    pub(crate) fn call(&self) -> &'static str {
        match self {
            Self::CreateTable(_) => "create_table",
            Self::DropTable(_) => "drop_table",
            Self::RenameTable(_) => "rename_table",
            Self::AddColumn(_) => "add_column",
            Self::AlterColumn(_) => "alter_column",
            Self::DropColumn(_) => "drop_column",
            Self::RenameColumn(_) => "rename_column",
            Self::CreateIndex(_) => "create_index",
            Self::DropIndex(_) => "drop_index",
            Self::RenameIndex(_) => "rename_index",
            Self::AddConstraint(add) => match add.constraint.kind() {
                ConstraintKind::PrimaryKey => "create_primary_key",
                ConstraintKind::Unique => "create_unique_constraint",
                ConstraintKind::Check => "create_check_constraint",
                ConstraintKind::ForeignKey => "create_foreign_key",
                ConstraintKind::Exclusion => "create_exclude_constraint",
            },
            Self::DropConstraint(drop) => match drop.kind {
                ConstraintKind::PrimaryKey => "drop_primary_key",
                ConstraintKind::Unique => "drop_unique_constraint",
                ConstraintKind::Check => "drop_check_constraint",
                ConstraintKind::ForeignKey => "drop_foreign_key",
                ConstraintKind::Exclusion => "drop_exclude_constraint",
            },
            Self::ValidateConstraint(_) => "validate_constraint",
            Self::SetTableComment(set) if set.comment.is_none() => "drop_table_comment",
            Self::SetTableComment(_) => "create_table_comment",
            Self::CreateEnum(_) => "create_enum",
            Self::DropEnum(_) => "drop_enum",
            Self::AlterEnum(alter) => match alter.change {
                EnumChange::Add(_) => "add_enum_value",
                EnumChange::Rename(_) => "rename_enum_value",
                EnumChange::Remove(_) => "remove_enum_value",
                EnumChange::Reorder(_) => "reorder_enum_values",
            },
            Self::BulkInsert(_) => "bulk_insert",
            Self::Batch(_) => "batch_alter_table",
            Self::Update(_) => "update",
            Self::Execute(_) => "execute",
            Self::Work(_) => "run",
            Self::Irreversible(irreversible) => irreversible.operation.call(),
        }
    }

    /// The enum type that it is about.
    pub(crate) fn enumeration(&self) -> Option<&EnumType> {
        match self {
            Self::CreateEnum(create) => Some(&create.enumeration),
            Self::DropEnum(drop) => Some(&drop.enumeration),
            Self::AlterEnum(alter) => Some(&alter.enumeration),
            _ => None,
        }
    }

    /// The table that it is about.
    pub(crate) fn table(&self) -> Option<&TableName> {
        Some(match self {
            Self::CreateTable(create) => &create.table.name,
            Self::DropTable(drop) => &drop.table,
            Self::RenameTable(rename) => &rename.table,
            Self::AddColumn(add) => &add.table,
            Self::AlterColumn(alter) => &alter.table,
            Self::DropColumn(drop) => &drop.table,
            Self::RenameColumn(rename) => &rename.table,
            Self::CreateIndex(create) => &create.table,
            Self::DropIndex(drop) => &drop.table,
            Self::RenameIndex(rename) => &rename.table,
            Self::AddConstraint(add) => &add.table,
            Self::DropConstraint(drop) => &drop.table,
            Self::ValidateConstraint(validate) => &validate.table,
            Self::SetTableComment(set) => &set.table,
            Self::BulkInsert(insert) => &insert.table,
            Self::Batch(batch) => &batch.table,
            Self::Update(update) => &update.table,
            Self::CreateEnum(_)
            | Self::DropEnum(_)
            | Self::AlterEnum(_)
            | Self::Execute(_)
            | Self::Work(_) => return None,
            Self::Irreversible(irreversible) => return irreversible.operation.table(),
        })
    }
}

/// The call and what it is about, such as `` `drop_column` of `users.email` ``.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Irreversible(irreversible) = self {
            return irreversible.operation.fmt(f);
        }
        write!(f, "`{}`", self.call())?;
        if let Self::Work(work) = self {
            return write!(f, " of `{}`", work.name());
        }
        if let Some(enumeration) = self.enumeration() {
            return write!(f, " of `{}`", enumeration.name);
        }
        let Some(table) = self.table() else { return Ok(()) };
        let part = match self {
            Self::AddColumn(add) => Some(&add.column.name),
            Self::AlterColumn(alter) => Some(&alter.column),
            Self::DropColumn(drop) => Some(&drop.column),
            Self::RenameColumn(rename) => Some(&rename.column),
            _ => None,
        };
        match part {
            Some(part) => write!(f, " of `{table}.{part}`"),
            None => write!(f, " of `{table}`"),
        }
    }
}
