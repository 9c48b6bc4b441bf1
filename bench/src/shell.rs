//! The same SQL given to the `sqlite3` shell as one script.

use crate::client::{self, Beyond};
use crate::database::{Database, Fact};
use crate::history::Revision;
use crate::worker::{self, Durability};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A script that brings a database from empty to head in one transaction.
pub struct Script {
    file: PathBuf,
    nothing: PathBuf,
    settings: String,
    facts: Vec<Fact>,
}

impl Script {
    /// Writes the script into `folder`.
    pub fn write(folder: &Path, history: &[Revision], durability: Durability) -> Result<Self> {
        let (file, nothing) = (folder.join("apply.sql"), folder.join("nothing.sql"));
        let statements: String = history.iter().map(|revision| revision.upgrade.as_str()).collect();
        let settings = durability.pragmas();
        fs::write(&file, format!("{settings}\nBEGIN;\n{statements}COMMIT;\n"))?;
        fs::write(&nothing, &settings)?;
        let mut facts = durability.facts().to_vec();
        facts.extend(Database::Sqlite.contents(history.len()));
        Ok(Self { file, nothing, settings, facts })
    }

    /// Runs it once, and makes sure that it did what it says.
    pub fn measure(&self, database: &Path, times: &mut Beyond) -> Result<()> {
        times.measure(|| run(&self.nothing, database), || run(&self.file, database))?;
        let answers = self.facts.iter().map(|fact| {
            let questions = format!("{}\n{};", self.settings, fact.question);
            let (_, said) = client::run(shell().arg(database).arg(questions))?;
            // The first line is what a pragma says of itself.
            Ok(said.lines().last().unwrap_or_default().to_owned())
        });
        let answers: Vec<String> = answers.collect::<Result<_>>()?;
        worker::check(&self.facts, &answers).context("sqlite3")
    }
}

fn run(script: &Path, database: &Path) -> Result<Duration> {
    worker::remove(database)?;
    let (time, _) = client::run(shell().arg(database).stdin(File::open(script)?))?;
    Ok(time)
}

fn shell() -> Command {
    let mut shell = Command::new("sqlite3");
    shell.args(["-batch", "-bail"]);
    shell
}

/// The version of the shell; nothing when there is none.
pub fn version() -> Option<String> {
    let (_, said) = client::run(Command::new("sqlite3").arg("--version")).ok()?;
    said.split(' ').next().map(str::to_owned)
}
