//! A process that may open few files: every command ends with an error, or does its work, and never panics.

use super::place::{Place, everywhere, on_sqlite};
use super::up_and_down::shop;
use crate::project::shell;
use insta::assert_snapshot;
use std::process::Output;

/// The commands that people and scripts use most, in an order in which all of them have something to do; the first ones need
/// no database.
const COMMANDS: [&str; 11] = [
    "heads",
    "history",
    "plan head --sql sqlite",
    "upgrade",
    "current --json",
    "doctor",
    "plan base",
    "downgrade base",
    "ensure_version",
    "stamp head",
    "stamp base",
];

/// Runs a command that may have so many files open.
fn with_files(place: &Place, files: u32, command: &str) -> Output {
    let url = place.url();
    let line =
        format!("export DATABASE_URL='{url}'; ulimit -n {files}; exec servicekit migrations {command}");
    shell(&place.project.path(""), &line)
}

/// Runs every command with more and more files.
fn with_more_and_more(place: &Place) {
    let commands = if place.is_sqlite() { &COMMANDS } else { COMMANDS.split_at(3).1 };
    for files in 3..=20 {
        for command in commands {
            let output = with_files(place, files, command);
            let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
            let code = output.status.code();
            // Before the program begins, the system loads its libraries.
            if code == Some(127) && said.contains("loading shared libraries") {
                continue;
            }
            let is_documented = matches!(code, Some(0..=13)) && !said.contains("panicked");
            assert!(is_documented, "{command} with {files} files: {code:?} {said}");
            assert!(files < 20 || code == Some(0), "{command} with enough files: {code:?} {said}");
        }
    }
    place.run("upgrade");
    assert_eq!(place.ask("SELECT version_num FROM alembic_version"), ["cccc1"]);
}

#[test]
fn with_any_number_of_files_a_command_ends_with_a_documented_code() {
    let places = everywhere(shop);
    std::thread::scope(|scope| {
        for place in &places {
            scope.spawn(|| with_more_and_more(place));
        }
    });
}

#[test]
fn too_few_files_are_said_to_be_the_reason() {
    let place = on_sqlite(shop());
    place.run("upgrade");
    let output = with_files(&place, 6, "current");
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @"
    error: the async runtime cannot be started: Too many open files (os error 24)
    help: let the program open more files, as with `ulimit -n 256`
    ");
}
