//! add pk_t to t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table t
    op.batch_alter_table("t", |batch| {
        batch.drop_unique_constraint("uq_t").existing(unique(["a"]).name("uq_t"));
        // can fail: rows of t that the primary key pk_t does not take
        batch.create_primary_key(by_convention(), ["a"]);
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table t
    // can fail: rows of t that the unique constraint uq_t does not take
    op.reverse_of(upgrade);
}
