//! Filling in missing names and parts of an operation when it is recorded.

use super::{AddColumn, DropColumn, Operation};
use crate::table::NamingConvention;

impl Operation {
    /// Names what has no name, and takes constraints and indexes out of columns.
    pub(crate) fn assign_names(&mut self, naming: &NamingConvention) {
        match self {
            Self::CreateTable(create) => naming.assign_names(&mut create.table),
            Self::AddColumn(add) => {
                let AddColumn { table, column, constraints, indexes, .. } = add.as_mut();
                let (own_constraints, own_index) = naming.split(table, column);
                constraints.extend(own_constraints);
                indexes.extend(own_index);
            }
            Self::DropColumn(drop) => {
                let DropColumn { table, existing, constraints, indexes, .. } = drop.as_mut();
                if let Some(column) = existing {
                    let (own_constraints, own_index) = naming.split(table, column);
                    constraints.extend(own_constraints);
                    indexes.extend(own_index);
                }
            }
            Self::Batch(batch) => {
                batch.operations.iter_mut().for_each(|operation| operation.assign_names(naming));
            }
            Self::CreateIndex(create) => naming.name_index(&create.table, &mut create.index),
            Self::AddConstraint(add) => naming.name(&add.table, &mut add.constraint, None),
            _ => {}
        }
    }
}
