//! change id of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "id")
        .set_type(Type::Integer)
        .set_autoincrement()
        .existing(custom("id", "serial").not_null());
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
