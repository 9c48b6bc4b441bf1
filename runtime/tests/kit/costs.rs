//! What a fresh database costs from a history of 1,000 revisions, beside a replay, and sixty tests with and without ready copies:
//! `cargo test -p servicekit --release --all-features --test kit costs -- --ignored --nocapture`, with the servers in
//! `SERVICEKIT_TEST_POSTGRES_URL` and `SERVICEKIT_TEST_MYSQL_URL`.

use crate::support::{Rev, history_with, rounds, sql};
use servicekit::__private::test::{TestArgument, TestBackend, TestSetup, run};
use servicekit::Migrations;
use servicekit::sqlx::{Executor, MySql, Pool, Postgres, Sqlite};
use std::time::{Duration, Instant};

/// A table is created, altered, indexed and filled in turn.
fn long_history(count: usize, application: &str) -> Migrations {
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
    let application = leak(application.to_owned());
    history_with(&revisions, |embedded| embedded.application = application)
}

/// Another history in each run, so that the first test makes the template.
fn new_application() -> String {
    format!("costs {:?}", std::time::SystemTime::now())
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
    let migrations = long_history(1000, &new_application());
    report::<Sqlite>("sqlite", migrations);
    if std::env::var_os("SERVICEKIT_TEST_POSTGRES_URL").is_some() {
        report::<Postgres>("postgres", migrations);
    }
    if std::env::var_os("SERVICEKIT_TEST_MYSQL_URL").is_some() {
        report::<MySql>("mysql", migrations);
    }
}

const TESTS: usize = 60;

/// The history of the sixty tests, and how long each takes.
fn sixty() -> (TestSetup, Duration) {
    let setting = |name| std::env::var(name).unwrap_or_default();
    let migrations = long_history(setting("KIT_COUNT").parse().unwrap_or(100), &setting("KIT_APPLICATION"));
    let setup = TestSetup { name: "sixty", migrations: Some(migrations), fixtures: &[], should_panic: false };
    (setup, Duration::from_millis(setting("KIT_MILLISECONDS").parse().unwrap_or_default()))
}

/// Runs a test that takes so long; how long it has waited for its database.
fn one<D: TestBackend>(setup: &TestSetup, takes: Duration) -> Duration
where
    Pool<D>: TestArgument<Backend = D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let started = Instant::now();
    let mut waited = Duration::ZERO;
    let outcome = run(setup, async |_: Pool<D>| {
        waited = started.elapsed();
        tokio::time::sleep(takes).await;
    });
    assert_eq!(outcome.message(), None);
    waited
}

#[allow(clippy::print_stdout, reason = "it is a measurement")]
fn child<D: TestBackend>(in_one_process: bool)
where
    Pool<D>: TestArgument<Backend = D>,
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    let (setup, takes) = sixty();
    if !in_one_process {
        println!("\nwaited {}", one::<D>(&setup, takes).as_micros());
        return;
    }
    let half = || {
        for _ in 0..TESTS / 2 {
            println!("\nwaited {}", one::<D>(&setup, takes).as_micros());
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(half);
        scope.spawn(half);
    });
}

#[test]
#[ignore = "started by a measurement"]
fn sixty_child() {
    let in_one_process = std::env::var("KIT_PROCESSES").is_ok_and(|processes| processes == "one");
    match std::env::var("KIT_KIND").as_deref() {
        Ok("postgres") => child::<Postgres>(in_one_process),
        Ok("mysql") => child::<MySql>(in_one_process),
        _ => {}
    }
}

/// How long sixty tests take, two at a time, and for how long one of them waits for its database.
fn sixty_tests(variables: &[(&str, &str)], in_one_process: bool) -> (Duration, Duration) {
    let start = || {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "costs::sixty_child", "--ignored", "--nocapture"]);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}");
        let waited = text.lines().filter_map(|line| line.strip_prefix("waited ")?.parse().ok());
        waited.map(Duration::from_micros).collect::<Vec<_>>()
    };
    let started = Instant::now();
    let mut waited = if in_one_process {
        start()
    } else {
        let half = || (0..TESTS / 2).flat_map(|_| start()).collect::<Vec<_>>();
        std::thread::scope(|scope| {
            let halves = [scope.spawn(half), scope.spawn(half)];
            halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
        })
    };
    let took = started.elapsed();
    assert_eq!(waited.len(), TESTS);
    waited.sort_unstable();
    (took, waited[TESTS / 2])
}

#[test]
#[ignore = "a measurement"]
fn sixty_tests_with_and_without_ready_copies() {
    let application = new_application();
    let count = std::env::var("KIT_COUNT").unwrap_or_else(|_| "100".to_owned());
    for kind in ["postgres", "mysql"] {
        for (processes, milliseconds) in [("one", "0"), ("one", "100"), ("each", "0"), ("each", "100")] {
            let mut columns = Vec::new();
            let readies = ["0", "2"];
            let mut times = vec![(Vec::new(), Vec::new()); readies.len()];
            for _ in 0..rounds("COSTS_ROUNDS", 3) {
                for (ready, times) in readies.iter().zip(&mut times) {
                    let variables = [
                        ("SERVICEKIT_TEST_READY_COPIES", *ready),
                        ("KIT_APPLICATION", &application),
                        ("KIT_COUNT", &count),
                        ("KIT_KIND", kind),
                        ("KIT_PROCESSES", processes),
                        ("KIT_MILLISECONDS", milliseconds),
                    ];
                    let (took, waited) = sixty_tests(&variables, processes == "one");
                    times.0.push(took);
                    times.1.push(waited);
                }
            }
            for (ready, (took, waited)) in readies.iter().zip(times) {
                let (took, waited) = (Costs::median(&took), Costs::median(&waited));
                columns.push(format!("{ready} ready: {took:.0} ms, a test waits {waited:.0} ms"));
            }
            println!(
                "{kind}, {count} revisions, process for {processes}, tests of {milliseconds} ms: {}",
                columns.join("; ")
            );
        }
    }
}
