//! change a of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows where users.a is null
    op.alter_column("users", "a").set_not_null().existing(integer("a"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
