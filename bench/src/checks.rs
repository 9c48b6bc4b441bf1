//! `checks`: what `migration_tests!` takes for a long history, beside one upgrade of it.

use crate::database::Database;
use crate::fresh::{SERVICEKIT, program, url_variable};
use crate::history::history;
use crate::package::work;
use crate::server::{Scratch, Server};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What is compared with, and the checks, as rows and as tests of the program.
const TESTS: [(&str, &str); 3] = [
    ("upgrade", "checks::upgrade"),
    ("up_down_up, the last 20", "checks::last"),
    ("up_down_up, all", "checks::all"),
];

/// Prints the tables.
pub fn run(databases: &[Database], count: usize, rounds: usize) -> Result<()> {
    Server::each(databases, "checks: the tests of a whole history", |database, server| {
        measure(database, server, count, rounds)
    })
}

fn measure(database: Database, server: Option<&Server>, count: usize, rounds: usize) -> Result<()> {
    let program = program(&SERVICEKIT, &history(count, database), database)?;
    let scratch = server.map(Server::create).transpose()?;
    let url = scratch.as_ref().map(Scratch::url).unwrap_or_default();
    println!("{count} revisions, median of {rounds} in turn; {}", versions::machine());
    println!("{}\n", versions::of(&[SERVICEKIT], database)?);
    let mut rows: Vec<Row> = TESTS.iter().map(|(shown, _)| (*shown, Times::default())).collect();
    for _ in 0..rounds {
        for ((_, test), (_, times)) in TESTS.iter().zip(&mut rows) {
            times.push(time(&program, test, database, url)?);
        }
    }
    println!("{}", table(Unit::Seconds, &rows, &[Ratio::To(TESTS[0].0)]));
    scratch.map_or(Ok(()), Scratch::drop)
}

/// How long the test says that its work took.
fn time(program: &Path, test: &str, database: Database, url: &str) -> Result<Duration> {
    let output = Command::new(program)
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .current_dir(work())
        .env(url_variable(database), url)
        .env("SERVICEKIT_TEST_FOLDER", work().join("fresh"))
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{test} failed:\n{said}{}", String::from_utf8_lossy(&output.stderr));
    let took = said.lines().find_map(|line| line.strip_prefix("took ")).context("no test has run")?;
    Ok(Duration::from_nanos(took.trim().parse()?))
}
