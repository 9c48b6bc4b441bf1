//! change age of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "age").set_default(7).existing(integer("age"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
