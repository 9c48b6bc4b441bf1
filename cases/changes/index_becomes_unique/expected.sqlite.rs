//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix"));
    // can fail: rows of users that the index ix does not take
    op.create_index("ix", "users", ["a"]).unique();
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
