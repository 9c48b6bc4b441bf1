//! change uq_ab of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_unique_constraint("uq_ab", "users").existing(unique(["a", "b"]).name("uq_ab"));
    // takes a lock: users waits until the index of the unique constraint uq_ab is built
    // can fail: rows of users that the unique constraint uq_ab does not take
    op.create_unique_constraint("uq_ab", "users", ["b", "a"]);
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: users waits until the index of the unique constraint uq_ab is built
    // can fail: rows of users that the unique constraint uq_ab does not take
    op.reverse_of(upgrade);
}
