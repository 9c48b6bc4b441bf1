//! add ix_a to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: writes to users wait until the index ix_a is built
    op.create_index("ix_a", "users", ["a"]);
    // takes a lock: writes to users wait until the index ix_b is built
    op.create_index("ix_b", "users", ["b"]);
}

pub fn downgrade(op: &mut Operations) {
    op.drop_index("ix_a", "users").existing(index(["a"]).name("ix_a"));
    op.drop_index("ix_b", "users").existing(index(["b"]).name("ix_b"));
}
