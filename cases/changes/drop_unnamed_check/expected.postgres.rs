//! remove users_a_check from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_check_constraint("users_a_check", "users").existing(check("a > 0").name("users_a_check"));
}

pub fn downgrade(op: &mut Operations) {
    // takes a lock: users waits until the check constraint users_a_check is checked
    // can fail: rows of users that the check constraint users_a_check does not take
    op.reverse_of(upgrade);
}
