//! `macro`: what the macros cost the compiler.

use crate::database::Database;
use crate::history::{File, Layout, history};
use crate::package::{DIESEL, Package, Peer, REFINERY, SERVICEKIT, SQLX};
use crate::statistics::{Ratio, Row, Times, Unit, ratio, table};
use crate::versions;
use anyhow::Result;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What the project promises: `servicekit / include_str!` is at most this.
const LIMIT: f64 = 1.5;

const OURS: &str = "servicekit";
const PLAIN: &str = "include_str!";

/// Prints the tables.
pub fn run(count: usize, rust: usize, rounds: usize) -> Result<()> {
    println!("## macro: touch the file with the macro, `cargo check`, dev profile\n");
    println!("{count} SQL revisions, median of {rounds}, in turn; {}", versions::machine());
    println!("{}\n", versions::of(&[SERVICEKIT, DIESEL, SQLX, REFINERY], Database::Sqlite)?);
    sql(count, rounds)?;
    if rust > 0 {
        println!("{rust} `.rs` revisions, median of {rounds}, in turn (informational)\n");
        functions(rust, rounds)?;
    }
    Ok(())
}

/// The table of SQL revisions and the verdict.
fn sql(count: usize, rounds: usize) -> Result<()> {
    let history = history(count, Database::Sqlite);
    let plain = |name, text: &str| Package::make(&SERVICEKIT, name, &history, library(text));
    let measured = measure(
        &[
            ("nothing embedded", plain("plain-nothing", NOTHING)?),
            (PLAIN, plain("plain-include", &include(&Layout::Servicekit.files(&history)))?),
            (OURS, SERVICEKIT.package(&history)?),
            ("diesel", DIESEL.package(&history)?),
            ("sqlx", SQLX.package(&history)?),
            ("refinery", REFINERY.package(&history)?),
        ],
        rounds,
    )?;
    print(&measured, &[Ratio::To(PLAIN), Ratio::Of(OURS)]);
    println!("{OURS} / {PLAIN} = {:.2} (limit {LIMIT})", ratio(&measured.clock, OURS, PLAIN));
    println!("by processor time: {:.2}\n", ratio(&measured.processor, OURS, PLAIN));
    Ok(())
}

/// The table of `.rs` revisions.
fn functions(count: usize, rounds: usize) -> Result<()> {
    let history = history(count, Database::Sqlite);
    let rust = Peer { layout: Layout::ServicekitRust, ..SERVICEKIT };
    let functions = Layout::Functions.files(&history);
    let mut more = library(&modules(&functions));
    more.extend(functions);
    let measured = measure(
        &[
            ("modules by hand", Package::make(&rust, "plain-modules", &history, more)?),
            (OURS, Package::make(&rust, "rust-servicekit", &history, Vec::new())?),
        ],
        rounds,
    )?;
    print(&measured, &[Ratio::To("modules by hand")]);
    Ok(())
}

/// What each competitor took, by the clock and by the processors.
pub struct Measured {
    /// By the clock.
    pub clock: Vec<Row>,
    /// By the processors.
    pub processor: Vec<Row>,
}

/// Each in turn, once to build what it depends on and `rounds` times for the clock.
pub fn measure(packages: &[(&'static str, Package)], rounds: usize) -> Result<Measured> {
    for (name, package) in packages {
        eprintln!("checking {name} and what it depends on");
        package.touch()?;
        package.check()?;
    }
    let mut clock: Vec<Row> = packages.iter().map(|(name, _)| (*name, Times::default())).collect();
    let mut processor = clock.clone();
    for _ in 0..rounds {
        for (competitor, (_, package)) in packages.iter().enumerate() {
            package.touch()?;
            let (started, used) = (Instant::now(), processor_time()?);
            package.check()?;
            clock[competitor].1.push(started.elapsed());
            processor[competitor].1.push(processor_time()?.saturating_sub(used));
        }
    }
    Ok(Measured { clock, processor })
}

/// The processor time of all processes that this one has waited for, and of theirs: what a run costs
/// whatever else the machine does.
fn processor_time() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(Duration::from_micros(microseconds.try_into()?))
}

/// Both as tables.
pub fn print(measured: &Measured, ratios: &[Ratio]) {
    println!("by the clock\n\n{}", table(Unit::Seconds, &measured.clock, ratios));
    println!("by processor time\n\n{}", table(Unit::Seconds, &measured.processor, ratios));
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
