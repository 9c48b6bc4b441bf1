//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // takes a lock: users waits while each row is looked through for a null in v
    // can fail: rows where users.v is null
    op.alter_column("users", "v").set_type(Type::Varchar(20)).set_not_null().existing(string("v", 10));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.reverse_of(upgrade);
}
