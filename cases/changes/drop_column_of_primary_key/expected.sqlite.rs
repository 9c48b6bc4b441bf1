//! remove b from t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table t
    op.batch_alter_table("t", |batch| {
        batch.drop_primary_key("pk_t").existing(primary_key(["a", "b"]).name("pk_t"));
        // loses data: column t.b
        batch.drop_column("b").existing(integer("b").not_null().default(0));
        // can fail: rows of t that the primary key pk_t does not take
        batch.create_primary_key(by_convention(), ["a"]);
    });
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column t.b
    // rebuilds: table t
    // can fail: rows of t that the primary key pk_t does not take
    op.reverse_of(upgrade);
}
