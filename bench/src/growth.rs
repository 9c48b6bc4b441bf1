//! What twice the input costs: folders of unusual sizes, read by the command line, as whole processes.

use crate::graph;
use crate::package::work;
use crate::statistics::{Times, Unit};
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A folder that grows, and what is done with it.
struct Growing {
    what: &'static str,
    /// How many of the things there are at first.
    count: usize,
    command: &'static [&'static str],
    /// The files of a folder with so many.
    files: fn(usize) -> Vec<(String, String)>,
}

const ALL: [Growing; 7] = [
    Growing {
        what: "statements in one file, `plan --sql`",
        count: 10_000,
        command: &["plan", "head", "--from", "base", "--sql", "sqlite"],
        files: statements,
    },
    Growing {
        what: "parents that are not there, `heads`",
        count: 10_000,
        command: &["heads"],
        files: dangling,
    },
    Growing { what: "heads, `heads`", count: 50_000, command: &["heads"], files: heads },
    Growing { what: "heads, `branches`", count: 50_000, command: &["branches"], files: heads },
    Growing {
        what: "heads, `plan heads`",
        count: 10_000,
        command: &["plan", "heads", "--from", "base"],
        files: heads,
    },
    Growing {
        what: "parents of one merge point, `plan head`",
        count: 5_000,
        command: &["plan", "head", "--from", "base"],
        files: merge,
    },
    Growing {
        what: "parentheses in each other, `plan --sql`",
        count: 20_000,
        command: &["plan", "head", "--from", "base", "--sql", "sqlite"],
        files: nested,
    },
];

/// Prints a line for each.
pub fn run(rounds: usize) -> Result<()> {
    let program = graph::build()?;
    println!("## growth: the whole process with so many, and with twice as many; optimised build\n");
    println!("median of {rounds}, in turn; twice the input is to take about twice the time\n");
    println!("| what | so many | s | twice as many | s | ratio |\n|---|--:|--:|--:|--:|--:|");
    for growing in &ALL {
        let folders = [growing.count, growing.count * 2]
            .map(|count| (count, work().join("growth").join(count.to_string())));
        for (count, folder) in &folders {
            write(folder, &(growing.files)(*count))?;
        }
        let mut times = [Times::default(), Times::default()];
        for _ in 0..rounds {
            for ((_, folder), times) in folders.iter().zip(&mut times) {
                times.push(time(&program, folder, growing.command)?);
            }
        }
        let [one, two] = times.map(|times| times.median());
        let ratio = two.as_secs_f64() / one.as_secs_f64();
        let (show, count) = (|time| Unit::Seconds.show(time), growing.count);
        println!(
            "| {} | {count} | {} | {} | {} | {ratio:.2} |",
            growing.what,
            show(one),
            count * 2,
            show(two)
        );
        fs::remove_dir_all(work().join("growth"))?;
    }
    println!();
    Ok(())
}

fn write(folder: &Path, files: &[(String, String)]) -> Result<()> {
    let versions = folder.join("alembic/versions");
    fs::create_dir_all(&versions)?;
    for (name, text) in files {
        fs::write(versions.join(format!("{name}.sql")), text)?;
    }
    Ok(())
}

/// Runs it to its end, whether it finds something wrong or not.
fn time(program: &Path, folder: &Path, command: &[&str]) -> Result<Duration> {
    let mut program = Command::new(program);
    program.arg("migrations").args(command).current_dir(folder);
    program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).env_remove("DATABASE_URL");
    let clock = Instant::now();
    program.status().context("the command line")?;
    Ok(clock.elapsed())
}

fn revision(id: &str, parents: &str, upgrade: &str) -> (String, String) {
    let parents = if parents.is_empty() { String::new() } else { format!("-- down_revision: {parents}\n") };
    (id.to_owned(), format!("-- about {id}\n--\n-- revision: {id}\n{parents}\n-- +upgrade\n{upgrade}\n"))
}

fn statements(count: usize) -> Vec<(String, String)> {
    let text = (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "INSERT INTO t (id, name) VALUES ({number}, 'row {number}');");
        text
    });
    vec![revision("a1", "", &text)]
}

fn nested(count: usize) -> Vec<(String, String)> {
    vec![revision("a1", "", &format!("SELECT {}1{};", "(".repeat(count), ")".repeat(count)))]
}

fn dangling(count: usize) -> Vec<(String, String)> {
    (0..count).map(|number| revision(&format!("a{number}"), &format!("gone{number}"), "")).collect()
}

fn heads(count: usize) -> Vec<(String, String)> {
    (0..count).map(|number| revision(&format!("a{number}"), "", "")).collect()
}

fn merge(count: usize) -> Vec<(String, String)> {
    let mut files = heads(count);
    let parents: Vec<String> = (0..count).map(|number| format!("a{number}")).collect();
    files.push(revision("merged", &parents.join(", "), ""));
    files
}
