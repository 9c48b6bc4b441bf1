//! create users
use crate::create_users_table;
use servicekit::revision::*;

revision! {
    id: "3c1d9e0a7b52",
    created: "2026-11-26T09:00:00Z",
}

pub fn upgrade(op: &mut Operations) {
    create_users_table(op);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
