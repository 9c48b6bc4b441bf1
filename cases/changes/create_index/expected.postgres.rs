//! add ix to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: writes to users wait until the index ix is built
    op.create_index("ix", "users", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
