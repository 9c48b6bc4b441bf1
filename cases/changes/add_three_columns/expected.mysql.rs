//! add a to users and 2 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", integer("a"));
    op.add_column("users", integer("b"));
    op.add_column("users", string("c", 10));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.a
    op.drop_column("users", "a").existing(integer("a"));
    // loses data: column users.b
    op.drop_column("users", "b").existing(integer("b"));
    // loses data: column users.c
    op.drop_column("users", "c").existing(string("c", 10));
}
