//! create products
use servicekit::revision::*;

revision! {
    id: "2c9e51f7a6b0",
    down_revision: "7f3c2b1a9d4e",
    branch_labels: "catalogue",
    created: "2026-11-05T08:00:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.create_table(
        "products",
        [
            integer("id").primary_key().autoincrement(),
            string("name", 100).not_null(),
            integer("price_cents").not_null().check("price_cents >= 0"),
        ],
    );
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
