//! A database compared with tables of which some have a column more, against Alembic's comparison.

use super::{Readers, read};
use crate::home::Home;
use crate::package::work;
use crate::python;
use crate::statistics::{Ratio, Row, Times, Unit, ratio, table};
use crate::versions;
use anyhow::Result;
use std::fs;
use std::process::Command;

const OURS: &str = "servicekit";
const ALL: &str = "alembic, types and defaults";
const PLAIN: &str = "alembic, own settings";
const AT_LEAST: f64 = 20.0;

/// Prints a table for one database, whose tables are there.
pub fn run(readers: &Readers, version: &str, home: &Home<'_>, tables: usize, rounds: usize) -> Result<()> {
    let Some(python) = &readers.python else {
        println!("## compare: left out, there is no Python 3 with venv, or PyPI cannot be reached\n");
        return Ok(());
    };
    let script = work().join("compare.py");
    fs::write(&script, include_str!("compare.py"))?;
    let facts = format!("{} differences", tables.div_ceil(100));
    let mut ours = Times::default();
    let mut theirs = [("all", ALL), ("plain", PLAIN)].map(|each| (each, Times::default(), String::new()));
    for round in 0..=rounds {
        let (time, _) = read(Command::new(&readers.worker).args(["compare", &home.url()]), &facts)?;
        // The first round fills the caches of the system and of Python.
        ours.extend((round > 0).then_some(time));
        for ((how, _), times, statements) in &mut theirs {
            let mut command = Command::new(python);
            let (time, sent) = read(command.arg(&script).args([*how, &home.sqlalchemy_url()]), &facts)?;
            times.extend((round > 0).then_some(time));
            *statements = sent;
        }
    }
    println!("## compare: {tables} tables with {facts}, {version}, optimised build\n");
    println!("median of {rounds}, in turn; {}", versions::machine());
    println!("alembic {}", python::version(python, "alembic")?);
    for ((_, name), _, statements) in &theirs {
        println!("{name}: {statements} statements");
    }
    let mut rows: Vec<Row> = vec![(OURS, ours)];
    rows.extend(theirs.map(|((_, name), times, _)| (name, times)));
    println!("\n{}", table(Unit::Seconds, &rows, &[Ratio::To(OURS)]));
    println!("{ALL} / {OURS} = {:.1} (at least {AT_LEAST})\n", ratio(&rows, ALL, OURS));
    Ok(())
}
