//! The commands that read the folder only, against Python's Alembic.

use crate::client;
use crate::database::Database;
use crate::history::{Layout, history};
use crate::package::{root, work};
use crate::statistics::{Ratio, Row, Times, Unit, ratio, table};
use crate::{python, versions};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const OURS: &str = "servicekit";
const ALEMBIC: &str = "alembic";
const LIMIT: Duration = Duration::from_millis(50);

/// Alembic's own settings for the folder; no command here opens the database.
const INI: &str = "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n";

/// Prints a table for each command.
pub fn run(count: usize, rounds: usize) -> Result<()> {
    let (ours, python, folder) = (build()?, python::with_alembic(), work().join("graph"));
    write(&folder, count)?;
    println!("## graph: commands that read {count} revisions, the whole process, optimised build\n");
    println!("median of {rounds}, in turn; {}", versions::machine());
    let version = python.as_ref().and_then(|python| python::version(python, "alembic").ok());
    match &version {
        Some(version) => println!("alembic {version}; its compiled modules are kept from run to run\n"),
        None => println!("alembic is left out: there is no Python 3 with venv, or PyPI cannot be reached\n"),
    }
    for command in ["heads", "history"] {
        let heads = |program: &mut Command| client::run(program.current_dir(&folder));
        let (mut own, mut theirs) = (Times::default(), Times::default());
        for round in 0..=rounds {
            let (time, said) = heads(Command::new(&ours).args(["migrations", command]))?;
            let other = match python.as_ref().filter(|_| version.is_some()) {
                Some(python) => Some(heads(Command::new(python).args(["-m", "alembic", command]))?),
                None => None,
            };
            if let Some((_, other)) = &other {
                ensure!(
                    common(&said, command) == common(other, command),
                    "`{command}` says different things"
                );
            }
            // The first round fills the caches of the system and of Python.
            if round > 0 {
                own.push(time);
                theirs.extend(other.map(|(time, _)| time));
            }
        }
        let median = own.median();
        let rows: Vec<Row> =
            [(OURS, own), (ALEMBIC, theirs)].into_iter().filter(|(_, times)| !times.is_empty()).collect();
        println!("### {command}\n\n{}", table(Unit::Seconds, &rows, &[Ratio::To(OURS)]));
        println!("{OURS} {command}: {:.1} ms (limit {} ms)", median.as_secs_f64() * 1e3, LIMIT.as_millis());
        println!("{ALEMBIC} / {OURS} = {:.0}\n", ratio(&rows, ALEMBIC, OURS));
    }
    Ok(())
}

/// What both must say: the id of the head, and as many lines of history.
fn common(said: &str, command: &str) -> String {
    match command {
        "heads" => said.split(' ').next().unwrap_or_default().to_owned(),
        _ => said.lines().count().to_string(),
    }
}

/// The same history for both, beside each other.
fn write(folder: &Path, count: usize) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let history = history(count, Database::Sqlite);
    for layout in [Layout::Servicekit, Layout::Alembic] {
        for (path, text) in layout.files(&history) {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, text)?;
        }
    }
    fs::write(folder.join("alembic.ini"), INI)?;
    fs::write(folder.join("migrations/env.py"), "").context("env.py")
}

/// Builds the optimised command line.
pub fn build() -> Result<PathBuf> {
    eprintln!("building the command line");
    let mut cargo = Command::new("cargo");
    let target = work().join("target");
    cargo.current_dir(root().join("..")).arg("build").args([
        "--release",
        "--quiet",
        "--package",
        "servicekit-cli",
    ]);
    let status = cargo.env("CARGO_TARGET_DIR", &target).status().context("cargo")?;
    ensure!(status.success(), "the command line was not built");
    Ok(target.join("release/servicekit"))
}
