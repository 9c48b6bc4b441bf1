//! amounts are known
use servicekit::revision::*;

revision! {
    id: "5f0e1c2d3b4a",
}

pub fn upgrade(op: &mut Operations) {
    op.batch_alter_table("items", |batch| {
        batch.alter_column("amount").set_not_null();
        batch.create_check_constraint("not_negative", "amount >= 0");
    });
}
