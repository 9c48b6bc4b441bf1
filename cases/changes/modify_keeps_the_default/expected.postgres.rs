//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "v")
        .set_type(Type::Varchar(20))
        .set_default("a")
        .existing(string("v", 10).not_null().default("a"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.reverse_of(upgrade);
}
