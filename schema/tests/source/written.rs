//! Revisions as they are written, compiled as modules of one crate by the real cargo, and what they record there.

use crate::recorded::{shown, spelled_out};
use crate::script::{Language, Script};
use crate::table::Schema;
use servicekit::diff::Difference;
use servicekit::operation::RecordedOperation;
use servicekit::{Dialect, Operations, source};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text of a revision, and what its two functions have to record.
pub(crate) struct Written {
    what: String,
    text: String,
    expected: [String; 2],
}

impl Written {
    /// The revision of a difference; `None` where there is no plan.
    pub(crate) fn of_difference(what: String, difference: &Difference) -> Option<Self> {
        let sides = difference.recorded().ok()?;
        let script = difference.script(Language::Rust).unwrap_or_else(|error| panic!("{what}: {error}"));
        let mut back = sides.downgrade;
        let is_for_one = |each: &RecordedOperation| each.dialect.is_some();
        if script.downgrade.contains("op.reverse_of(upgrade)") && back.recorded().iter().any(is_for_one) {
            // What is for one database only comes in another order.
            let mut reversed = Operations::default();
            reversed.reverse_of(|op| *op = sides.upgrade.clone());
            for dialect in Dialect::ALL {
                let calls = |operations: &Operations| -> Vec<String> {
                    operations.clone().into_recorded(dialect).map(|each| each.operation.to_string()).collect()
                };
                assert_eq!(calls(&reversed), calls(&back), "{what}");
            }
            back = reversed;
        }
        Some(Self::new(what, &script, [&sides.upgrade, &back]))
    }

    /// The first revision of a history.
    pub(crate) fn of_creation(what: String, schema: &Schema, dialect: Dialect) -> Self {
        let written = Script::creating(schema, dialect, Language::Rust);
        let script = written.unwrap_or_else(|error| panic!("{what}: {error}"));
        let schema = source::arranged(schema);
        let (there, mut back) = (schema.operations(dialect), schema.drops(dialect));
        if script.downgrade.contains("op.reverse_of(upgrade)") {
            let mut reversed = Operations::default();
            reversed.reverse_of(|op| *op = there.clone());
            let calls = |operations: &Operations| -> Vec<String> {
                operations.recorded().iter().map(|each| each.operation.to_string()).collect()
            };
            assert_eq!(calls(&reversed), calls(&back), "{what}");
            back = reversed;
        }
        Self::new(what, &script, [&there, &back])
    }

    fn new(what: String, script: &Script, planned: [&Operations; 2]) -> Self {
        let Script { upgrade, downgrade, .. } = script;
        let text = format!("use servicekit::revision::*;\n\n{upgrade}\n{downgrade}");
        Self { what, text, expected: planned.map(|planned| shown(&spelled_out(planned))) }
    }
}

/// Compiles all of them at once; each must record what was planned.
pub(crate) fn compiled_they_record_what_is_planned(package: &str, all: &[Written]) {
    let recorded = compiled(package, all);
    let mut lines = recorded.lines();
    for written in all {
        for (function, expected) in ["upgrade", "downgrade"].iter().zip(&written.expected) {
            let Written { what, text, .. } = written;
            let line = lines.next();
            assert!(
                line == Some(expected),
                "{what}, {function}\nrecords\n{}\nand planned is\n{expected}\n\n{text}",
                line.unwrap_or("nothing")
            );
        }
    }
    assert_eq!(lines.next(), None);
}

/// The crate is what revisions know as servicekit.
const SERVICEKIT: &str = "extern crate self as servicekit;
pub use servicekit_schema::{table as schema, *};
";

/// A line with what a function records.
const PRINT: &str = "fn print(function: fn(&mut Operations)) {
    let mut operations = Operations::default();
    function(&mut operations);
    println!(\"{}\", recorded::shown(&operations));
}
";

/// What a program with a module for each revision prints: a line for each function.
fn compiled(package: &str, all: &[Written]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(package);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).unwrap();
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let recorded = workspace.join("schema/tests/source/recorded.rs").display().to_string();
    let mut main = format!("{SERVICEKIT}\n#[allow(dead_code)]\n#[path = {recorded:?}]\nmod recorded;\n");
    let mut calls = String::new();
    for (number, written) in all.iter().enumerate() {
        fs::write(folder.join(format!("src/revision_{number}.rs")), &written.text).unwrap();
        writeln!(main, "mod revision_{number};").unwrap();
        for function in ["upgrade", "downgrade"] {
            writeln!(calls, "    print(revision_{number}::{function});").unwrap();
        }
    }
    writeln!(main, "\nfn main() {{\n{calls}}}\n\n{PRINT}").unwrap();
    fs::write(folder.join("src/main.rs"), main).unwrap();
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         servicekit-schema = {{ path = {:?} }}\n\n[workspace]\n",
        workspace.join("schema").display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // What is looked up is what this workspace has.
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "in {}\n{said}", folder.display());
    String::from_utf8(output.stdout).unwrap()
}

/// The folder that all projects of tests share.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("cargo-projects")
}
