//! change role of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "role")
        .set_default("admin")
        .existing(enumeration("role", enum_type("user-role", ["customer", "admin"])).default("customer"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
