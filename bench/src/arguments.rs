//! The command line.

use anyhow::{Context, Result, bail};

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Benchmark {
    /// What the macros cost the compiler.
    Macro,
    /// A start with nothing to do.
    Start,
    /// Everything from empty.
    Apply,
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
    /// How many rounds instead of the benchmark's own number.
    pub rounds: Option<usize>,
}

/// What `--help` prints.
pub const USAGE: &str = "\
usage: bench [macro|start|apply|all] [--count N] [--rust N] [--rounds N]

  --count N    revisions in the history (1000)
  --rust N     macro: also measure N `.rs` revisions (none)
  --rounds N   rounds (macro 9, start 9, apply 5)";

/// Reads the arguments that follow the program's name; nothing when help is wanted.
pub fn parse(given: impl IntoIterator<Item = String>) -> Result<Option<Arguments>> {
    let mut arguments = Arguments { benchmark: Benchmark::All, count: 1000, rust: 0, rounds: None };
    let mut given = given.into_iter();
    while let Some(argument) = given.next() {
        let mut number = || -> Result<usize> {
            let value = given.next().with_context(|| format!("{argument} needs a number"))?;
            value.parse().with_context(|| format!("{argument} {value}"))
        };
        match argument.as_str() {
            "macro" => arguments.benchmark = Benchmark::Macro,
            "start" => arguments.benchmark = Benchmark::Start,
            "apply" => arguments.benchmark = Benchmark::Apply,
            "all" => arguments.benchmark = Benchmark::All,
            "--count" => arguments.count = number()?.max(1),
            "--rust" => arguments.rust = number()?,
            "--rounds" => arguments.rounds = Some(number()?.max(1)),
            "--help" | "-h" => return Ok(None),
            other => bail!("unknown argument `{other}`\n\n{USAGE}"),
        }
    }
    Ok(Some(arguments))
}
