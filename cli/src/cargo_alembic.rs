//! The program `cargo-alembic`, which cargo starts for `cargo alembic`.

use std::process::ExitCode;

fn main() -> ExitCode {
    servicekit_cli::run_for_cargo(std::env::args_os())
}
