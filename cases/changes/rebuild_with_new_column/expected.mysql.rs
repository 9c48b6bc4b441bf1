//! add b to users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column("users", integer("b"));
    op.alter_column("users", "a").set_default(2).existing(integer("a").default(1));
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.b
    op.reverse_of(upgrade);
}
