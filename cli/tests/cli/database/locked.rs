//! A database that another session holds.

use super::place::{everywhere, on_mysql, on_sqlite};
use super::up_and_down::shop;
use insta::assert_snapshot;

#[test]
fn a_file_that_is_being_written_to_is_waited_for_until_the_acquire_timeout() {
    let place = on_sqlite(shop());
    place.run("upgrade bbbb1");
    let held = place.hold();
    let session = [
        "upgrade --acquire-timeout 0.6",
        "downgrade base --acquire-timeout 0",
        "stamp cccc1 --acquire-timeout 0",
        "upgrade --acquire-timeout 0 --json",
        "current",
    ];
    assert_snapshot!(place.session(&session), @r#"
    $ upgrade --acquire-timeout 0.6
    [stderr]
    note: waiting for the database, which another session holds, [TIME] so far
    error: another session held the database for [TIME]
    now: what was not committed has been rolled back; the database is at bbbb1
    help: find out who writes to it (a transaction left open, a backup), or wait longer with `--acquire-timeout`
    [exit 6]
    $ downgrade base --acquire-timeout 0
    [stderr]
    error: another session held the database for [TIME]
    now: what was not committed has been rolled back; the database is at bbbb1
    help: find out who writes to it (a transaction left open, a backup), or wait longer with `--acquire-timeout`
    [exit 6]
    $ stamp cccc1 --acquire-timeout 0
    [stderr]
    error: another session held the database for [TIME]
    now: what was not committed has been rolled back; the database is at bbbb1
    help: find out who writes to it (a transaction left open, a backup), or wait longer with `--acquire-timeout`
    [exit 6]
    $ upgrade --acquire-timeout 0 --json
    {
      "error": {
        "code": "locked",
        "message": "another session held the database for [TIME]",
        "help": "find out who writes to it (a transaction left open, a backup), or wait longer with `--acquire-timeout`",
        "state": "what was not committed has been rolled back; the database is at bbbb1",
        "heads": [
          "bbbb1"
        ]
      }
    }
    [exit 6]
    $ current
    bbbb1
    "#);
    drop(held);
    assert_snapshot!(place.run("upgrade"), @"
    upgrade cccc1  create orders [TIME]
    The database went from bbbb1 to cccc1: 1 revision in [TIME]
    ");
}

#[test]
fn a_partially_applied_revision_is_reported_while_another_session_holds_the_database() {
    let half = "CREATE TABLE logs (id INT PRIMARY KEY);\nALTER TABLE nosuch ADD COLUMN x INT;";
    let Some(place) = on_mysql(shop().sql("dddd1", "cccc1", "create logs", half, "DROP TABLE logs;")) else {
        return;
    };
    place.run("upgrade");
    place.edit("dddd1", "ALTER TABLE nosuch", "DO sleep(3); ALTER TABLE nosuch");
    let running = place.start("upgrade");
    place.wait_until_busy();
    let shown = place.run("upgrade --acquire-timeout 0");
    assert!(
        shown.contains(
            "; the database is at cccc1, and the upgrade of `dddd1` (create logs) is partially applied: stage "
        ),
        "{shown}"
    );
    running.kill();
}

#[test]
fn another_run_is_named() {
    let slow = "-- slow\n-- revision: dddd1\n-- down_revision: cccc1\n-- +upgrade postgres\nSELECT pg_sleep(3);\n-- +upgrade mysql\nDO sleep(3);\n-- +downgrade\n";
    for place in everywhere(|| shop().file("alembic/versions/dddd1.sql", slow)) {
        if place.is_sqlite() {
            continue;
        }
        place.run("upgrade cccc1");
        let running = place.start("upgrade");
        place.wait_until_busy();
        let shown = place.run("upgrade --acquire-timeout 1");
        assert!(shown.contains("note: waiting for another run, [TIME] so far: session "), "{shown}");
        assert!(shown.contains("error: another run held the database for [TIME]: session "), "{shown}");
        assert!(shown.contains("\nhelp: wait for it, or end that session, and start again\n"), "{shown}");
        assert!(shown.ends_with("[exit 6]\n"), "{shown}");
        assert!(running.end().ends_with("The database went from cccc1 to dddd1: 1 revision in [TIME]\n"));
    }
}
