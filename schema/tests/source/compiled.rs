//! `generated.rs` has the source of every case: it is what is written now, and records what the case records.

use crate::recorded::{facts, spelled_out};
use crate::{cases, examples, generated, random};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use servicekit::{Dialect, Operations, source};
use std::path::Path;

/// Set to `always` to write the file again, as for snapshots.
const UPDATE: &str = "INSTA_UPDATE";

/// How many lists of random operations are among them.
const RANDOM: usize = 60;

/// All that is written, by name.
fn all() -> Vec<(String, Operations)> {
    let mut all = Vec::new();
    for (topic, cases) in cases::topics() {
        for case in cases {
            let name = format!("{topic}: {}", case.name);
            let mut op = Operations::default();
            (case.run)(&mut op);
            let mut reversed = Operations::default();
            reversed.reverse_of(case.run);
            all.push((name.clone(), op));
            if source::function("x", &reversed).is_ok() && !reversed.is_empty() {
                all.push((format!("{name}, reversed"), reversed));
            }
        }
    }
    for (name, record) in examples::all() {
        let mut op = Operations::default();
        record(&mut op);
        all.push((name.to_owned(), op));
    }
    let mut runner = TestRunner::deterministic();
    for number in 0..RANDOM {
        let operations = random::operations().new_tree(&mut runner).unwrap().current();
        all.push((format!("random {number}"), operations));
    }
    all
}

fn identifier(name: &str) -> String {
    let mut identifier = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            identifier.push(c);
        } else if !identifier.ends_with('_') {
            identifier.push('_');
        }
    }
    identifier
}

fn written() -> String {
    let mut list = String::new();
    let mut functions = String::new();
    for (name, operations) in all() {
        let identifier = identifier(&name);
        list.extend(["    (", &format!("{name:?}"), ", ", &identifier, "),\n"]);
        functions.extend(["\n", &source::function(&identifier, &operations).unwrap()]);
    }
    format!(
        "//! Written by the test `the_source_of_every_case_is_what_is_compiled`; set {UPDATE}=always to write it again.\n\n\
         use self::servicekit::revision::*;\n\n\
         mod servicekit {{\n    pub use servicekit_schema::{{table as schema, *}};\n}}\n\n\
         pub(crate) const ALL: &[(&str, fn(&mut Operations))] = &[\n{list}];\n{functions}"
    )
}

#[test]
fn the_source_of_every_case_is_what_is_compiled() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/source/generated.rs");
    let written = written();
    if std::env::var(UPDATE).is_ok_and(|value| value == "always") {
        std::fs::write(&path, written).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    let differing = kept.lines().zip(written.lines()).position(|(kept, written)| kept != written);
    assert!(
        kept == written,
        "generated.rs is not what is written now, from line {}: set {UPDATE}=always to write it again",
        differing.unwrap_or_else(|| kept.lines().count().min(written.lines().count())) + 1
    );
}

#[test]
fn the_source_of_every_case_records_the_same_operations() {
    let all = all();
    assert_eq!(all.len(), generated::ALL.len());
    for ((name, expected), (compiled_name, compiled)) in all.iter().zip(generated::ALL) {
        assert_eq!(name, compiled_name);
        let mut recorded = Operations::default();
        compiled(&mut recorded);
        assert_eq!(facts(&recorded), facts(&spelled_out(expected)), "{name}");
        for dialect in Dialect::ALL {
            let reason = |operations: &Operations| operations.sql(dialect).map_err(|error| error.reason);
            assert_eq!(reason(&recorded), reason(expected), "{name} on {dialect}");
        }
    }
    println!("{} functions record what they were written for", all.len());
}
