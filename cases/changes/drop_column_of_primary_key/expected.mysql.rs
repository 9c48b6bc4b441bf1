//! remove b from t and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_primary_key("PRIMARY", "t").existing(primary_key(["a", "b"]));
    // loses data: column t.b
    op.drop_column("t", "b").existing(integer("b").not_null().default(0));
    // rebuilds: table t
    // can fail: rows of t that the primary key does not take
    op.create_primary_key(by_convention(), "t", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column t.b

    op.drop_primary_key("PRIMARY", "t").existing(primary_key(["a"]));
    op.add_column("t", integer("b").not_null().default(0));
    // rebuilds: table t
    // can fail: rows of t that the primary key does not take
    op.create_primary_key(by_convention(), "t", ["a", "b"]);
}
