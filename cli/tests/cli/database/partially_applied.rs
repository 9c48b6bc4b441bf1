//! Revisions that run in stages and stopped in the middle.

use super::place::{Place, on_mysql, on_postgres};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;

const UP: &str = "CREATE TABLE logs (id INT PRIMARY KEY);\nALTER TABLE nosuch ADD COLUMN x INT;\nALTER TABLE logs ADD COLUMN y INT;";

fn half() -> Project {
    shop().sql("dddd1", "cccc1", "create logs", UP, "DROP TABLE logs;")
}

#[test]
fn a_partially_applied_revision_is_fixed_and_finished() {
    let Some(place) = on_mysql(half()) else { return };
    assert_snapshot!(place.session(&["upgrade", "current", "current -v"]), @"
    $ upgrade
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    [stderr]
    error: the upgrade of revision `dddd1` (create logs) failed: Table '[DATABASE].nosuch' doesn't exist
     --> alembic/versions/dddd1.sql:6:13
      |
    6 | ALTER TABLE nosuch ADD COLUMN x INT;
      |             ^^^^^^ Table '[DATABASE].nosuch' doesn't exist
    now: stage 2 of 3 was not done, the stages before it stay; the database is at cccc1, with this revision partially applied
    help: fix the revision from this statement on and start again: it continues with this stage
    [exit 7]
    $ current
    cccc1

    the upgrade of `dddd1` (create logs) is partially applied: stage 2 of 3 was not done; it was started on [TIME] by servicekit-cli 0.1.0
    help: `servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong
    $ current -v
    Current revisions of [URL]:

    Rev: cccc1
    Parent: bbbb1
    Path: alembic/versions/cccc1.sql

        create orders

    the upgrade of `dddd1` (create logs) is partially applied: stage 2 of 3 was not done; it was started on [TIME] by servicekit-cli 0.1.0
    help: `servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong
    ");
    place.edit("dddd1", "nosuch", "logs");
    assert_snapshot!(place.session(&["upgrade", "current"]), @"
    $ upgrade
    upgrade dddd1  create logs [TIME]
    The database went from cccc1 to dddd1: 1 revision in [TIME]
    $ current
    dddd1 (head)
    ");
    assert!(place.ask("SELECT x, y FROM logs").is_empty());
}

#[test]
fn a_partially_applied_revision_is_an_object_of_its_own() {
    let Some(place) = on_mysql(half()) else { return };
    place.run("upgrade");
    assert_snapshot!(place.json("current"), @r#"
    {
      "heads": [
        "cccc1"
      ],
      "is_at_head": false,
      "partially_applied": {
        "application": "servicekit-cli 0.1.0",
        "direction": "upgrade",
        "help": "`servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong",
        "revision": "dddd1",
        "stage": 2,
        "stages": 3,
        "started_at": "[TIME]",
        "state": "failed"
      },
      "revisions": [
        {
          "branch_labels": [],
          "depends_on": [],
          "down_revision": [
            "bbbb1"
          ],
          "is_base": false,
          "is_branch_point": false,
          "is_head": false,
          "is_merge_point": false,
          "message": "create orders",
          "path": "alembic/versions/cccc1.sql",
          "revision": "cccc1"
        }
      ],
      "unknown": []
    }
    "#);
}

#[test]
fn a_partially_applied_revision_without_a_file_is_reported_as_unknown() {
    let Some(place) = on_mysql(half()) else { return };
    place.run("upgrade");
    std::fs::remove_file(place.project.path("alembic/versions/dddd1.sql")).unwrap();
    assert_snapshot!(place.session(&["current", "upgrade"]), @"
    $ current
    cccc1 (head)

    the upgrade of `dddd1`, which is unknown here, is partially applied: stage 2 of 3 was not done; it was started on [TIME] by servicekit-cli 0.1.0
    help: add its file to `alembic/versions`, or run the version of the application that started it
    $ upgrade
    [stderr]
    error: the upgrade of `dddd1`, which is not in `alembic/versions`, was started by servicekit-cli 0.1.0 and is partially applied
    now: nothing was run; the database is at cccc1, with that revision partially applied
    help: add its file to `alembic/versions`, or run the version of the application that started it
    [exit 9]
    ");
}

/// A history whose last revision calls a procedure: nobody can find out afterwards whether that was done.
fn fill() -> Project {
    let text = "-- fill\n-- revision: dddd1\n-- down_revision: cccc1\n-- +transaction off\n-- +upgrade\n\
                CREATE TABLE logs (id INT);\nCALL fill();\nINSERT INTO logs VALUES (1);\n\
                -- +downgrade\nDROP TABLE logs;\n";
    shop().file("alembic/versions/dddd1.sql", text)
}

/// A program that was killed in the call.
fn killed_in_the_call(place: &Place, slow: &str, fixed: &str) {
    place.run("upgrade cccc1");
    place.ask(slow);
    let running = place.start("upgrade");
    place.wait_for(
        "SELECT count(*) FROM alembic_journal WHERE revision = 'dddd1' AND stage = 2 AND state = 'intent'",
        "1",
    );
    running.kill();
    place.ask(fixed);
}

#[test]
fn a_stage_in_doubt_was_done() {
    let Some(place) = on_postgres(fill()) else { return };
    let procedure = |body: &str| {
        format!("CREATE OR REPLACE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN {body}; END $$")
    };
    let fixed = procedure("INSERT INTO orders VALUES (1)");
    killed_in_the_call(&place, &procedure("COMMIT; PERFORM pg_sleep(30)"), &fixed);
    assert_snapshot!(place.session_without_waits(&["current", "upgrade", "resolve done", "current", "upgrade"]), @"
    $ current
    cccc1

    the upgrade of `dddd1` (fill) is partially applied: stage 2 of 3 was started and has not finished; it was started on [TIME] by servicekit-cli 0.1.0
    help: if the run that started it is still running, wait for it; otherwise `servicekit migrations upgrade dddd1` checks whether the stage was done, and continues
    $ upgrade
    [stderr]
    error: stage 2 of 3 of the upgrade of revision `dddd1` is in doubt: it was started on [TIME]
     --> alembic/versions/dddd1.sql
      | CALL fill()
    found: the database cannot show whether this kind of statement was done
    now: nothing was run; the revision is partially applied
    help: check whether it was done, then record it: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`; the next run continues from there
    [exit 8]
    $ resolve done
    Recorded: stage 2 of 3 of the upgrade of `dddd1` (fill) was done
    help: `servicekit migrations upgrade dddd1` continues with the next stage
    $ current
    cccc1

    the upgrade of `dddd1` (fill) is partially applied: stage 2 of 3 was resolved as done; it was started on [TIME] by servicekit-cli 0.1.0
    help: `servicekit migrations upgrade dddd1` continues with the next stage
    $ upgrade
    upgrade dddd1  fill [TIME]
    The database went from cccc1 to dddd1: 1 revision in [TIME]
    ");
    assert!(place.ask("SELECT id FROM orders").is_empty(), "a stage that was done is not run");
}

#[test]
fn a_stage_in_doubt_was_not_done() {
    let Some(place) = on_mysql(fill()) else { return };
    let procedure =
        |body: &str| format!("DROP PROCEDURE IF EXISTS fill; CREATE PROCEDURE fill() BEGIN {body}; END");
    let fixed = procedure("INSERT INTO orders VALUES (1)");
    killed_in_the_call(&place, &procedure("DO sleep(30)"), &fixed);
    assert_snapshot!(place.session_without_waits(&["upgrade", "upgrade --json", "resolve not-done", "current", "upgrade"]), @r#"
    $ upgrade
    [stderr]
    error: stage 2 of 3 of the upgrade of revision `dddd1` is in doubt: it was started on [TIME]
     --> alembic/versions/dddd1.sql
      | CALL fill()
    found: the database cannot show whether this kind of statement was done
    now: nothing was run; the revision is partially applied
    help: check whether it was done, then record it: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`; the next run continues from there
    [exit 8]
    $ upgrade --json
    {
      "error": {
        "code": "in_doubt",
        "message": "stage 2 of 3 of the upgrade of revision `dddd1` is in doubt: it was started on [TIME]\n --> alembic/versions/dddd1.sql\n  | CALL fill()\nfound: the database cannot show whether this kind of statement was done",
        "help": "check whether it was done, then record it: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`; the next run continues from there",
        "state": "nothing was run; the revision is partially applied",
        "heads": [
          "cccc1"
        ]
      }
    }
    [exit 8]
    $ resolve not-done
    Recorded: stage 2 of 3 of the upgrade of `dddd1` (fill) was not done
    help: `servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong
    $ current
    cccc1

    the upgrade of `dddd1` (fill) is partially applied: stage 2 of 3 was not done; it was started on [TIME] by servicekit-cli 0.1.0
    help: `servicekit migrations upgrade dddd1` runs this stage again; fix the file first if the statement is wrong
    $ upgrade
    upgrade dddd1  fill [TIME]
    The database went from cccc1 to dddd1: 1 revision in [TIME]
    "#);
    assert_eq!(place.ask("SELECT id FROM orders"), ["1"]);
}
