//! Schemas in another order.

use crate::table::Schema;

/// The same schema, declared in another order; columns stay, as a new table has them in theirs.
pub(crate) fn turned(schema: &Schema, turn: usize) -> Schema {
    let mut turned = schema.clone();
    turned.enums.reverse();
    turned.tables.reverse();
    for table in &mut turned.tables {
        let constraints = table.constraints.len().max(1);
        table.constraints.rotate_left(turn % constraints);
        table.indexes.reverse();
    }
    turned
}
