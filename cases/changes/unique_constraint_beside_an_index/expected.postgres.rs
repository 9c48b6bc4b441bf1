//! change a of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "a").set_type(Type::BigInteger).existing(integer("a"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.a that the new type does not take
    op.reverse_of(upgrade);
}
