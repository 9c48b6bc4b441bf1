//! add ck_age to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_age does not take
    op.create_check_constraint("ck_age", "users", "`age` > 0");
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
