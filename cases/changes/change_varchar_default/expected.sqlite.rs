//! change note of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "note").set_default("b").existing(string("note", 40).default("a"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
