//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "v").set_default(2).existing(integer("v").default(1));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "v").set_default(1).existing(big_integer("v").default(2));
}
