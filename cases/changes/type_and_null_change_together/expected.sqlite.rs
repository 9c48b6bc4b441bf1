//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows where users.v is null
    op.alter_column("users", "v").set_not_null().existing(string("v", 10));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "v").drop_not_null().existing(string("v", 20).not_null());
}
