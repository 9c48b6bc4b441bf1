//! change email of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "email").drop_not_null().existing(string("email", 40).not_null());
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows where users.email is null
    op.reverse_of(upgrade);
}
