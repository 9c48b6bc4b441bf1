//! remove check constraint from users and 1 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check of a does not take
    op.alter_column("users", "a")
        .set_own_check("`a` > 1")
        .existing(integer("a").not_null().default(5).option(Dialect::Mysql, "CHECK (`a` > 0)"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows of users that the check of a does not take
    op.reverse_of(upgrade);
}
