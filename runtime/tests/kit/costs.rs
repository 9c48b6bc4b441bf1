//! What a fresh database costs from a history of 1,000 revisions, beside a replay:
//! `cargo test -p servicekit --release --all-features --test kit costs -- --ignored --nocapture`, with the servers in
//! `SERVICEKIT_TEST_POSTGRES_URL` and `SERVICEKIT_TEST_MYSQL_URL`.

use crate::support::{Rev, history_with, rounds, sql};
use servicekit::__private::test::{TestArgument, TestBackend, TestSetup, run};
use servicekit::Migrations;
use servicekit::sqlx::{Executor, MySql, Pool, Postgres, Sqlite};
use std::time::{Duration, Instant};

/// A table is created, altered, indexed and filled in turn.
fn long_history(count: usize) -> Migrations {
    let leak = |text: String| -> &'static str { text.leak() };
    let mut revisions: Vec<Rev> = Vec::with_capacity(count);
    for number in 0..count {
        let (id, table) = (leak(format!("r{number:04}")), format!("account_{:04}", number / 4));
        let parent: Vec<&'static str> =
            number.checked_sub(1).map(|before| leak(format!("r{before:04}"))).into_iter().collect();
        let (up, down) = match number % 4 {
            0 => (
                format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL);"),
                format!("DROP TABLE {table};"),
            ),
            1 => (
                format!("ALTER TABLE {table} ADD COLUMN city VARCHAR(100);"),
                format!("ALTER TABLE {table} DROP COLUMN city;"),
            ),
            2 => (format!("CREATE INDEX ix_{table} ON {table} (name);"), format!("DROP INDEX ix_{table};")),
            _ => (
                format!("INSERT INTO {table} (id, name) VALUES (1, 'ann'), (2, 'bob'), (3, 'cid');"),
                format!("DELETE FROM {table};"),
            ),
        };
        revisions.push(sql(id, &parent, &up, &down));
    }
    // Another history in each run, so that the first test makes the template.
    let application = leak(format!("costs {:?}", std::time::SystemTime::now()));
    history_with(&revisions, |embedded| embedded.application = application)
}

#[derive(Default)]
struct Costs {
    create: Vec<Duration>,
    drop: Vec<Duration>,
}

impl Costs {
    fn median(list: &[Duration]) -> f64 {
        let mut sorted = list.to_vec();
        sorted.sort_unstable();
        sorted[sorted.len() / 2].as_secs_f64() * 1000.0
    }
}

/// How long it takes until a test starts, and from its end until its database is dropped.
fn measure<D: TestBackend>(setup: &TestSetup, replayed: Option<Migrations>, costs: &mut Costs)
where
    Pool<D>: TestArgument<Backend = D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    for<'c> &'c Pool<D>: servicekit::IntoConnection<'c>,
{
    let started = Instant::now();
    let (mut created, mut ended) = (started, started);
    let outcome = run(setup, async |pool: Pool<D>| {
        if let Some(migrations) = replayed {
            migrations.upgrade(&pool).await.unwrap();
        }
        created = Instant::now();
        drop(pool);
        ended = Instant::now();
    });
    assert_eq!(outcome.message(), None);
    costs.create.push(created - started);
    costs.drop.push(ended.elapsed());
}

#[allow(clippy::print_stdout, reason = "it is a measurement")]
fn report<D: TestBackend>(kind: &str, migrations: Migrations)
where
    Pool<D>: TestArgument<Backend = D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    for<'c> &'c Pool<D>: servicekit::IntoConnection<'c>,
{
    let from_template =
        TestSetup { name: "costs", migrations: Some(migrations), fixtures: &[], should_panic: false };
    let empty = TestSetup { migrations: None, ..from_template };
    let mut first = Costs::default();
    measure::<D>(&from_template, None, &mut first);
    let (mut copies, mut replays) = (Costs::default(), Costs::default());
    for _ in 0..rounds("COSTS_ROUNDS", 5) {
        measure::<D>(&from_template, None, &mut copies);
        measure::<D>(&empty, Some(migrations), &mut replays);
    }
    let (copy, replay) = (Costs::median(&copies.create), Costs::median(&replays.create));
    println!(
        "{kind}: template {:.0} ms; copy {copy:.1} ms, drop {:.1} ms; replay {replay:.0} ms, drop {:.1} ms; replay / copy = {:.1}",
        Costs::median(&first.create),
        Costs::median(&copies.drop),
        Costs::median(&replays.drop),
        replay / copy
    );
}

#[test]
#[ignore = "a measurement"]
fn a_fresh_database_from_a_thousand_revisions() {
    let migrations = long_history(1000);
    report::<Sqlite>("sqlite", migrations);
    if std::env::var_os("SERVICEKIT_TEST_POSTGRES_URL").is_some() {
        report::<Postgres>("postgres", migrations);
    }
    if std::env::var_os("SERVICEKIT_TEST_MYSQL_URL").is_some() {
        report::<MySql>("mysql", migrations);
    }
}
