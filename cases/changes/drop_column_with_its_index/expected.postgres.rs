//! remove b from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["b"]).name("ix"));
    // loses data: column users.b
    op.drop_column("users", "b").existing(integer("b"));
}

pub fn downgrade(op: &mut Operations) {
    // comes back empty: column users.b
    // takes a lock: writes to users wait until the index ix is built
    op.reverse_of(upgrade);
}
