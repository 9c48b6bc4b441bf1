//! `macro`, second part: what a table as a Rust struct costs the compiler, over the struct that reads its rows.

pub mod library;

use crate::compile::{measure, print};
use crate::database::Database;
use crate::history::{File, Layout};
use crate::package::{Package, Peer};
use crate::statistics::{Ratio, ratio};
use crate::versions;
use anyhow::Result;
use library::{Models, library};

/// What the project promises: a model that reads its rows costs at most this many times a struct that does.
const LIMIT: f64 = 2.2;

const ROWS: &str = "FromRow";
const BY_HAND: &str = "FromRow, Model by hand";
const DERIVED: &str = "FromRow, Table";

/// The package whose library is written here; it embeds no history.
const PACKAGE: Peer =
    Peer { name: "models", layout: Layout::Servicekit, libraries: &["servicekit", "sqlx"], drivers: &[] };

/// Prints the tables and the verdict.
pub fn run(count: usize, rounds: usize) -> Result<()> {
    println!("## macro, models: touch the file with the structs, `cargo check`, dev profile\n");
    println!(
        "{count} models of {} columns, median of {rounds}, in turn; {}",
        library::COLUMNS,
        versions::machine()
    );
    println!("{}\n", versions::of(&[PACKAGE], Database::Sqlite)?);
    let package = |name, models| Package::make(&PACKAGE, name, &[], file(&library(models, count)));
    let measured = measure(
        &[
            ("structs", package("models-structs", Models::Structs)?),
            (ROWS, package("models-rows", Models::Rows)?),
            (BY_HAND, package("models-by-hand", Models::ByHand)?),
            (DERIVED, package("models-derived", Models::Derived)?),
        ],
        rounds,
    )?;
    print(&measured, &[Ratio::To(ROWS)]);
    println!("{DERIVED} / {ROWS} = {:.2} (limit {LIMIT})", ratio(&measured.clock, DERIVED, ROWS));
    println!("by processor time: {:.2}\n", ratio(&measured.processor, DERIVED, ROWS));
    Ok(())
}

fn file(text: &str) -> Vec<File> {
    vec![("src/lib.rs".into(), text.to_owned())]
}
