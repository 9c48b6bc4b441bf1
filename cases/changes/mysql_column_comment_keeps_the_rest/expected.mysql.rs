//! change a of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "a").set_comment("x").existing(integer("a").not_null().default(3));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
