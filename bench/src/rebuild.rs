//! A table of SQLite that is rebuilt, against the same statements in the `sqlite3` shell.

use crate::client::{self, Beyond};
use crate::package::{root, work};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::worker::{DEFAULT, remove};
use crate::{shell, versions};
use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const OURS: &str = "servicekit";
const SHELL: &str = "sqlite3 shell";
const LIMIT: f64 = 1.3;

/// What servicekit does, as a person would write it.
const SCRIPT: &str = "
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
PRAGMA foreign_key_check;
PRAGMA legacy_alter_table = ON;
CREATE TABLE _rebuild_items (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INT NOT NULL, note TEXT,
    CONSTRAINT not_negative CHECK (amount >= 0)
);
INSERT INTO _rebuild_items (id, name, amount, note) SELECT id, name, amount, note FROM items;
DROP TABLE items;
ALTER TABLE _rebuild_items RENAME TO items;
CREATE INDEX ix_items_name ON items (name);
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_key_check;
COMMIT;
";

/// Prints the table.
pub fn run(rows: usize, rounds: usize) -> Result<()> {
    let worker = build()?;
    let folder = work();
    fs::create_dir_all(&folder)?;
    let (small, large) = (folder.join("rebuild-small.db"), folder.join("rebuild-large.db"));
    fill(&small, rows / 10)?;
    fill(&large, rows)?;
    println!(
        "## rebuild: {rows} rows of a table of SQLite, with an index and a table that refers to it, optimised build\n"
    );
    println!("median of {rounds}, in turn; {}; {DEFAULT}\n", versions::machine());
    let script = folder.join("rebuild.sql");
    fs::write(&script, format!("{}\n{SCRIPT}", DEFAULT.pragmas()))?;
    let nothing = folder.join("nothing.sql");
    fs::write(&nothing, DEFAULT.pragmas())?;
    let (mut ours, mut by_shell, mut peaks) = (Times::default(), Beyond::default(), [0, 0]);
    for _ in 0..rounds {
        let (time, peak) = measure(&worker, &large)?;
        ours.push(time);
        peaks[1] = peaks[1].max(peak);
        peaks[0] = peaks[0].max(measure(&worker, &small)?.1);
        by_shell.measure(|| in_shell(&nothing, &large), || in_shell(&script, &large))?;
    }
    println!("{}\n", by_shell.said("the shell"));
    let rows: [Row; 2] = [(OURS, ours), (SHELL, by_shell.script)];
    println!("{}", table(Unit::Seconds, &rows, &[Ratio::To(OURS)]));
    let ratio = crate::statistics::ratio(&rows, OURS, SHELL);
    println!("{OURS} / {SHELL} = {ratio:.2} (limit {LIMIT})");
    println!("most memory: {} KiB, and {} KiB for a tenth of the rows", peaks[1], peaks[0]);
    Ok(())
}

/// Builds the optimised worker.
fn build() -> Result<PathBuf> {
    eprintln!("building the worker of the rebuild");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["build", "--release", "--quiet", "--package", "bench-rebuild"]);
    ensure!(cargo.status().context("cargo")?.success(), "the worker of the rebuild was not built");
    Ok(root().join("target/release/bench-rebuild"))
}

/// A file with so many rows, a tenth as many of which are referred to.
fn fill(database: &Path, rows: usize) -> Result<()> {
    remove(database)?;
    let sql = format!(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount INT, note TEXT);
         CREATE TABLE orders (id INTEGER PRIMARY KEY, item INT REFERENCES items (id) ON DELETE CASCADE);
         CREATE INDEX ix_items_name ON items (name);
         BEGIN;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
         INSERT INTO items SELECT i, 'item ' || (i * 7919 % {rows}), i % 1000, 'a note of some length about it' FROM n;
         INSERT INTO orders (item) SELECT id FROM items WHERE id % 10 = 0;
         COMMIT;"
    );
    client::run(Command::new("sqlite3").arg("-bail").arg(database).arg(sql)).map(drop)
}

/// Works on a copy, so that each round finds the same.
fn copy(database: &Path) -> Result<PathBuf> {
    let copy = database.with_extension("copy.db");
    remove(&copy)?;
    fs::copy(database, &copy)?;
    File::open(&copy)?.sync_all()?;
    Ok(copy)
}

/// The time of a rebuild, and the most memory in KiB.
fn measure(worker: &Path, database: &Path) -> Result<(Duration, u64)> {
    let copy = copy(database)?;
    let (_, said) = client::run(Command::new(worker).arg(&copy).arg(DEFAULT.pragmas()))?;
    check(&copy)?;
    let (time, peak) = said.split_once(' ').with_context(|| said.clone())?;
    Ok((Duration::from_nanos(time.parse()?), peak.parse()?))
}

fn in_shell(script: &Path, database: &Path) -> Result<Duration> {
    let copy = copy(database)?;
    let (time, _) =
        client::run(Command::new("sqlite3").args(["-batch", "-bail"]).arg(&copy).stdin(File::open(script)?))?;
    if script.ends_with("rebuild.sql") {
        check(&copy)?;
    }
    Ok(time)
}

/// The table must be the new one, with all its rows.
fn check(database: &Path) -> Result<()> {
    let question = "SELECT (SELECT count(*) FROM items) = (SELECT max(id) FROM items) AND \
                    (SELECT sql LIKE '%not_negative%' FROM sqlite_schema WHERE name = 'items')";
    let (_, said) = client::run(Command::new("sqlite3").arg(database).arg(question))?;
    ensure!(said == "1", "{}: the table is not as it should be", database.display());
    Ok(())
}

/// Whether the shell is there.
pub fn can_run() -> bool {
    shell::version().is_some()
}
