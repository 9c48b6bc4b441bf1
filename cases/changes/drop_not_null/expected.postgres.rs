//! change email of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "email").drop_not_null().existing(string("email", 40).not_null());
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: users waits while each row is looked through for a null in email
    // can fail: rows where users.email is null
    op.reverse_of(upgrade);
}
