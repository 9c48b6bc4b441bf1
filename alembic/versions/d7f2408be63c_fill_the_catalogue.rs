//! fill the catalogue
use servicekit::revision::*;

revision! {
    id: "d7f2408be63c",
    down_revision: "a83d1c06f4b9",
    created: "2026-11-16T07:30:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.bulk_insert("products", ["name", "price_cents"], [("tea", 450), ("coffee", 690), ("cocoa", 520)]);
    op.execute("UPDATE products SET price_cents = price_cents + 10 WHERE name = :name").bind("name", "cocoa");
    op.run("prices end in 9", prices_end_in_nine);
}

/// The next lower price that ends in 9, on a database of any kind.
async fn prices_end_in_nine(connection: &mut Connection<'_>) -> WorkResult {
    let changed =
        connection.execute("UPDATE products SET price_cents = price_cents - price_cents % 10 - 1").await?;
    if changed < 3 {
        return Err(format!("{changed} products have a price").into());
    }
    Ok(())
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DELETE FROM products WHERE name IN ('tea', 'coffee', 'cocoa')");
}
