//! change v of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.alter_column("users", "v")
        .set_type(Type::Jsonb)
        .using(r#"to_jsonb("v")"#)
        .existing(array("v", Type::Jsonb));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    // can fail: values of users.v that the new type does not take
    op.alter_column("users", "v")
        .set_type(Type::Jsonb.array())
        .using(r#""v"::text::JSONB[]"#)
        .existing(jsonb("v"));
}
