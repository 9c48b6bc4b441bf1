//! create accounts
use servicekit::revision::*;

revision! {
    id: "2ab97c04e1d6",
    created: "2026-11-29T20:20:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.create_table(
        "accounts",
        [big_integer("id").primary_key().autoincrement(), string("name", 80).not_null().unique()],
    );
}

pub fn downgrade(op: &mut Operations) {
    op.drop_table("accounts");
}
