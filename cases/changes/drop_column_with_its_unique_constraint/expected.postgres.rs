//! remove b from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_unique_constraint("uq_ab", "users").existing(unique(["a", "b"]).name("uq_ab"));
    // loses data: column users.b
    op.drop_column("users", "b").existing(integer("b"));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    // takes a lock: users waits until the index of the unique constraint uq_ab is built
    // can fail: rows of users that the unique constraint uq_ab does not take
    op.reverse_of(upgrade);
}
