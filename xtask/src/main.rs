//! `cargo xtask test` runs every test, `cargo xtask matrix` those of servers on other versions, `cargo xtask bench` prints the ratios against the peers, `cargo xtask extra`
//! checks what needs programs of its own.

mod book;
mod cargo;
mod extra;
mod install;
mod matrix;
mod needs;
mod servers;
mod structure;
mod test;
mod units;

use std::env;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <COMMAND>

commands:
  test [--install] [ARGUMENTS]    every test of the workspace on real servers, and the features built alone;
                                  --install installs what is missing (Debian and Ubuntu, as root);
                                  the arguments are those of `cargo test`
  matrix [--install] [--folder DIR] [NAME...] [-- TEST ARGUMENTS]
                                  the server tests on other versions of the servers, which are in target/matrix or
                                  DIR; --install fetches them there (Debian; npm for PostgreSQL), and installs nothing;
                                  NAME is a version, such as mysql-9
  bench [ARGUMENTS]               the benchmarks against the peers (builds them first, which takes minutes);
                                  `bench --help` says what can be chosen
  structure [--write]             whether the imports between rooms are those of docs/architecture.md;
                                  --write puts those of today there
  units                           whether an application compiles each of our crates once
  extra [--seconds N]             dependencies (cargo-deny), spelling (typos), the guide as a book in target/book (mdBook),
                                  and each fuzz target for N seconds, 60 unless said otherwise; says how to install
                                  what does not exist
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let result = match command.as_deref() {
        Some("test") => test::run(&rest),
        Some("matrix") => matrix::run(&rest),
        Some("bench") => bench(&rest),
        Some("structure") => structure::run(&rest),
        Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some("units") if rest.is_empty() => units::run(),
        Some("extra") => extra::run(&rest),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn bench(rest: &[String]) -> Result<(), String> {
    let mut arguments = vec!["run", "--quiet", "--"];
    arguments.extend(rest.iter().map(String::as_str));
    cargo::run(&arguments, &Path::new(cargo::WORKSPACE).join("bench"), &[])
}
