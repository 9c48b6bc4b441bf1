//! change a of users and 2 more
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: rows where users.a is null
    // can fail: rows of users that the check of a does not take
    op.alter_column("users", "a")
        .set_type(Type::BigInteger)
        .set_not_null()
        .set_own_check("`a` > 1")
        .existing(integer("a").option(Dialect::Mysql, "CHECK (`a` > 0)"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.a that the new type does not take
    // can fail: rows of users that the check of a does not take
    op.reverse_of(upgrade);
}
