//! Fields that a column is not read into.

use crate::shop::Shop;
use servicekit::__private::model::column;
use servicekit::model::proof::{Proof, check};
use servicekit::schema::{Table, Type};
use servicekit::{Dialect, Metadata, Model, Models as _, models};

struct Item;

impl Model for Item {
    const NAME: &'static str = "items";
    const SCHEMA: Option<&'static str> = None;
    const FIELDS: &'static [(&'static str, &'static str)] = &[];

    fn table() -> Table {
        Table::new(
            Self::NAME,
            [
                column::<u32>("size"),
                servicekit::schema::Column::new("price", Type::Numeric(12, 2)),
                servicekit::schema::Column::new("name", Type::Integer),
                servicekit::schema::Column::new("seen", Type::custom("tsvector")),
            ],
        )
    }

    fn proof(proof: &mut Proof) {
        proof.column::<u32>("Item", "size", "size");
        proof.column::<Option<f64>>("Item", "price", "price");
        proof.column::<Option<String>>("Item", "name", "name");
        proof.column::<Option<String>>("Item", "seen", "seen");
    }
}

fn told(models: &Metadata, dialect: Dialect) -> String {
    let told: Vec<String> = check(models, dialect)
        .iter()
        .map(|mismatch| {
            let text = mismatch.to_string();
            // The place of a model that is not registered is that of the call.
            text.lines().filter(|line| !line.starts_with("  column")).collect::<Vec<_>>().join("\n")
        })
        .collect();
    told.join("\n\n")
}

#[test]
fn a_column_that_is_not_read_is_told_with_field_type_and_change() {
    insta::assert_snapshot!(told(&models![Item], Dialect::Sqlite));
}

#[cfg(feature = "postgres")]
#[test]
fn each_database_reads_differently() {
    insta::assert_snapshot!(told(&models![Item], Dialect::Postgres));
    let shop = check(&Shop.metadata(), Dialect::Postgres);
    insta::assert_snapshot!(shop[0]);
    assert_eq!((shop.len(), check(&Shop.metadata(), Dialect::Sqlite).len()), (1, 0));
}
