//! What large and deeply nested texts cost: counted instructions grow as the text does, and nothing recurses.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]

#[path = "support/callgrind.rs"]
mod callgrind;

use servicekit_chain::sql::{Dialect, classify, drops_data, split};
use servicekit_chain::{Source, config, file};
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// How many times the instructions may grow when the text grows ten times.
const LIMIT: f64 = 12.0;
const SMALL: usize = 200;
const LARGE: usize = 2_000;

/// Names the shape and its size to a run under callgrind.
const WORK: &str = "SERVICEKIT_TEXT_COST";

type Shape = (&'static str, fn(usize) -> String);

fn listed(item: impl Fn(usize) -> String, count: usize) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

fn repeated(piece: impl Fn(usize) -> String, count: usize) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}

/// SQL with many of something.
const LONG: &[Shape] = &[
    ("tables dropped at once", |count| format!("DROP TABLE {};", listed(|at| format!("t{at}"), count))),
    ("tables renamed at once", |count| {
        format!("RENAME TABLE {};", listed(|at| format!("a{at} TO b{at}"), count))
    }),
    ("tables of many schemas renamed at once", |count| {
        format!("RENAME TABLE {};", listed(|at| format!("s{at}.a TO s{at}.b"), count))
    }),
    ("columns added at once", |count| {
        format!("ALTER TABLE t {};", listed(|at| format!("ADD COLUMN c{at} INT"), count))
    }),
    ("one column added again and again", |count| {
        format!("ALTER TABLE t {};", listed(|_| "ADD COLUMN c INT".to_owned(), count))
    }),
    ("columns of a table", |count| format!("CREATE TABLE t ({});", listed(|at| format!("c{at} INT"), count))),
    ("statements", |count| repeated(|at| format!("INSERT INTO t VALUES ({at});\n"), count)),
    ("statements in one line", |count| repeated(|at| format!("INSERT INTO t VALUES ({at});"), count)),
    ("sections that stand twice", |count| "SELECT 1;\n-- +downgrade\n".repeat(count)),
    ("what looks like a directive", |count| "SELECT 1;\n# +downgrade\n".repeat(count)),
    ("what does not quite", |count| "SELECT 1; -- + up the price\n".repeat(count)),
    ("commands of a client", |count| "\\set x 1\n".repeat(count)),
];

/// SQL with something in itself, closed and not.
const DEEP: &[Shape] = &[
    ("parentheses", |depth| format!("SELECT {}1{};", "(".repeat(depth), ")".repeat(depth))),
    ("parentheses left open", |depth| format!("SELECT {}1;", "(".repeat(depth))),
    ("comments", |depth| format!("{}{} SELECT 1;", "/*".repeat(depth), "*/".repeat(depth))),
    ("comments left open", |depth| "/*".repeat(depth)),
    ("comments that MySQL runs", |depth| format!("{}1{};", "/*!50000 ".repeat(depth), " */".repeat(depth))),
    ("blocks", |depth| {
        format!("CREATE PROCEDURE p() {}SELECT 1; {};", "BEGIN ".repeat(depth), "END; ".repeat(depth))
    }),
    ("blocks left open", |depth| format!("CREATE PROCEDURE p() {}SELECT 1;", "BEGIN ".repeat(depth))),
    ("bodies of triggers", |depth| {
        format!(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT {}1{}; END;",
            "CASE WHEN 1 THEN ".repeat(depth),
            " END".repeat(depth)
        )
    }),
    ("atomic bodies", |depth| {
        format!(
            "CREATE FUNCTION f() RETURNS int {}1; {}",
            "BEGIN ATOMIC ".repeat(depth),
            "END; ".repeat(depth)
        )
    }),
    ("queries", |depth| format!("{}SELECT 1{} SELECT 1;", "WITH x AS (".repeat(depth), ")".repeat(depth))),
    ("explanations", |depth| format!("{}SELECT 1;", "EXPLAIN ".repeat(depth))),
];

#[inline(never)]
fn measured_work(sql: &str) {
    let text = format!("-- a title\n--\n-- revision: a1\n\n-- +upgrade\n{sql}\n");
    let source = Arc::new(Source::new("a1.sql", "a1.sql", text));
    black_box(file::parse_sql(&source).is_ok());
    for dialect in Dialect::ALL {
        for statement in split(dialect, sql) {
            black_box((classify(dialect, statement.text), drops_data(dialect, statement.text)));
        }
    }
}

#[test]
#[ignore = "is the work that the next test counts, run by it under callgrind"]
fn work_for_callgrind() {
    let work = std::env::var(WORK).unwrap();
    let (count, shape) = work.split_once(' ').unwrap();
    let (_, build) = LONG.iter().chain(DEEP).find(|(name, _)| *name == shape).unwrap();
    measured_work(&build(count.parse().unwrap()));
}

/// Runs the work under callgrind; the instructions of it.
fn instructions(shape: &str, count: usize) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*measured_work*"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "work_for_callgrind", "--ignored", "--test-threads=1"])
        .env(WORK, format!("{count} {shape}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{shape} with {count}: {status}");
    callgrind::total(&out)
}

#[test]
fn ten_times_the_text_costs_at_most_twelve_times_the_instructions() {
    if !callgrind::is_there() {
        return;
    }
    let mut excesses = Vec::new();
    for (shape, _) in LONG.iter().chain(DEEP) {
        let (small, large) = (instructions(shape, SMALL), instructions(shape, LARGE));
        #[allow(clippy::cast_precision_loss, reason = "a ratio of two counts is printed with two decimals")]
        let ratio = large as f64 / small as f64;
        println!("{shape}: {small} -> {large} instructions, {ratio:.2} times");
        if ratio > LIMIT {
            excesses.push(format!("{shape}: {ratio:.2} times"));
        }
    }
    assert!(excesses.is_empty(), "more than {LIMIT} times: {excesses:?}");
}

/// Runs in a thread whose stack would not hold one frame for each of ten thousand levels.
fn with_a_small_stack(work: impl FnOnce() + Send + 'static) {
    with_a_stack(192 * 1024, work);
}

fn with_a_stack(bytes: usize, work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(bytes).spawn(work).unwrap().join().unwrap();
}

#[test]
fn ten_thousand_levels_of_sql_do_not_exhaust_the_stack() {
    with_a_small_stack(|| {
        for (_, build) in DEEP {
            measured_work(&build(10_000));
        }
    });
}

#[test]
fn ten_thousand_levels_of_rust_do_not_exhaust_the_stack() {
    with_a_small_stack(|| {
        let open = |piece: &str| piece.repeat(10_000);
        let bodies = [
            format!("{}{}", open("{"), open("}")),
            format!("{}{}", open("(["), open("])")),
            open("(["),
            open(")]"),
            format!("{}{}", open("/*"), open("*/")),
            open("/*"),
            format!("r{0}\"x\"{0}", open("#")),
            open("r#\" "),
        ];
        for body in bodies {
            let text = format!(
                "//! a title\nrevision! {{ id: \"a1\" }}\npub fn upgrade(op: &mut Operations) {{ {body} }}\n"
            );
            black_box(file::parse_rust(&Arc::new(Source::new("a1.rs", "a1.rs", text))).is_ok());
        }
        let list =
            format!("//! a title\nrevision! {{ id: \"a1\", down_revision: {}{} }}\n", open("["), open("]"));
        assert!(file::parse_rust(&Arc::new(Source::new("a1.rs", "a1.rs", list))).is_err());
    });
}

#[test]
fn a_hundred_thousand_levels_of_a_configuration_do_not_exhaust_the_stack() {
    // The parser goes down some of them before it refuses.
    with_a_stack(2 * 1024 * 1024, || {
        let open = |piece: &str| piece.repeat(100_000);
        let values = [
            format!("version_locations = {}{}\n", open("["), open("]")),
            format!("version_locations = {}\n", open("[")),
            format!("x = {}1{}\n", open("{a="), open("}")),
            format!("a{} = 1\n", open(".a")),
            format!("[a{}]\n", open(".a")),
        ];
        for text in values {
            let parsed = config::parse(&Arc::new(Source::new("alembic.toml", "alembic.toml", text)));
            assert!(!parsed.problems.is_empty());
        }
    });
}
