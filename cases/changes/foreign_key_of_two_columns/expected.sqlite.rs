//! add fk_b to b
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table b
    // can fail: rows of b that the foreign key fk_b does not take
    op.create_foreign_key("fk_b", "b", "a", ["x", "y"], ["x", "y"]);
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table b
    op.reverse_of(upgrade);
}
