//! A database whose schema is read, against SQLAlchemy's reflection and the same statements in the database's own client.

mod compare;
mod tables;

use crate::client::{self, Beyond};
use crate::database::Database;
use crate::home::Home;
use crate::package::{root, work};
use crate::server::Server;
use crate::statistics::{Ratio, Row, Times, Unit, ratio, table};
use crate::{python, shell, versions};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const OURS: &str = "servicekit";
const REFLECT: &str = "sqlalchemy, MetaData.reflect";
const INSPECTOR: &str = "sqlalchemy, inspector";
const CLIENT: &str = "own client";
const AT_LEAST: f64 = 20.0;

/// What is between two statements that are sent as one text.
const BETWEEN: &str = "\n;\n";

/// What the question whether a transaction is open has in it.
const PROBE: &str = "servicekit_probe";

/// What reads the schemas.
struct Readers {
    worker: PathBuf,
    python: Option<PathBuf>,
    script: PathBuf,
}

/// Prints a table for each database.
pub fn run(databases: &[Database], tables: usize, rounds: usize) -> Result<()> {
    let (worker, python) = (build()?, python::with_alembic());
    let script = work().join("reflect.py");
    fs::create_dir_all(work())?;
    fs::write(&script, include_str!("reflect.py"))?;
    let readers = Readers { worker, python, script };
    for &database in databases {
        if database != Database::Sqlite {
            if let Some(server) = Server::find(database)? {
                let home = Home::on(&server)?;
                let version = server.version()?;
                readers.reflect(database, &version, &home, tables, rounds)?;
                compare::run(&readers, &version, &home, tables, rounds)?;
                home.drop()?;
            }
        } else if let Some(version) = shell::version() {
            let (home, version) = (Home::file()?, format!("SQLite {version}"));
            readers.reflect(database, &version, &home, tables, rounds)?;
            compare::run(&readers, &version, &home, tables, rounds)?;
        } else {
            println!("## inspect: SQLite is left out, no sqlite3 shell on this machine\n");
        }
    }
    Ok(())
}

/// Builds the optimised worker.
pub fn build() -> Result<PathBuf> {
    eprintln!("building the worker that reads a schema");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["build", "--release", "--quiet", "--package", "bench-inspect"]);
    ensure!(cargo.status().context("cargo")?.success(), "the worker that reads a schema was not built");
    Ok(root().join("target/release/bench-inspect"))
}

impl Readers {
    fn reflect(
        &self,
        database: Database,
        version: &str,
        home: &Home<'_>,
        tables: usize,
        rounds: usize,
    ) -> Result<()> {
        eprintln!("making {tables} tables");
        home.fill(&tables::script(database, tables))?;
        let facts = tables::facts(tables);
        println!("## inspect: the schema of {tables} tables, {version}, optimised build\n");
        println!("median of {rounds}, in turn; {}", versions::machine());
        println!("{facts}");
        let (_, sent) = client::run(Command::new(&self.worker).args(["statements", &home.url()]))?;
        let (nothing, again) = (work().join("nothing.sql"), work().join("inspect.sql"));
        fs::write(&nothing, "")?;
        // The question whether a transaction is open is refused where none is, which ends the client.
        let answered: Vec<&str> = sent.split(BETWEEN).filter(|each| !each.contains(PROBE)).collect();
        fs::write(&again, answered.join(BETWEEN) + BETWEEN)?;
        let (mut ours, mut by_client) = (Times::default(), Beyond::default());
        let mut theirs =
            [("reflect", REFLECT), ("inspector", INSPECTOR)].map(|each| (each, Times::default()));
        let mut counts = vec![(OURS, sent.split(BETWEEN).count().to_string())];
        let has_client = match home {
            Home::File(_) => shell::version().is_some_and(|version| knows_the_statements(&version)),
            Home::Server(_) => true,
        };
        for round in 0..=rounds {
            let (time, _) = read(Command::new(&self.worker).args(["time", &home.url()]), &facts)?;
            // The first round fills the caches of the system and of Python.
            let counts_in = round > 0;
            ours.extend(counts_in.then_some(time));
            for ((how, name), times) in &mut theirs {
                let Some(python) = &self.python else { continue };
                let mut command = Command::new(python);
                let (time, statements) =
                    read(command.arg(&self.script).args([*how, &home.sqlalchemy_url()]), &facts)?;
                times.extend(counts_in.then_some(time));
                counts.extend((round == 0).then_some((*name, statements)));
            }
            if counts_in && has_client {
                by_client.measure(|| home.send(&nothing), || home.send(&again))?;
            }
        }
        for (name, statements) in counts {
            println!("{name}: {statements} statements");
        }
        if has_client {
            println!("{}", by_client.said(CLIENT));
        } else {
            println!("{CLIENT} is left out: sqlite3 is older than 3.44, and does not know the statements");
        }
        match &self.python {
            Some(python) => println!("sqlalchemy {}\n", python::version(python, "sqlalchemy")?),
            None => println!(
                "sqlalchemy is left out: there is no Python 3 with venv, or PyPI cannot be reached\n"
            ),
        }
        let mut rows: Vec<Row> = vec![(OURS, ours)];
        rows.extend(
            theirs.map(|((_, name), times)| (name, times)).into_iter().filter(|(_, times)| !times.is_empty()),
        );
        rows.extend(has_client.then_some((CLIENT, by_client.script)));
        println!("{}", table(Unit::Seconds, &rows, &[Ratio::To(OURS)]));
        println!("{REFLECT} / {OURS} = {:.1} (at least {AT_LEAST})\n", ratio(&rows, REFLECT, OURS));
        Ok(())
    }
}

/// Whether a shell of this version takes what is sent to the library.
fn knows_the_statements(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or_default());
    (numbers.next(), numbers.next()) >= (Some(3), Some(44))
}

/// Runs a program that reads the schema; gives its time, and what it says at last. It must have read all there is.
pub fn read(command: &mut Command, facts: &str) -> Result<(Duration, String)> {
    let (_, said) = client::run(command)?;
    let mut lines = said.lines();
    let time = lines.next().unwrap_or_default().parse().with_context(|| said.clone())?;
    let found = lines.next().unwrap_or_default();
    ensure!(found == facts, "{command:?} read {found}, not {facts}");
    Ok((Duration::from_nanos(time), lines.next().unwrap_or_default().to_owned()))
}
