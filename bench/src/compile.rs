//! `macro`: what the macros cost the compiler.

use crate::history::{File, Layout, history};
use crate::package::{DIESEL, Package, Peer, REFINERY, SERVICEKIT, SQLX};
use crate::statistics::{Ratio, Row, Times, Unit, table};
use crate::versions;
use anyhow::Result;
use std::fmt::Write as _;
use std::time::Instant;

/// What the project promises: `servicekit / include_str!` is at most this.
const LIMIT: f64 = 1.5;

/// Prints the tables.
pub fn run(count: usize, rust: usize, rounds: usize) -> Result<()> {
    println!("## macro: touch the file with the macro, `cargo check`, dev profile\n");
    println!("{count} SQL revisions, median of {rounds}, in turn; {}", versions::machine());
    println!("{}\n", versions::of(&[SERVICEKIT, DIESEL, SQLX, REFINERY])?);
    sql(count, rounds)?;
    if rust > 0 {
        println!("{rust} `.rs` revisions, median of {rounds}, in turn (informational)\n");
        functions(rust, rounds)?;
    }
    Ok(())
}

/// The table of SQL revisions and the verdict.
fn sql(count: usize, rounds: usize) -> Result<()> {
    let history = history(count);
    let make = |peer: &Peer, name: &str, more: Vec<File>| Package::make(peer, name, &history, more);
    let files = Layout::Servicekit.files(&history);
    let rows = measure(
        &[
            ("nothing embedded", make(&SERVICEKIT, "plain-nothing", library(NOTHING))?),
            ("include_str!", make(&SERVICEKIT, "plain-include", library(&include(&files)))?),
            ("servicekit", make(&SERVICEKIT, "peer-servicekit", Vec::new())?),
            ("diesel", make(&DIESEL, "peer-diesel", Vec::new())?),
            ("sqlx", make(&SQLX, "peer-sqlx", Vec::new())?),
            ("refinery", make(&REFINERY, "peer-refinery", Vec::new())?),
        ],
        rounds,
    )?;
    println!("{}", table(Unit::Seconds, &rows, &[Ratio::To("include_str!"), Ratio::Of("servicekit")]));
    println!("servicekit / include_str! = {:.2} (limit {LIMIT})\n", rows[2].1.ratio(&rows[1].1));
    Ok(())
}

/// The table of `.rs` revisions.
fn functions(count: usize, rounds: usize) -> Result<()> {
    let history = history(count);
    let rust = Peer { layout: Layout::ServicekitRust, ..SERVICEKIT };
    let functions = Layout::Functions.files(&history);
    let mut more = library(&modules(&functions));
    more.extend(functions);
    let rows = measure(
        &[
            ("modules by hand", Package::make(&rust, "plain-modules", &history, more)?),
            ("servicekit", Package::make(&rust, "rust-servicekit", &history, Vec::new())?),
        ],
        rounds,
    )?;
    println!("{}", table(Unit::Seconds, &rows, &[Ratio::To("modules by hand")]));
    Ok(())
}

/// Each in turn, once to build what it depends on and `rounds` times for the clock.
fn measure(packages: &[(&'static str, Package)], rounds: usize) -> Result<Vec<Row>> {
    for (name, package) in packages {
        eprintln!("checking {name} and what it depends on");
        package.touch()?;
        package.check()?;
    }
    let mut rows: Vec<Row> = packages.iter().map(|(name, _)| (*name, Times::default())).collect();
    for _ in 0..rounds {
        for ((_, package), (_, times)) in packages.iter().zip(&mut rows) {
            package.touch()?;
            let clock = Instant::now();
            package.check()?;
            times.push(clock.elapsed());
        }
    }
    Ok(rows)
}

/// The crate without a history: what cargo and the compiler cost by themselves.
const NOTHING: &str = "//! Nothing embedded.\n\npub use servicekit;\n";

/// `src/lib.rs` instead of the peer's own.
fn library(text: &str) -> Vec<File> {
    vec![("src/lib.rs".into(), text.to_owned())]
}

/// A crate that embeds the same files without looking into them.
fn include(files: &[File]) -> String {
    let mut text = String::from(
        "//! The same files, embedded.\n\npub use servicekit;\n\n/// The texts.\npub static FILES: &[&str] = &[\n",
    );
    for (path, _) in files {
        let _ = writeln!(text, "    include_str!(\"../{}\"),", path.display());
    }
    text + "];\n"
}

/// A crate that declares each file as a module.
fn modules(files: &[File]) -> String {
    let mut text = String::from("//! The same functions in modules declared by hand.\n\n");
    for (number, (path, _)) in files.iter().enumerate() {
        let _ = writeln!(text, "#[path = \"../{}\"]\npub mod revision_{number};", path.display());
    }
    text
}
