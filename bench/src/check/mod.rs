//! `check` of many models against a database at head, beside `alembic check`.

mod application;

use crate::client;
use crate::database::Database;
use crate::home::Home;
use crate::models::library::COLUMNS;
use crate::server::Server;
use crate::statistics::{Ratio, Row, Times, Unit, ratio, table};
use crate::{graph, inspect, python, versions};
use anyhow::{Result, ensure};
use application::{Alembic, Application};
use std::path::Path;
use std::process::Command;

const WHOLE: &str = "servicekit, whole";
const APPLICATION: &str = "servicekit, application";
const COMPARE: &str = "servicekit, compare";
const ALEMBIC_WHOLE: &str = "alembic, whole";
const ALEMBIC_START: &str = "alembic, start and models";
const ALEMBIC_COMPARE: &str = "alembic, compare";
const ALEMBIC_OWN: &str = "alembic with its own settings, whole";

/// Prints a table for each database.
pub fn run(databases: &[Database], models: usize, rounds: usize) -> Result<()> {
    let Some(python) = python::with_alembic() else {
        println!("## check: left out, there is no Python 3 with venv, or PyPI cannot be reached\n");
        return Ok(());
    };
    let worker = inspect::build()?;
    let application = Application::make(graph::build()?, models)?;
    eprintln!("building the application, and writing its revision");
    client::run(&mut application.autogenerate(&Home::file()?.url()))?;
    application.touch()?;
    let (built, _) = client::run(&mut application.command(&["models"]))?;
    println!(
        "## check: {models} models of {COLUMNS} columns and a database at head, optimised command line\n"
    );
    println!("median of {rounds}, in turn; {}", versions::machine());
    println!("alembic {}", python::version(&python, "alembic")?);
    println!("after a change of a model, the application takes {} s once\n", Unit::Seconds.show(built));
    for &database in databases {
        if database == Database::Sqlite {
            measure(&application, &python, &worker, &Home::file()?, rounds, "SQLite")?;
        } else if let Some(server) = Server::find(database)? {
            let home = Home::on(&server)?;
            measure(&application, &python, &worker, &home, rounds, &server.version()?)?;
            home.drop()?;
        }
    }
    Ok(())
}

/// Brings a database to head, and lets both check it in turn.
fn measure(
    application: &Application,
    python: &Path,
    worker: &Path,
    home: &Home<'_>,
    rounds: usize,
    on: &str,
) -> Result<()> {
    let alembic = Alembic::make(python, application, home.sqlalchemy_url())?;
    let differences = format!("{} differences", application.count.div_ceil(100));
    let url = home.url();
    eprintln!("making the tables on {on}");
    client::run(&mut application.on(&url, &["upgrade"]))?;
    let mut rows: [Times; 7] = Default::default();
    for round in 0..=rounds {
        let (ours, said) = client::run(&mut application.on(&url, &["check"]))?;
        ensure!(said.ends_with("the same"), "servicekit says: {said}");
        let (models, _) = client::run(&mut application.command(&["models"]))?;
        let (compared, _) = inspect::read(Command::new(worker).args(["compare", &url]), &differences)?;
        let (theirs, _) = client::run(&mut alembic.check(true))?;
        let (start, _) = client::run(&mut alembic.start())?;
        let (own, _) = client::run(&mut alembic.check(false))?;
        // The first round fills the caches of the system and of Python.
        if round > 0 {
            let times = [ours, models, compared, theirs, start, theirs.saturating_sub(start), own];
            rows.iter_mut().zip(times).for_each(|(row, time)| row.push(time));
        }
    }
    let names = [WHOLE, APPLICATION, COMPARE, ALEMBIC_WHOLE, ALEMBIC_START, ALEMBIC_COMPARE, ALEMBIC_OWN];
    let rows: Vec<Row> = names.into_iter().zip(rows).collect();
    println!("### {on}, load {}\n\n{}", versions::load(), table(Unit::Seconds, &rows, &[Ratio::To(WHOLE)]));
    println!("{ALEMBIC_WHOLE} / {WHOLE} = {:.1}", ratio(&rows, ALEMBIC_WHOLE, WHOLE));
    println!("{ALEMBIC_COMPARE} / {COMPARE} = {:.1}\n", ratio(&rows, ALEMBIC_COMPARE, COMPARE));
    Ok(())
}
