//! add fk_up to t
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: writes to t wait until the foreign key fk_up is checked
    // can fail: rows of t that the foreign key fk_up does not take
    op.create_foreign_key("fk_up", "t", "t", ["up"], ["id"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
