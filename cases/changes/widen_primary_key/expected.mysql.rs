//! change primary key of t
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_primary_key("PRIMARY", "t").existing(primary_key(["a"]));
    // rebuilds: table t
    // can fail: rows of t that the primary key does not take
    op.create_primary_key(by_convention(), "t", ["a", "b"]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_primary_key("PRIMARY", "t").existing(primary_key(["a", "b"]));
    // rebuilds: table t
    // can fail: rows of t that the primary key does not take
    op.create_primary_key(by_convention(), "t", ["a"]);
}
