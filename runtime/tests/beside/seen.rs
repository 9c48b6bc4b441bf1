//! Changes that Alembic does not see, or takes for something else: what `check` says of each.

use crate::changed::CHANGES;
use crate::models::shop;
use crate::place::{history, open};
use crate::recorded;
use servicekit::Dialect;
use std::fmt::Write as _;

async fn every_change_is_seen(dialect: Dialect) {
    let Some(mut place) = open(dialect).await else { return };
    let migrations = history(&recorded::read("alembic", dialect, "sql"), dialect);
    place.upgrade(migrations).await;
    let unchanged = place.check(migrations, shop(dialect)).await;
    let mut said = String::new();
    for change in CHANGES.iter().filter(|change| change.on.contains(&dialect)) {
        let mut facts = place.check(migrations, change.models(dialect)).await;
        facts.retain(|fact| !unchanged.contains(fact));
        assert!(!facts.is_empty(), "{} is not seen on {dialect}", change.name);
        let _ = writeln!(said, "{}\n    {}", change.name, facts.join("\n    "));
    }
    recorded::compare(dialect, &said);
}

#[tokio::test]
async fn every_change_is_seen_on_sqlite() {
    every_change_is_seen(Dialect::Sqlite).await;
}

#[tokio::test]
async fn every_change_is_seen_on_postgres() {
    every_change_is_seen(Dialect::Postgres).await;
}

#[tokio::test]
async fn every_change_is_seen_on_mariadb() {
    every_change_is_seen(Dialect::Mysql).await;
}
