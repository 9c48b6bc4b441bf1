//! add b to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", integer("b"));
    // takes a lock: writes to users wait until the index ix is built
    op.create_index("ix", "users", ["b"]);
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.b
    op.reverse_of(upgrade);
}
