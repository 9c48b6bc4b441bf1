//! Processes that pull in different directions: upgrades, downgrades and stamps at once, with both kinds of
//! transaction. Whatever happens, the journal tells one story, and it is what happened.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::Migrations;
use servicekit::options::TransactionMode;
use std::process::Child;
use support::{File, ask, child, child_file, history, integrity, rounds, sql, version_rows, wait};

const REVISIONS: usize = 8;
const PROCESSES: usize = 6;

fn id(index: usize) -> &'static str {
    ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"][index]
}

/// Revisions that only note what they did, so that a stamp does not stand in the way of the next one.
fn migrations() -> Migrations {
    let note = |index: usize, side: &str| format!("INSERT INTO log (line) VALUES ('{side} {}');", id(index));
    let revisions: Vec<_> = (0..REVISIONS)
        .map(|index| {
            let parent: Vec<&'static str> = index.checked_sub(1).map(id).into_iter().collect();
            sql(id(index), &parent, &note(index, "upgrade"), &note(index, "downgrade"))
        })
        .collect();
    history(&revisions)
}

/// What one process does: some runs, each chosen by a number that differs from process to process.
#[tokio::test]
async fn puller() {
    let Some(path) = child_file() else { return };
    let mut dice: usize = std::env::var("SERVICEKIT_TEST_DICE").unwrap().parse().unwrap();
    let options = servicekit::sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = servicekit::sqlx::SqlitePool::connect_with(options).await.unwrap();
    let (mut done, mut moved) = (0, 0);
    for run in 0..rounds("SERVICEKIT_MIXED_RUNS", 12) {
        // Any generator will do whose numbers do not go round in small circles.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (choice, target) = ((dice >> 33) % 7, id((dice >> 40) % REVISIONS));
        let mode = if run % 2 == 0 { TransactionMode::PerRun } else { TransactionMode::PerRevision };
        let migrator = migrations().migrator().transaction(mode);
        let result = match choice {
            0 | 1 => migrator.upgrade(&pool).await,
            2 => migrator.upgrade_to(&pool, target).await,
            3 => migrator.downgrade_to(&pool, "base").await,
            4 | 5 => migrator.downgrade_to(&pool, target).await,
            _ => migrator.stamp(&pool, target).await,
        };
        match result {
            Ok(_) => done += 1,
            // To go back to what is not applied, or to go on after another session went somewhere else, is
            // refused.
            Err(error) if matches!(error.code(), "moved_by_another" | "no_plan") => moved += 1,
            Err(error) => panic!("{}: {error}", error.code()),
        }
    }
    println!("<<{done} done, {moved} refused>>");
}

#[tokio::test]
async fn upgrades_downgrades_and_stamps_at_once_leave_a_journal_that_is_one_story() {
    for round in 0..rounds("SERVICEKIT_MIXED_ROUNDS", 2) {
        let file = File::new();
        let mut connection = file.connection().await;
        let log = "CREATE TABLE log (line TEXT)";
        servicekit::sqlx::query(log).execute(&mut connection).await.unwrap();

        let start = |process: usize| -> Child {
            let dice = (round * PROCESSES + process + 1) * 7919;
            child("puller", &file.path()).env("SERVICEKIT_TEST_DICE", dice.to_string()).spawn().unwrap()
        };
        let children: Vec<Child> = (0..PROCESSES).map(start).collect();
        for child in children {
            let (ok, text) = wait(child);
            assert!(ok, "round {round}: {text}");
            let said = text.split("<<").nth(1).and_then(|rest| rest.split(">>").next());
            println!("round {round}: {}", said.unwrap_or_else(|| panic!("nothing said: {text}")));
        }

        let journal =
            "SELECT direction || ' ' || revision || '|' || message FROM alembic_journal ORDER BY seq";
        let journal = ask(&mut connection, journal).await;
        let (mut at, mut ran) = ("base", Vec::new());
        for line in journal.lines() {
            let (step, message) = line.split_once('|').unwrap();
            let (direction, revision) = step.split_once(' ').unwrap();
            let parent =
                (0..REVISIONS).position(|index| id(index) == revision).and_then(|index| index.checked_sub(1));
            let parent = parent.map_or("base", id);
            let (from, to) = match direction {
                "upgrade" => (parent, revision),
                "downgrade" => (revision, parent),
                _ => message.strip_prefix("stamp ").unwrap().split_once(" -> ").unwrap(),
            };
            assert_eq!(from, at, "{line} of:\n{journal}");
            at = to;
            if direction != "stamp" {
                ran.push(step);
            }
        }
        assert_eq!(ask(&mut connection, "SELECT line FROM log ORDER BY rowid").await, ran.join("\n"));
        assert_eq!(version_rows(&mut connection).await, if at == "base" { "" } else { at });
        assert_eq!(integrity(&mut connection).await, "ok");
        println!("round {round}: {} steps, {} of them run, one story", journal.lines().count(), ran.len());
    }
}
