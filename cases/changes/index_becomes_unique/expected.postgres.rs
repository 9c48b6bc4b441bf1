//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix"));
    // takes a lock: writes to users wait until the index ix is built
    // can fail: rows of users that the index ix does not take
    op.create_index("ix", "users", ["a"]).unique();
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: writes to users wait until the index ix is built
    op.reverse_of(upgrade);
}
