//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.alter_column("users", "v").set_type(Type::Varchar(80)).existing(string("v", 40));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.reverse_of(upgrade);
}
