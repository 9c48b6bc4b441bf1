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
        op.execute(format!("CREATE INDEX ix_products_{column} ON products ({column})"));
    }
}

pub fn downgrade(op: &mut Operations) {
    for column in COLUMNS {
        op.execute(format!("DROP INDEX ix_products_{column}"));
    }
}
