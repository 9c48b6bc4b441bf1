//! change ck_age of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.batch_alter_table("users", |batch| {
        batch.drop_check_constraint("ck_age").existing(check("age > 0").name("ck_age"));
        // can fail: rows of users that the check constraint ck_age does not take
        batch.create_check_constraint("ck_age", "age > 1");
    });
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check constraint ck_age does not take
    op.reverse_of(upgrade);
}
