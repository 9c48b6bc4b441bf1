//! remove b from t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_primary_key("pk_t", "t").existing(primary_key(["a", "b"]).name("pk_t"));
    // loses data: column t.b
    op.drop_column("t", "b").existing(integer("b").not_null().default(0));
    // takes a lock: t waits until the index of the primary key pk_t is built
    // can fail: rows of t that the primary key pk_t does not take
    op.create_primary_key(by_convention(), "t", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column t.b
    // takes a lock: t waits until the index of the primary key pk_t is built
    // can fail: rows of t that the primary key pk_t does not take
    op.reverse_of(upgrade);
}
