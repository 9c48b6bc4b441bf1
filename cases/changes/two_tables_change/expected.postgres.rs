//! add w to a and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("a", integer("w"));

    op.add_column("users", integer("x"));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column a.w
    op.drop_column("a", "w").existing(integer("w"));

    // loses data: column users.x
    op.drop_column("users", "x").existing(integer("x"));
}
