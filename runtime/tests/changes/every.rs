//! Every case on every database.

use crate::case::{self, Case, key};
use crate::checked::{check, is_update};
use crate::compiled::COMPILED;
use crate::database::Place;
use servicekit::Dialect;
use std::fmt::Write as _;
use std::path::Path;

async fn every_case(dialect: Dialect) {
    let Some(mut place) = Place::open(dialect).await else { return };
    let server = place.server().await;
    let mut failures = Vec::new();
    let mut count = 0;
    for case in case::all() {
        let sides = (case.sql("before", &server), case.sql("after", &server));
        let (Some(before), Some(after)) = sides else { continue };
        count += 1;
        if let Err(why) = check(&case, &server, [&before, &after], &mut place).await {
            failures.push(format!("{}: {why}", case.name));
        }
    }
    println!("{count} changes on {dialect}, {} failed", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(count > 0);
}

#[tokio::test]
async fn every_change_leads_there_and_back_on_sqlite() {
    every_case(Dialect::Sqlite).await;
}

#[tokio::test]
async fn every_change_leads_there_and_back_on_postgres() {
    every_case(Dialect::Postgres).await;
}

#[tokio::test]
async fn every_change_leads_there_and_back_on_mysql() {
    every_case(Dialect::Mysql).await;
}

/// The files that are expected, as modules of this crate.
fn modules(cases: &[Case]) -> String {
    let mut modules = String::new();
    let mut list = String::new();
    for case in cases {
        for dialect in Dialect::ALL.into_iter().filter(|dialect| case.expected(*dialect, "rs").exists()) {
            let (name, key) = (&case.name, key(dialect));
            let path = format!("../../../cases/changes/{name}/expected.{key}.rs");
            let _ = writeln!(modules, "#[path = \"{path}\"]\nmod {name}_{key};");
            let entry =
                format!("(\"{name}\", Dialect::{dialect:?}, {name}_{key}::upgrade, {name}_{key}::downgrade)");
            let _ = writeln!(list, "    {entry},");
        }
    }
    format!(
        "//! Written by `every`; set UPDATE_CHANGES=always to write it again.\n\n\
         use servicekit::{{Dialect, Operations}};\n\n{modules}\n\
         type Function = fn(&mut Operations);\n\n\
         pub(crate) const COMPILED: &[(&str, Dialect, Function, Function)] = &[\n{list}];\n"
    )
}

#[test]
fn every_expected_file_is_compiled() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes/compiled.rs");
    let written = modules(&case::all());
    if is_update() {
        std::fs::write(path, written).unwrap();
        return;
    }
    assert!(std::fs::read_to_string(path).unwrap() == written, "set UPDATE_CHANGES=always to write it again");
    println!("{} files are compiled", COMPILED.len());
}
