//! add roles to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.add_column(
        "users",
        array("roles", Type::Enum(enum_type("role", ["EMPLOYEE", "OWNER"]))).not_null().default("{EMPLOYEE}"),
    );
}

pub fn downgrade(op: &mut Operations) {
    // loses data: column users.roles
    op.reverse_of(upgrade);
}
