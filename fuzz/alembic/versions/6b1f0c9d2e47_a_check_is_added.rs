//! a check is added
use servicekit::revision::*;

revision! {
    id: "6b1f0c9d2e47",
}

/// SQLite's `ALTER TABLE` cannot add one, so the table is built again from the text that SQLite keeps of it.
pub fn upgrade(op: &mut Operations) {
    op.batch_alter_table("t", |batch| {
        batch.create_check_constraint("added by the law", "1");
    });
}
