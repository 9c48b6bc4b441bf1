//! add fk_up to t
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table t
    // can fail: rows of t that the foreign key fk_up does not take
    op.create_foreign_key("fk_up", "t", "t", ["up"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table t
    op.reverse_of(upgrade);
}
