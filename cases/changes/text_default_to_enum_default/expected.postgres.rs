//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.alter_column("users", "v")
        .set_type(Type::Enum(enum_type("mood", ["sad", "happy"])))
        .set_default("sad")
        .existing(text("v").default("sad"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
