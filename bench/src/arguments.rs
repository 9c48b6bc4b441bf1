//! The command line.

use crate::database::Database;
use anyhow::{Context, Result, bail};

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Benchmark {
    /// What the macros cost the compiler.
    Macro,
    /// The part of `Macro` about tables as Rust structs.
    Models,
    /// A start with nothing to do.
    Start,
    /// Everything from empty.
    Apply,
    /// A database for a test.
    Fresh,
    /// The checks of a history; only where they are named.
    Checks,
    /// A table of SQLite that is rebuilt.
    Rebuild,
    /// The schema of a database that is read.
    Inspect,
    /// The commands that read the folder only.
    Graph,
    /// What twice the input costs.
    Growth,
    /// The tables of models by Alembic and by us; only where it is named.
    Beside,
    /// `check` of many models.
    Check,
    /// All of them.
    All,
}

/// What was asked for.
#[derive(Debug)]
pub struct Arguments {
    /// What to run.
    pub benchmark: Benchmark,
    /// How many revisions.
    pub count: usize,
    /// How many `.rs` revisions to measure as well; none by default.
    pub rust: usize,
    /// How many tables as Rust structs to measure instead of the benchmark's own number.
    pub models: Option<usize>,
    /// How many rows the table has that is rebuilt.
    pub rows: usize,
    /// How many tables the database has whose schema is read.
    pub tables: usize,
    /// How many rounds instead of the benchmark's own number.
    pub rounds: Option<usize>,
    /// The databases of `apply`, `fresh`, `checks`, `inspect`, `check` and `beside`.
    pub databases: Vec<Database>,
}

/// What `--help` prints.
pub const USAGE: &str = "\
usage: bench [macro|models|start|apply|fresh|checks|rebuild|inspect|check|graph|growth|beside|all] [--on DATABASE]
             [--count N] [--rust N] [--models N] [--rows N] [--tables N] [--rounds N]

  --on DATABASE   apply, fresh, checks, inspect, check and beside: sqlite, postgres, mysql or all (all); servers are those of
                  SERVICEKIT_TEST_POSTGRES_URL and SERVICEKIT_TEST_MYSQL_URL, else of 127.0.0.1
  --count N       revisions in the history (1000)
  --rust N        macro: also measure N `.rs` revisions (none)
  --models N      tables as Rust structs (macro and models 100, check 500)
  --rows N        rebuild: rows of the table (1000000)
  --tables N      inspect: tables of ten columns each (1000)
  --rounds N      rounds (macro, models, start and graph 9, checks 3, the others 5)";

/// Reads the arguments that follow the program's name; nothing when help is wanted.
pub fn parse(given: impl IntoIterator<Item = String>) -> Result<Option<Arguments>> {
    let mut arguments = Arguments {
        benchmark: Benchmark::All,
        count: 1000,
        rust: 0,
        models: None,
        rows: 1_000_000,
        tables: 1000,
        rounds: None,
        databases: Database::ALL.to_vec(),
    };
    let mut given = given.into_iter();
    while let Some(argument) = given.next() {
        let mut value = || given.next().with_context(|| format!("{argument} needs a value"));
        let mut number = || -> Result<usize> {
            let value = value()?;
            value.parse().with_context(|| format!("{argument} {value}"))
        };
        match argument.as_str() {
            "macro" => arguments.benchmark = Benchmark::Macro,
            "models" => arguments.benchmark = Benchmark::Models,
            "start" => arguments.benchmark = Benchmark::Start,
            "apply" => arguments.benchmark = Benchmark::Apply,
            "fresh" => arguments.benchmark = Benchmark::Fresh,
            "checks" => arguments.benchmark = Benchmark::Checks,
            "rebuild" => arguments.benchmark = Benchmark::Rebuild,
            "inspect" => arguments.benchmark = Benchmark::Inspect,
            "graph" => arguments.benchmark = Benchmark::Graph,
            "growth" => arguments.benchmark = Benchmark::Growth,
            "beside" => arguments.benchmark = Benchmark::Beside,
            "check" => arguments.benchmark = Benchmark::Check,
            "all" => arguments.benchmark = Benchmark::All,
            "--on" => arguments.databases = databases(&value()?)?,
            "--count" => arguments.count = number()?.max(1),
            "--rust" => arguments.rust = number()?,
            "--models" => arguments.models = Some(number()?.max(1)),
            "--rows" => arguments.rows = number()?.max(10),
            "--tables" => arguments.tables = number()?.max(1),
            "--rounds" => arguments.rounds = Some(number()?.max(1)),
            "--help" | "-h" => return Ok(None),
            other => bail!("unknown argument `{other}`\n\n{USAGE}"),
        }
    }
    Ok(Some(arguments))
}

fn databases(name: &str) -> Result<Vec<Database>> {
    if name == "all" {
        return Ok(Database::ALL.to_vec());
    }
    let found = Database::ALL.into_iter().find(|database| database.feature() == name);
    Ok(vec![found.with_context(|| format!("`{name}` is not a database\n\n{USAGE}"))?])
}
