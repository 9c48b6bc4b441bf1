//! change note of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "note").set_default("b").existing(string("note", 40).default("a"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
