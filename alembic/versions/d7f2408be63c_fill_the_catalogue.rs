//! fill the catalogue
use servicekit::revision::*;

revision! {
    id: "d7f2408be63c",
    down_revision: "a83d1c06f4b9",
    created: "2026-11-16T07:30:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.bulk_insert("products", ["name", "price_cents"], [("tea", 450), ("coffee", 690), ("cocoa", 520)]);
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DELETE FROM products WHERE name IN ('tea', 'coffee', 'cocoa')");
}
