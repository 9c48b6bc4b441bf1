//! find products by name and by price
use servicekit::revision::*;

revision! {
    id: "5d08b3c4e19f",
    down_revision: "2c9e51f7a6b0",
    created: "2026-11-06T10:25:00Z",
}

/// The columns of `products` that get an index.
const COLUMNS: [&str; 2] = ["name", "price_cents"];

pub fn upgrade(op: &mut Operations) {
    for column in COLUMNS {
        op.create_index(format!("ix_products_{column}"), "products", [column]);
    }
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
