//! add b to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", integer("b"));
    op.create_index("ix", "users", ["b"]);
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.b
    op.reverse_of(upgrade);
}
