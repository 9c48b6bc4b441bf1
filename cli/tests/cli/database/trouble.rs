//! Runs that fail.

use super::place::{everywhere, on_sqlite, same_everywhere};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;

fn broken() -> Project {
    shop().sql(
        "dddd1",
        "cccc1",
        "index orders",
        "INSERT INTO orders VALUES (1);\nINSERT INTO\n  nosuch VALUES (1);",
        "SELECT 1;",
    )
}

#[test]
fn a_statement_that_fails_is_shown_at_its_place() {
    for place in everywhere(broken) {
        let shown = place.run("upgrade");
        if place.is_sqlite() {
            assert_snapshot!(shown, @"
            upgrade aaaa1  create users [TIME]
            upgrade bbbb1  add email [TIME]
            upgrade cccc1  create orders [TIME]
            [stderr]
            error: the upgrade of revision `dddd1` (index orders) failed: no such table: nosuch
             --> alembic/versions/dddd1.sql:7:3
              |
            7 |   nosuch VALUES (1);
              |   ^^^^^^ no such table: nosuch
            now: the transaction was rolled back; the database is at cccc1
            help: fix the revision and start again
            [exit 7]
            ");
        } else if place.is_mysql() {
            assert_snapshot!(shown, @"
            upgrade aaaa1  create users [TIME]
            upgrade bbbb1  add email [TIME]
            upgrade cccc1  create orders [TIME]
            [stderr]
            error: the upgrade of revision `dddd1` (index orders) failed: Table '[DATABASE].nosuch' doesn't exist
             --> alembic/versions/dddd1.sql:7:3
              |
            7 |   nosuch VALUES (1);
              |   ^^^^^^ Table '[DATABASE].nosuch' doesn't exist
            now: the transaction was rolled back; the database is at cccc1
            help: fix the revision and start again
            [exit 7]
            ");
        } else {
            assert_snapshot!(shown, @r#"
            upgrade aaaa1  create users [TIME]
            upgrade bbbb1  add email [TIME]
            upgrade cccc1  create orders [TIME]
            [stderr]
            error: the upgrade of revision `dddd1` (index orders) failed: relation "nosuch" does not exist
             --> alembic/versions/dddd1.sql:7:3
              |
            7 |   nosuch VALUES (1);
              |   ^^^^^^ relation "nosuch" does not exist
            now: the transaction was rolled back; the database is at cccc1
            help: fix the revision and start again
            [exit 7]
            "#);
        }
        assert_eq!(place.run("current"), "cccc1\n");
    }
}

#[test]
fn one_transaction_for_the_run_undoes_all_of_it() {
    let place = on_sqlite(broken());
    assert_snapshot!(place.session(&["upgrade --transaction per-run", "current"]), @"
    $ upgrade --transaction per-run
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    [stderr]
    error: the upgrade of revision `dddd1` (index orders) failed: no such table: nosuch
     --> alembic/versions/dddd1.sql:7:3
      |
    7 |   nosuch VALUES (1);
      |   ^^^^^^ no such table: nosuch
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    [exit 7]
    $ current
    [stderr]
    note: no revision is applied
    ");
}

#[test]
fn a_downgrade_that_is_not_there_is_found_before_anything_runs() {
    let one_way = "-- drop old\n-- revision: dddd1\n-- down_revision: cccc1\n-- +upgrade\nSELECT 1;\n";
    let place = on_sqlite(shop().file("alembic/versions/dddd1.sql", one_way));
    place.run("upgrade");
    assert_snapshot!(place.run("downgrade base"), @"
    [stderr]
    error: revision `dddd1` cannot be reverted: `alembic/versions/dddd1.sql` has no downgrade
    now: nothing was run; the database is at dddd1
    help: write its downgrade, or restore a backup
    [exit 1]
    ");
}

#[test]
fn a_broken_chain_is_shown_and_no_database_is_opened() {
    let place = on_sqlite(shop().sql("dddd1", "cccc2", "lost", "SELECT 1;", ""));
    let expected = place.run("heads");
    assert!(expected.ends_with("[exit 3]\n"), "{expected}");
    for command in ["upgrade", "downgrade base", "current", "stamp head", "resolve done"] {
        assert_eq!(place.run(command), expected, "{command}");
    }
    assert!(!place.project.path("app.db").exists());
}

#[test]
fn a_stray_file_keeps_commands_from_running() {
    let place = on_sqlite(shop().file("alembic/versions/notes.txt", "?"));
    assert_snapshot!(place.run("upgrade"), @"
    [stderr]
    error: `alembic/versions/notes.txt` is not a revision file
    --> alembic/versions/notes.txt
    help: revisions are `.sql` or `.rs` files: move this one away (hidden files, `README*`, `mod.rs` and what editors leave behind may stay)
    [exit 3]
    ");
}

#[test]
fn a_database_that_is_ahead_is_left_alone() {
    let outcome = same_everywhere(shop, |place| {
        place.run("upgrade");
        std::fs::remove_file(place.project.path("alembic/versions/cccc1.sql")).unwrap();
        place.session(&["upgrade", "downgrade base", "stamp bbbb1", "current", "current -v"])
    });
    assert_snapshot!(outcome, @"
    $ upgrade
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ downgrade base
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ stamp bbbb1
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `cccc1`, which does not exist there
    note: `cccc1` was applied on [TIME] by servicekit-cli 0.1.0
    now: nothing more is run; the database is at cccc1
    help: add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ current
    cccc1 (unknown here)
    $ current -v
    Current revisions of [URL]:

    cccc1 (unknown here)
    ");
}

#[test]
fn nothing_is_in_doubt_where_nothing_is_partially_applied() {
    let session = ["upgrade bbbb1", "resolve done", "resolve not-done"];
    assert_snapshot!(same_everywhere(shop, |place| place.session(&session)), @"
    $ upgrade bbbb1
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ resolve done
    [stderr]
    error: no stage is in doubt
    now: nothing was changed; the database is at bbbb1
    help: only a stage that was started and not finished can be resolved
    [exit 1]
    $ resolve not-done
    [stderr]
    error: no stage is in doubt
    now: nothing was changed; the database is at bbbb1
    help: only a stage that was started and not finished can be resolved
    [exit 1]
    ");
}
