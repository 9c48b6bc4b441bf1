//! What an operation leaves open is filled in when it is recorded.

use super::{AddColumn, DropColumn, Operation};
use crate::schema::NamingConvention;

impl Operation {
    /// Names what has no name, and takes constraints and indexes out of columns.
    pub(super) fn settle(&mut self, naming: &NamingConvention) {
        match self {
            Self::CreateTable(create) => naming.settle(&mut create.table),
            Self::AddColumn(add) => {
                let AddColumn { table, column, constraints, indexes, .. } = add.as_mut();
                let (own_constraints, own_indexes) = naming.split(table, column);
                column.primary_key = false;
                constraints.extend(own_constraints);
                indexes.extend(own_indexes);
            }
            Self::DropColumn(drop) => {
                let DropColumn { table, existing, constraints, indexes, .. } = drop.as_mut();
                if let Some(column) = existing {
                    let (own_constraints, own_indexes) = naming.split(table, column);
                    column.primary_key = false;
                    constraints.extend(own_constraints);
                    indexes.extend(own_indexes);
                }
            }
            Self::Batch(batch) => batch.operations.iter_mut().for_each(|operation| operation.settle(naming)),
            Self::CreateIndex(create) => naming.name_index(&create.table, &mut create.index),
            Self::AddConstraint(add) => naming.name(&add.table, &mut add.constraint, None),
            _ => {}
        }
    }
}
