//! change id of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.alter_column("users", "id").drop_default().existing(integer("id").not_null().default(0));
    op.alter_column("users", "id").set_autoincrement().existing(integer("id").not_null());
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
