//! add primary key to t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_unique_constraint("uq_t", "t").existing(unique(["a"]).name("uq_t"));
    // rebuilds: table t
    // can fail: rows of t that the primary key does not take
    op.create_primary_key(by_convention(), "t", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_primary_key("PRIMARY", "t").existing(primary_key(["a"]));
    // can fail: rows of t that the unique constraint uq_t does not take
    op.create_unique_constraint("uq_t", "t", ["a"]);
}
