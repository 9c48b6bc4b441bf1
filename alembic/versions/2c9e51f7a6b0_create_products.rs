//! create products
use servicekit::revision::*;

revision! {
    id: "2c9e51f7a6b0",
    down_revision: "7f3c2b1a9d4e",
    branch_labels: "catalogue",
    created: "2026-11-05T08:00:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.execute(
        "CREATE TABLE products (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            price_cents INTEGER NOT NULL CHECK (price_cents >= 0)
        )",
    );
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE products");
}
