//! change email of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: users waits while each row is looked through for a null in email
    // can fail: rows where users.email is null
    op.alter_column("users", "email").set_not_null().existing(string("email", 40));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
