//! add fk_b to b
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: writes to b and a wait until the foreign key fk_b is checked
    // can fail: rows of b that the foreign key fk_b does not take
    op.create_foreign_key("fk_b", "b", "a", ["x", "y"], ["x", "y"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
