//! The database that Alembic's autogenerate makes is the one that servicekit's makes.

use crate::models::shop;
use crate::place::{history, open};
use crate::recorded;
use servicekit::Dialect;
use servicekit::schema::Schema;

/// What SQLite's database of Alembic has not, each with the reason.
const NOT_ON_SQLITE: [(&str, &str); 3] = [
    (
        "+ index ix_coupons_code of coupons",
        "Alembic's autogenerate leaves an index of an expression out on SQLite",
    ),
    ("~ table customers: comment", "SQLite has no comments, and servicekit writes them into the statement"),
    ("~ column customers.email: comment", "the same"),
];

/// Makes both databases and compares them, names included; what differs must be known.
async fn are_the_same(dialect: Dialect, known: &[(&str, &str)]) {
    let Some(mut place) = open(dialect).await else { return };
    let theirs = history(&recorded::read("alembic", dialect, "sql"), dialect);
    place.upgrade(theirs).await;
    let by_alembic = place.read().await;
    let checked = place.check(theirs, shop(dialect)).await;

    place.empty().await;
    let wanted = Schema::from(shop(dialect).tables().unwrap());
    let change = Schema::default().difference(&wanted, dialect).plan().unwrap();
    let ours = history(&change.recorded().sql(dialect).unwrap().join(";\n"), dialect);
    place.upgrade(ours).await;
    let by_servicekit = place.read().await;
    assert_eq!(place.check(ours, shop(dialect)).await, Vec::<String>::new());

    let difference = place.difference(&by_alembic, &by_servicekit, dialect).await;
    assert!(difference.untold.is_empty(), "{:?}", difference.untold);
    let facts: Vec<String> = difference.descriptions().map(|fact| fact.to_string()).collect();
    for found in [&facts, &checked] {
        let is_known = found.iter().zip(known).all(|(fact, (known, _))| fact.starts_with(known));
        assert!(is_known && found.len() == known.len(), "{}", found.join("\n"));
    }
    let parts = |schema: &Schema| -> usize {
        let of = |table: &servicekit::schema::Table| {
            table.columns.len() + table.constraints.len() + table.indexes.len()
        };
        schema.tables.iter().map(of).sum()
    };
    println!(
        "{} tables with {} columns, constraints and indexes on {dialect}: {} differ",
        by_servicekit.tables.len(),
        parts(&by_servicekit),
        facts.len()
    );
    assert!(by_servicekit.tables.len() >= 12);
}

#[tokio::test]
async fn nothing_differs_on_postgres() {
    are_the_same(Dialect::Postgres, &[]).await;
}

#[tokio::test]
async fn nothing_differs_on_mariadb() {
    are_the_same(Dialect::Mysql, &[]).await;
}

#[tokio::test]
async fn only_what_is_known_differs_on_sqlite() {
    are_the_same(Dialect::Sqlite, &NOT_ON_SQLITE).await;
}
