//! change pk_t of t
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table t
    op.batch_alter_table("t", |batch| {
        batch.drop_primary_key("pk_t").existing(primary_key(["a"]).name("pk_t"));
        // can fail: rows of t that the primary key pk_t does not take
        batch.create_primary_key(by_convention(), ["a", "b"]);
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table t
    // can fail: rows of t that the primary key pk_t does not take
    op.reverse_of(upgrade);
}
