//! change pk_t of t
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_primary_key("pk_t", "t").existing(primary_key(["a"]).name("pk_t"));
    // takes a lock: t waits until the index of the primary key pk_t is built
    // can fail: rows of t that the primary key pk_t does not take
    op.create_primary_key(by_convention(), "t", ["a", "b"]);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: t waits until the index of the primary key pk_t is built
    // can fail: rows of t that the primary key pk_t does not take
    op.reverse_of(upgrade);
}
