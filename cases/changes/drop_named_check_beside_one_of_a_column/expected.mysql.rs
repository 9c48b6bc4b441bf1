//! remove ck_users_less from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_check_constraint("ck_users_less", "users").existing(check("`a` < 99").name("ck_users_less"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_users_less does not take
    op.reverse_of(upgrade);
}
