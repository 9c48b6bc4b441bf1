//! add pk_t to t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_unique_constraint("uq_t", "t").existing(unique(["a"]).name("uq_t"));
    // takes a lock: t waits until the index of the primary key pk_t is built
    // can fail: rows of t that the primary key pk_t does not take
    op.create_primary_key(by_convention(), "t", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: t waits until the index of the unique constraint uq_t is built
    // can fail: rows of t that the unique constraint uq_t does not take
    op.reverse_of(upgrade);
}
