//! The program `servicekit`.

use std::process::ExitCode;

fn main() -> ExitCode {
    servicekit_cli::run(std::env::args_os())
}
