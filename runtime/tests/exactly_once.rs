//! Processes that race for one file, and processes that are killed: each revision exactly once.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::{Migrations, Progress};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Child;
use std::time::Duration;
use support::{
    File, Rev, ask, child, child_file, counting_history, history, integrity, rounds, sql_text, version_rows,
    wait,
};

const REVISIONS: usize = 40;
const STARTERS: usize = 32;

fn migrations() -> Migrations {
    if std::env::var_os(TARGET).is_some() { stepwise_history() } else { counting_history(REVISIONS) }
}

/// How many revisions there are where starters have a target: one for each that goes one up.
const STEPWISE: usize = 48;

/// A linear history of which every third revision is done stage by stage, each step counted.
fn stepwise_history() -> Migrations {
    let mut revisions: Vec<Rev> = Vec::with_capacity(STEPWISE);
    let mut parent: Option<&'static str> = None;
    for index in 0..STEPWISE {
        let id: &'static str = format!("rev{index:04}").leak();
        let off = if index % 3 == 1 { "-- +transaction off\n\n" } else { "" };
        let count = |side: &str, step: &str| format!("INSERT INTO counter VALUES ('{side} {id} {step}');");
        let first = if index == 0 { "CREATE TABLE counter (step TEXT NOT NULL);\n" } else { "" };
        let sections = format!(
            "{off}-- +upgrade\n{first}{}\nCREATE TABLE t{index} (x);\n{}\n\n\
             -- +downgrade\n{}\nDROP TABLE t{index};\n{}\n",
            count("up", "1"),
            count("up", "2"),
            count("down", "1"),
            count("down", "2"),
        );
        revisions.push(sql_text(id, &parent.into_iter().collect::<Vec<_>>(), &sections));
        parent = Some(id);
    }
    history(&revisions)
}

/// What a starter does: wait for the signal, upgrade, say how many revisions it applied.
#[tokio::test]
async fn starter() {
    let Some(path) = child_file() else { return };
    let go = path.with_extension("go");
    while !go.exists() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let options =
        servicekit::sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = servicekit::sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut migrator = migrations().migrator();
    if let Ok(time) = std::env::var(COMMIT_AFTER) {
        migrator = migrator.commit_after(Duration::from_micros(time.parse().unwrap()));
    }
    let migrator = migrator.on_progress(|progress| {
        if let Progress::Started { step, .. } = progress {
            println!("{STARTS} {step}");
        }
    });
    let report = match std::env::var(TARGET) {
        Ok(target) if target.starts_with("down ") => {
            migrator.downgrade_to(&pool, target.trim_start_matches("down ")).await.unwrap()
        }
        Ok(target) => migrator.upgrade_to(&pool, target.as_str()).await.unwrap(),
        Err(_) => migrator.upgrade(&pool).await.unwrap(),
    };
    println!("applied={} at={}", report.steps.len(), report.to);
}

/// Where a starter goes, if not to head; and what it runs.
const TARGET: &str = "SERVICEKIT_TEST_TARGET";

/// For how many microseconds revisions share a commit, if not as long as usual.
const COMMIT_AFTER: &str = "SERVICEKIT_TEST_COMMIT_AFTER";

fn start(path: &Path) -> Child {
    child("starter", path).spawn().unwrap()
}

/// Starts one whose revisions share a commit for so many microseconds.
fn start_committing(file: &File, commit_after: usize) -> Child {
    child("starter", &file.path()).env(COMMIT_AFTER, commit_after.to_string()).spawn().unwrap()
}

/// What a starter prints when a revision begins.
const STARTS: &str = "begins revision";

/// Starts one, and kills it some moments after it began its `steps`th revision; false when it ended before.
fn start_and_kill(file: &File, steps: usize, moments: Duration, commit_after: usize) -> bool {
    std::fs::write(file.path().with_extension("go"), "").unwrap();
    let mut child = start_committing(file, commit_after);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let met = lines.filter(|line| line.starts_with(STARTS)).nth(steps).is_some();
    std::thread::sleep(moments);
    child.kill().unwrap();
    child.wait().unwrap();
    met
}

/// How many revisions a starter says that it applied.
fn applied(text: &str) -> usize {
    let number = text.split("applied=").nth(1).and_then(|rest| rest.split_whitespace().next());
    number.unwrap_or_else(|| panic!("no count in: {text}")).parse().unwrap()
}

/// The state that every start must lead to, whatever happened before.
async fn assert_finished(file: &File) {
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, format!("rev{:04}", REVISIONS - 1));
    let counted =
        ask(&mut connection, "SELECT count(*) || ' ' || count(DISTINCT revision) FROM counter").await;
    assert_eq!(counted, format!("{REVISIONS} {REVISIONS}"), "each data step exactly once");
    let journal = ask(
        &mut connection,
        "SELECT count(*) || ' ' || count(DISTINCT revision) || ' ' || sum(state = 'done') FROM alembic_journal",
    )
    .await;
    assert_eq!(journal, format!("{REVISIONS} {REVISIONS} {REVISIONS}"), "each revision once in the journal");
    assert_eq!(integrity(&mut connection).await, "ok");
}

#[tokio::test]
async fn processes_that_start_together_apply_each_revision_once_and_all_succeed() {
    for round in 0..rounds("SERVICEKIT_RACE_ROUNDS", 2) {
        let file = File::new();
        // Some commit each revision, some several together, some all.
        let start = |index: usize| start_committing(&file, [0, 3_000, 100_000][index % 3]);
        let children: Vec<Child> = (0..STARTERS).map(start).collect();
        std::fs::write(file.path().with_extension("go"), "").unwrap();

        let results: Vec<(bool, String)> = children.into_iter().map(wait).collect();

        let failed: Vec<&String> = results.iter().filter(|(ok, _)| !ok).map(|(_, text)| text).collect();
        assert!(failed.is_empty(), "{} failed, the first: {}", failed.len(), failed[0]);
        let counts: Vec<usize> = results.iter().map(|(_, text)| applied(text)).collect();
        assert_eq!(counts.iter().sum::<usize>(), REVISIONS);
        assert_finished(&file).await;
        println!(
            "round {round}: {STARTERS} starters, {} applied {REVISIONS} revisions between them, {} found nothing left, 0 failed",
            counts.iter().filter(|&&count| count > 0).count(),
            counts.iter().filter(|&&count| count == 0).count(),
        );
    }
}

/// Starts as many as there are revisions, all with one target; gives how many revisions each ran.
fn race_to(file: &File, target: &str) -> Vec<usize> {
    let go = file.path().with_extension("go");
    let _ = std::fs::remove_file(&go);
    let start = || child("starter", &file.path()).env(TARGET, target).spawn().unwrap();
    let children: Vec<Child> = (0..STEPWISE).map(|_| start()).collect();
    std::fs::write(&go, "").unwrap();
    let results: Vec<(bool, String)> = children.into_iter().map(wait).collect();
    let failed: Vec<&String> = results.iter().filter(|(ok, _)| !ok).map(|(_, text)| text).collect();
    assert!(failed.is_empty(), "{target}: {} failed, the first: {}", failed.len(), failed[0]);
    results.iter().map(|(_, text)| applied(text)).collect()
}

/// How many revisions of [`stepwise_history`] are applied; each of their steps ran once on each way.
async fn steps_taken(file: &File, moves: usize) -> usize {
    let mut connection = file.connection().await;
    let counted = ask(&mut connection, "SELECT count(*) || ' ' || count(DISTINCT step) FROM counter").await;
    assert_eq!(counted, format!("{0} {0}", moves * 2), "each step once");
    let rows = version_rows(&mut connection).await;
    rows.strip_prefix("rev").map_or(0, |number| number.parse::<usize>().unwrap() + 1)
}

#[tokio::test]
async fn starters_with_one_target_all_succeed_whatever_it_is_called() {
    let last: &str = &format!("rev{:04}", STEPWISE - 1);
    for round in 0..rounds("SERVICEKIT_RACE_ROUNDS", 1) {
        for (target, reached, back) in [
            ("head", STEPWISE, "down base"),
            ("heads", STEPWISE, "down rev0000-1"),
            (last, STEPWISE, "down head-48"),
            ("head-1", STEPWISE - 1, "down base"),
        ] {
            let file = File::new();
            let up: usize = race_to(&file, target).iter().sum();
            assert_eq!((up, steps_taken(&file, up).await), (reached, reached), "{target}");
            let down: usize = race_to(&file, back).iter().sum();
            assert_eq!((down, steps_taken(&file, up + down).await), (reached, 0), "{back}");
            println!("round {round}: {STEPWISE} starters to {target} and {back}, 0 failed");
        }
    }
}

#[tokio::test]
async fn starters_that_each_go_one_further_all_succeed() {
    let file = File::new();
    // What a relative target means is settled when a run first looks: those that look together go to one place.
    let counts = race_to(&file, "+1");
    let up: usize = counts.iter().sum();
    assert_eq!(steps_taken(&file, up).await, up, "{counts:?}");
    assert!(up >= 1 && counts.iter().all(|&count| count <= 1), "{counts:?}");
    let file = File::new();
    race_to(&file, "head");
    let counts = race_to(&file, "down -1");
    let down: usize = counts.iter().sum();
    assert_eq!(steps_taken(&file, STEPWISE + down).await, STEPWISE - down, "{counts:?}");
    assert!(down >= 1 && counts.iter().all(|&count| count <= 1), "{counts:?}");
    println!("{STEPWISE} starters with +1 went {up} up, with -1 {down} down, 0 failed");
}

#[tokio::test]
async fn a_start_after_a_kill_finishes_with_nothing_lost_and_nothing_twice() {
    let total = rounds("SERVICEKIT_KILL_ROUNDS", 25);
    let (mut killed, mut half_way, mut kills) = (0, 0, 0);
    for round in 0..total {
        let file = File::new();
        // Up to three kills in a row, at moments that differ from round to round.
        for attempt in 1..=3 {
            let dice = round * 7919 + attempt * 104_729;
            let moments = Duration::from_micros(u64::try_from(dice % 4000).unwrap());
            // A commit for each, some of them for several, one for all.
            let commit_after = [0, 3_000, 10_000, 1_000_000][(round + attempt) % 4];
            if !start_and_kill(&file, dice % (REVISIONS / attempt), moments, commit_after) {
                break;
            }
            kills += 1;
        }
        let state = state(&file).await;
        killed += usize::from(state < REVISIONS);
        half_way += usize::from(0 < state && state < REVISIONS);

        let (ok, text) = wait(start(&file.path()));
        assert!(ok, "round {round}: {text}");
        assert_eq!(applied(&text), REVISIONS - state, "the start goes on where the kill left off");
        assert_finished(&file).await;
    }
    println!(
        "{total} rounds, {kills} kills: {killed} left something to do ({half_way} half-way), all finished, 0 lost, 0 twice"
    );
    assert!(killed > 0, "no kill fell into a run");
}

/// How many revisions are applied; version rows, journal and counter must agree about it at any time.
async fn state(file: &File) -> usize {
    if !file.path().exists() {
        return 0;
    }
    let mut connection = file.connection().await;
    let exists =
        ask(&mut connection, "SELECT count(*) || '' FROM sqlite_schema WHERE name = 'alembic_version'").await;
    if exists == "0" {
        return 0;
    }
    let counts = ask(
        &mut connection,
        "SELECT (SELECT count(*) FROM counter) || ' ' || (SELECT count(*) FROM alembic_journal) || ' ' || \
         (SELECT 1 + substr(version_num, 4) FROM alembic_version)",
    )
    .await;
    let numbers: Vec<usize> = counts.split(' ').map(|number| number.parse().unwrap()).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] == pair[1]), "counter, journal and rows differ: {counts}");
    numbers[0]
}
