//! change ck_age of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_check_constraint("ck_age", "users").existing(check("`age` > 0").name("ck_age"));
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_age does not take
    op.create_check_constraint("ck_age", "users", "`age` > 1");
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_age does not take
    op.reverse_of(upgrade);
}
