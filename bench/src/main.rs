//! Side-by-side benchmarks of servicekit and its peers: ratios of medians, measured in turn in one run.
//! See README.md for what each number means.

mod apply;
mod arguments;
mod beside;
mod check;
mod checks;
mod client;
mod compile;
mod database;
mod fresh;
mod graph;
mod growth;
mod history;
mod home;
mod inspect;
mod models;
mod package;
mod python;
mod rebuild;
mod server;
mod shell;
mod start;
mod statistics;
mod versions;
mod worker;

use anyhow::Result;
use arguments::{Arguments, Benchmark};
use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::parse(std::env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Option<Arguments>) -> Result<()> {
    let Some(arguments) = arguments else {
        println!("{}", arguments::USAGE);
        return Ok(());
    };
    let wanted = |one| arguments.benchmark == one || arguments.benchmark == Benchmark::All;
    if wanted(Benchmark::Macro) {
        compile::run(arguments.count, arguments.rust, arguments.rounds.unwrap_or(9))?;
    }
    if wanted(Benchmark::Models) || wanted(Benchmark::Macro) {
        models::run(arguments.models.unwrap_or(100), arguments.rounds.unwrap_or(9))?;
    }
    if wanted(Benchmark::Start) {
        start::run(arguments.count, arguments.rounds.unwrap_or(9))?;
    }
    if wanted(Benchmark::Apply) {
        apply::run(&arguments.databases, arguments.count, arguments.rounds.unwrap_or(5))?;
    }
    if wanted(Benchmark::Fresh) {
        fresh::run(&arguments.databases, arguments.count, arguments.rounds.unwrap_or(5))?;
    }
    if arguments.benchmark == Benchmark::Checks {
        checks::run(&arguments.databases, arguments.count, arguments.rounds.unwrap_or(3))?;
    }
    if wanted(Benchmark::Inspect) {
        inspect::run(&arguments.databases, arguments.tables, arguments.rounds.unwrap_or(5))?;
    }
    if arguments.benchmark == Benchmark::Beside {
        beside::run(&arguments.databases)?;
    }
    if wanted(Benchmark::Check) {
        check::run(&arguments.databases, arguments.models.unwrap_or(500), arguments.rounds.unwrap_or(5))?;
    }
    if wanted(Benchmark::Graph) {
        graph::run(arguments.count, arguments.rounds.unwrap_or(9))?;
    }
    if wanted(Benchmark::Growth) {
        growth::run(arguments.rounds.unwrap_or(5))?;
    }
    if wanted(Benchmark::Rebuild) {
        if rebuild::can_run() {
            rebuild::run(arguments.rows, arguments.rounds.unwrap_or(5))?;
        } else {
            println!("## rebuild: left out, no sqlite3 shell on this machine");
        }
    }
    Ok(())
}
