//! `cargo xtask test` runs every test, `cargo xtask bench` prints the ratios against the peers.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "\
usage: cargo xtask <COMMAND>

commands:
  test     every test of the workspace, and each optional feature built alone
  bench    the benchmarks against the peers (builds them first, which takes minutes)
";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let result = match command.as_deref() {
        Some("test") => test(&rest),
        Some("bench") => bench(&rest),
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

/// Every test, then a look at whether each feature builds without the others.
fn test(rest: &[String]) -> Result<(), String> {
    announce_missing_tools();
    let mut arguments = vec!["test", "--workspace", "--all-features"];
    arguments.extend(rest.iter().map(String::as_str));
    cargo(&arguments, None)?;
    for features in ["sqlite", "testing"] {
        cargo(
            &["check", "--quiet", "-p", "servicekit", "--no-default-features", "--features", features],
            None,
        )?;
    }
    Ok(())
}

/// Tests that compare with another program are left out where it is missing, and say so; this says it once
/// more, at the top.
fn announce_missing_tools() {
    for (tool, what) in [
        ("sqlite3", "the comparison of the statement splitter with SQLite's shell"),
        ("valgrind", "the count of instructions of the planner"),
    ] {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("xtask: `{tool}` is not installed: left out is {what}");
        }
    }
}

fn bench(rest: &[String]) -> Result<(), String> {
    let mut arguments = vec!["run", "--quiet", "--"];
    arguments.extend(rest.iter().map(String::as_str));
    cargo(&arguments, Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench")))
}

fn cargo(arguments: &[&str], folder: Option<&Path>) -> Result<(), String> {
    eprintln!("xtask: cargo {}", arguments.join(" "));
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command.current_dir(folder.unwrap_or_else(|| Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))));
    let status = command.status().map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", arguments.join(" "))) }
}
