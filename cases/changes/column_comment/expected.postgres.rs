//! change a of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "a").set_comment("it's").existing(integer("a"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
