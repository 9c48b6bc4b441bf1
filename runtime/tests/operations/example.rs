//! The `.rs` revisions of the example history, on every database.

use crate::client::Client;
use servicekit::Dialect;
use servicekit::revision::Operations;

#[allow(unreachable_pub, reason = "the macro says so too")]
#[path = "../../../alembic/versions/2c9e51f7a6b0_create_products.rs"]
mod create_products;
#[allow(unreachable_pub, reason = "the macro says so too")]
#[path = "../../../alembic/versions/d7f2408be63c_fill_the_catalogue.rs"]
mod fill_the_catalogue;
#[allow(unreachable_pub, reason = "the macro says so too")]
#[path = "../../../alembic/versions/5d08b3c4e19f_index_products.rs"]
mod index_products;

async fn run(client: &mut Client, dialect: Dialect, record: fn(&mut Operations)) {
    let mut op = Operations::default();
    record(&mut op);
    for sql in op.sql(dialect).unwrap() {
        client.run(&sql).await.unwrap_or_else(|error| panic!("{dialect}: {error}\n{sql}"));
    }
}

#[tokio::test]
async fn the_revisions_in_rust_go_up_and_down_on_every_database() {
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        for upgrade in [create_products::upgrade, index_products::upgrade, fill_the_catalogue::upgrade] {
            run(&mut client, dialect, upgrade).await;
        }
        assert_eq!(client.ask("SELECT name FROM products ORDER BY id").await, ["tea", "coffee", "cocoa"]);
        client.run("INSERT INTO products (name, price_cents) VALUES ('x', -1)").await.unwrap_err();
        run(&mut client, dialect, fill_the_catalogue::downgrade).await;
        assert_eq!(client.ask("SELECT name FROM products").await, [] as [&str; 0]);
        for downgrade in [index_products::downgrade, create_products::downgrade] {
            run(&mut client, dialect, downgrade).await;
        }
        run(&mut client, dialect, create_products::upgrade).await;
    }
}
