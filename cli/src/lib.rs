//! The command line of servicekit.
//!
//! `servicekit migrations <command>` shows, makes, merges and plans revisions. These commands read the folder of
//! revisions only: no database and no compiler is needed, so they work while the application does not compile. Others
//! run revisions written in SQL on a database, and show and set where it is.
//!
//! A command is a function from its arguments to an `Answer` or a `Failure`;
//! only `output` prints. What is printed and which exit codes there are is described in the crate's README.

mod answer;
mod application;
mod arguments;
mod chain;
mod commands;
mod database;
mod failure;
mod init;
mod new_file;
mod output;
mod revision;
mod secret;
mod style;
mod text;
mod waiting;

use arguments::{Arguments, CargoArguments, Wanted};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of which is its own name, and gives its exit code.
///
/// Answers go to stdout and everything else to stderr; with `--json` errors go to stdout too.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    run_parsed(|arguments| Arguments::try_parse_from(arguments).map(Arguments::wanted), &arguments)
}

/// The same for `cargo alembic`, where cargo gives the word `alembic` too.
pub fn run_for_cargo(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    run_parsed(|arguments| CargoArguments::try_parse_from(arguments).map(CargoArguments::wanted), &arguments)
}

fn run_parsed(
    parse: impl Fn(&[OsString]) -> Result<Wanted, clap::Error>,
    arguments: &[OsString],
) -> ExitCode {
    output::watch_panics();
    secret::learn_surroundings(arguments);
    match parse(arguments) {
        Ok(Wanted::Completions(shell)) => output::print_plain(arguments::completions(shell)),
        Ok(Wanted::Migrations(migrations)) => {
            let screen = output::Screen::new(&migrations.common);
            screen.print(commands::run(&migrations, &screen.live()))
        }
        Err(error) => {
            // clap mixes arguments and colours: what it says is said of arguments that can be shown.
            let error = parse(&arguments::shown(arguments))
                .err()
                .filter(|shown| shown.kind() == error.kind())
                .unwrap_or(error);
            output::print_usage(&error, arguments::asks_for_json(arguments))
        }
    }
}
