//! create topics
use servicekit::revision::*;

revision! {
    id: "7d10f8a3b52c",
    created: "2026-11-29T20:25:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.create_table(
        "topics",
        [
            big_integer("id").primary_key().autoincrement(),
            big_integer("account_id").not_null().references("accounts", "id"),
            string("title", 200).not_null(),
        ],
    );
}

pub fn downgrade(op: &mut Operations) {
    op.drop_table("topics");
}
