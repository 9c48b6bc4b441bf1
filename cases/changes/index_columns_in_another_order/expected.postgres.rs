//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a", "b"]).name("ix"));
    // takes a lock: writes to users wait until the index ix is built
    op.create_index("ix", "users", ["b", "a"]);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: writes to users wait until the index ix is built
    op.reverse_of(upgrade);
}
