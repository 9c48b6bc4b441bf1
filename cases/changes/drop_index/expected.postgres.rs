//! remove ix from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix"));
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: writes to users wait until the index ix is built
    op.reverse_of(upgrade);
}
