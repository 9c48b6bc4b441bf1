//! remove ck_users_a from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_check_constraint("ck_users_a", "users").existing(check("`a` > 0").name("ck_users_a"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_users_a does not take
    op.reverse_of(upgrade);
}
