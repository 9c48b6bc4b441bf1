//! The command line of servicekit.
//!
//! `servicekit migrations <command>` shows, makes, merges and plans revisions. These commands read the folder of
//! revisions only: no database and no compiler is needed, so they work while the application does not compile. Others
//! run revisions written in SQL on a database, and show and set where it is.
//!
//! `arguments` parses what was typed, and `project` reads the folder. A command is a function from both to a `CommandOutput` or a
//! `Failure`, which are data. A command that needs a database opens it as an `OpenDatabase` of `run`, and hands it a `RunRequest`;
//! where a run comes to revisions in Rust, `application` builds the application that has them and lets it do the run. Meanwhile a
//! command reports to the `Console`, which also prints its output: nothing else prints, and no text leaves without passing `secret`.
//! What is printed and which exit codes there are is described in the crate's README.

mod alembic_file;
mod application;
mod arguments;
mod async_runtime;
mod commands;
mod console;
mod failure;
mod new_file;
mod output;
mod project;
mod random;
mod run;
mod secret;

use arguments::{Arguments, CargoArguments, TopCommand};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, the first of which is its own name, and gives its exit code.
///
/// Answers go to stdout and everything else to stderr; with `--json` errors go to stdout too.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    run_parsed(|arguments| Arguments::try_parse_from(arguments).map(|arguments| arguments.area), &arguments)
}

/// The same for `cargo alembic`, where cargo gives the word `alembic` too.
pub fn run_for_cargo(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    run_parsed(|arguments| CargoArguments::try_parse_from(arguments).map(CargoArguments::area), &arguments)
}

fn run_parsed(
    parse: impl Fn(&[OsString]) -> Result<TopCommand, clap::Error>,
    arguments: &[OsString],
) -> ExitCode {
    console::watch_panics();
    secret::learn_environment(arguments);
    match parse(arguments) {
        Ok(TopCommand::Completions { shell }) => console::print_plain(arguments::completions(shell)),
        Ok(TopCommand::Migrations(migrations)) => {
            let console = console::Console::new(&migrations.common);
            console.print(commands::run(&migrations, &console))
        }
        Err(error) => {
            // clap mixes arguments and colours: its message is made of arguments that can be shown.
            let error = parse(&arguments::shown(arguments))
                .err()
                .filter(|shown| shown.kind() == error.kind())
                .unwrap_or(error);
            console::print_usage(&error, arguments::asks_for_json(arguments))
        }
    }
}
