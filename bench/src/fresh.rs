//! `fresh`: a database for a test, from a long history.

use crate::database::Database;
use crate::history::{Layout, Revision, history};
use crate::package::{Package, Peer, work};
use crate::server::{Scratch, Server};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The tests that servicekit gives their databases.
pub const SERVICEKIT: Peer = Peer {
    name: "fresh_servicekit",
    layout: Layout::Servicekit,
    libraries: &["servicekit", "sqlx"],
    drivers: &[],
};
const SQLX: Peer = Peer { name: "fresh_sqlx", layout: Layout::Sqlx, libraries: &["sqlx"], drivers: &[] };

/// A test in a program of tests.
struct Test {
    shown: &'static str,
    program: PathBuf,
    name: &'static str,
    /// How many copies servicekit keeps ready, where it is not as many as by default.
    ready: Option<&'static str>,
}

/// Prints the tables.
pub fn run(databases: &[Database], count: usize, rounds: usize) -> Result<()> {
    Server::each(databases, "fresh: a database for a test", |database, server| {
        measure(database, server, count, rounds)
    })
}

fn measure(database: Database, server: Option<&Server>, count: usize, rounds: usize) -> Result<()> {
    let history = history(count, database);
    let (own, sqlx) = (program(&SERVICEKIT, &history, database)?, program(&SQLX, &history, database)?);
    let test = |shown, program: &Path, name| Test { shown, program: program.to_owned(), name, ready: None };
    let mut tests = vec![
        test("servicekit", &own, "tests::template"),
        test("servicekit, replayed", &own, "tests::replay"),
        test("sqlx::test", &sqlx, "tests::migrated"),
    ];
    if server.is_some() {
        let copied = test("servicekit, no ready copy", &own, "tests::template");
        tests.insert(1, Test { ready: Some("0"), ..copied });
    }
    let nothing = test("nothing", &own, "tests::nothing");
    // Where sqlx looks for its server, and keeps its list.
    let scratch = server.map(Server::create).transpose()?;
    let url = match &scratch {
        Some(scratch) => scratch.url().to_owned(),
        None => format!("sqlite://{}", work().join("fresh.db").display()),
    };
    // The first test makes the template.
    tests[0].run(database, &url)?;
    println!(
        "{count} revisions, median of {rounds} processes with one test each, in turn; {}",
        versions::machine()
    );
    println!("{}", versions::of(&[SERVICEKIT, SQLX], database)?);
    let mut create: Vec<Row> = tests.iter().map(|test| (test.shown, Times::default())).collect();
    let mut drop: Vec<Row> = create.clone();
    let mut idle = (Times::default(), Times::default());
    for _ in 0..rounds {
        let (before, after) = nothing.run(database, &url)?;
        idle.0.push(before);
        idle.1.push(after);
        for (test, ((_, create), (_, drop))) in tests.iter().zip(create.iter_mut().zip(&mut drop)) {
            let (before, after) = test.run(database, &url)?;
            create.push(before.saturating_sub(idle.0.median()));
            drop.push(after.saturating_sub(idle.1.median()));
        }
    }
    println!("\ncreate: from the start of the process to the test, without what an empty test takes\n");
    println!("{}", table(Unit::Seconds, &create, &[Ratio::To("servicekit")]));
    println!("drop: from the test to the end of the process, likewise\n");
    println!("{}", table(Unit::Seconds, &drop, &[Ratio::To("servicekit")]));
    scratch.map_or(Ok(()), Scratch::drop)
}

/// Builds the tests of a peer with this history; the program.
pub fn program(peer: &Peer, history: &[Revision], database: Database) -> Result<PathBuf> {
    let name = format!("peer-{}-{}", peer.name.replace('_', "-"), database.feature());
    Package::make(peer, &name, history, Vec::new())?.tests(database.feature())
}

/// The variable in which tests find their server.
pub fn url_variable(database: Database) -> &'static str {
    match database {
        Database::MySql => "SERVICEKIT_TEST_MYSQL_URL",
        _ => "SERVICEKIT_TEST_POSTGRES_URL",
    }
}

impl Test {
    /// How long it takes from the start of the process to the test, and from the test to the end of the process.
    fn run(&self, database: Database, url: &str) -> Result<(Duration, Duration)> {
        let began = SystemTime::now();
        let output = Command::new(&self.program)
            .args(["--exact", self.name, "--nocapture", "--test-threads=1"])
            .current_dir(work())
            .env("DATABASE_URL", url)
            .env(url_variable(database), url)
            .env("SERVICEKIT_TEST_FOLDER", work().join("fresh"))
            .envs(self.ready.map(|ready| ("SERVICEKIT_TEST_READY_COPIES", ready)))
            .output()?;
        let ended = SystemTime::now();
        let said = String::from_utf8_lossy(&output.stdout);
        ensure!(
            output.status.success(),
            "{} failed:\n{said}{}",
            self.shown,
            String::from_utf8_lossy(&output.stderr)
        );
        let told = said.lines().find_map(|line| line.strip_prefix("began ")).context("no test has run")?;
        let test = UNIX_EPOCH + Duration::from_nanos(told.trim().parse()?);
        Ok((test.duration_since(began)?, ended.duration_since(test)?))
    }
}
