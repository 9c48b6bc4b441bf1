//! change comment of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_table_comment("users", "people");
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
