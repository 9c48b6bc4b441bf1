//! Ctrl-C and SIGTERM.

use super::place::{Place, Running, on_mysql, on_sqlite, same_everywhere};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;
use std::time::{Duration, Instant};

/// A statement that takes two seconds or so, on each kind of database.
const SLOW: &str = "-- slow\n-- revision: dddd1\n-- down_revision: cccc1\n\
    -- +upgrade sqlite\nWITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 10000000) INSERT INTO orders SELECT max(x) FROM t;\n\
    -- +upgrade postgres\nSELECT pg_sleep(2);\n\
    -- +upgrade mysql\nDO sleep(2);\n\
    -- +downgrade\nSELECT 1;\n";

fn slow() -> Project {
    shop().file("alembic/versions/dddd1.sql", SLOW).sql(
        "eeee1",
        "dddd1",
        "never",
        "CREATE TABLE never (id INT);",
        "SELECT 1;",
    )
}

/// Starts an upgrade, and waits until the slow revision is under way.
fn start(place: &Place) -> Running {
    place.run("upgrade cccc1");
    let running = place.start("upgrade");
    place.wait_until_busy();
    running
}

#[test]
fn a_signal_stops_the_run_behind_the_revision_that_is_running() {
    for signal in ["INT", "TERM"] {
        let outcome = same_everywhere(slow, |place| {
            let running = start(place);
            running.signal(signal);
            running.end() + &place.session(&["current", "upgrade"])
        });
        insta::allow_duplicates! { assert_snapshot!(outcome, @"
        upgrade dddd1  slow [TIME]
        [stderr]
        note: stopping after the stage that is running
        help: a second Ctrl-C ends the program immediately
        error: the run was stopped before its end
        now: the database is at dddd1
        help: the same command continues from there
        [exit 10]
        $ current
        dddd1
        $ upgrade
        upgrade eeee1  never [TIME]
        The database went from dddd1 to eeee1: 1 revision in [TIME]
        ") }
    }
}

#[test]
fn a_second_signal_ends_the_program_at_once() {
    let outcome = same_everywhere(slow, |place| {
        let running = start(place);
        running.signal("INT");
        std::thread::sleep(Duration::from_millis(100));
        let began = Instant::now();
        running.signal("INT");
        let outcome = running.end();
        assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
        place.run("upgrade");
        outcome + &place.session(&["current"])
    });
    assert_snapshot!(outcome, @"
    [stderr]
    note: stopping after the stage that is running
    help: a second Ctrl-C ends the program immediately
    error: the program was terminated during a run
    now: what was running may still be running in the database
    help: `servicekit migrations current` shows where the database is; the next run checks whether the stage was done, and continues from there
    [exit 11]
    $ current
    eeee1 (head)
    ");
}

#[test]
fn a_run_that_waits_for_another_stops_waiting() {
    let place = on_sqlite(shop());
    place.run("upgrade bbbb1");
    let held = place.hold();
    let running = place.start("upgrade");
    std::thread::sleep(Duration::from_millis(700));
    running.signal("INT");
    assert_snapshot!(running.end(), @"
    [stderr]
    note: waiting for the database, which another session holds, [TIME] so far
    note: stopping after the stage that is running
    help: a second Ctrl-C ends the program immediately
    error: the run was stopped before its end
    now: the database is at bbbb1
    help: the same command continues from there
    [exit 10]
    ");
    drop(held);
}

#[test]
fn a_revision_that_is_stopped_between_two_stages_is_partially_applied() {
    let steps = "CREATE TABLE a (id INT);\nDO sleep(1);\nCREATE TABLE b (id INT);";
    let Some(place) = on_mysql(shop().sql("dddd1", "cccc1", "in steps", steps, "SELECT 1;")) else { return };
    let running = start(&place);
    running.signal("INT");
    assert_snapshot!(running.end(), @"
    [stderr]
    note: stopping after the stage that is running
    help: a second Ctrl-C ends the program immediately
    error: the run was stopped before its end
    now: the database is at cccc1, and the upgrade of `dddd1` (in steps) is partially applied: stage 2 of 3 is done; it was started on [TIME] by servicekit-cli 0.1.0
    help: the same command continues from there
    [exit 10]
    ");
    assert_snapshot!(place.run("upgrade"), @"
    upgrade dddd1  in steps [TIME]
    The database went from cccc1 to dddd1: 1 revision in [TIME]
    ");
}
