//! Version rows and their table, without a run.

use super::place::{on_mysql, on_sqlite, same_everywhere};
use super::up_and_down::shop;
use insta::assert_snapshot;

#[test]
fn rows_of_another_history_are_purged_by_a_stamp() {
    assert_snapshot!(same_everywhere(shop, |place| {
        place.run("upgrade");
        place.ask("UPDATE alembic_version SET version_num = 'nosuch'");
        let said = place.session(&["stamp bbbb1", "stamp bbbb1 --purge", "current", "stamp bbbb1 --purge", "stamp base --purge", "current", "stamp head --purge --json"]);
        format!("{said}{:?}", place.ask("SELECT revision, direction, message FROM alembic_journal WHERE direction = 'stamp' ORDER BY seq"))
    }), @r#"
    $ stamp bbbb1
    [stderr]
    error: the database is ahead of `alembic/versions`: it is at `nosuch`, which does not exist there
    now: nothing more is run; the database is at nosuch
    help: add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own
    [exit 9]
    $ stamp bbbb1 --purge
    The database was stamped at bbbb1; it was at nosuch
    $ current
    bbbb1
    $ stamp bbbb1 --purge
    The database is at bbbb1
    $ stamp base --purge
    The database was stamped at <base>; it was at bbbb1
    $ current
    [stderr]
    note: no revision is applied
    $ stamp head --purge --json
    {
      "from": [],
      "to": [
        "cccc1"
      ],
      "steps": [],
      "edited": [],
      "elapsed_ms": "[TIME]"
    }
    ["bbbb1|stamp|stamp nosuch -> bbbb1", "base|stamp|stamp bbbb1 -> base", "cccc1|stamp|stamp base -> cccc1"]
    "#);
}

#[test]
fn the_tables_are_made_and_nothing_is_written_into_them() {
    assert_snapshot!(same_everywhere(shop, |place| {
        let said = place.session(&["ensure_version", "ensure_version -q", "ensure-version --json", "upgrade aaaa1 -q", "ensure_version"]);
        format!("{said}{}", place.rows())
    }), @r#"
    $ ensure_version
    The tables alembic_version and alembic_journal exist
    $ ensure_version -q
    $ ensure-version --json
    {
      "heads": [],
      "is_at_head": false,
      "revisions": [],
      "unknown": [],
      "partially_applied": null
    }
    $ upgrade aaaa1 -q
    $ ensure_version
    The tables alembic_version and alembic_journal exist
    aaaa1
    "#);
}

#[test]
fn whether_a_database_is_at_head_is_an_exit_code() {
    assert_snapshot!(same_everywhere(shop, |place| {
        place.run("upgrade -q aaaa1");
        place.session(&["current --check-heads", "current --check-heads --json", "upgrade -q", "current --check-heads"])
    }), @r#"
    $ current --check-heads
    aaaa1
    [stderr]
    error: Target database is not up to date: `bbbb1` (add email) and `cccc1` (create orders) are pending
    now: the database is at aaaa1
    help: `servicekit migrations upgrade` brings it there
    [exit 13]
    $ current --check-heads --json
    {
      "error": {
        "code": "not_at_head",
        "message": "Target database is not up to date: `bbbb1` (add email) and `cccc1` (create orders) are pending",
        "help": "`servicekit migrations upgrade` brings it there",
        "state": "the database is at aaaa1",
        "heads": [
          "aaaa1"
        ]
      }
    }
    [exit 13]
    $ upgrade -q
    $ current --check-heads
    cccc1 (head)
    "#);
    let ahead = on_sqlite(shop());
    ahead.run("upgrade -q");
    ahead.ask("UPDATE alembic_version SET version_num = 'nosuch'");
    assert_snapshot!(ahead.session(&["current --check-heads"]), @"
    $ current --check-heads
    nosuch (unknown here)
    [stderr]
    error: Target database is not up to date
    now: the database is at nosuch
    [exit 13]
    ");
}

#[test]
fn the_history_shows_where_a_database_is() {
    let place = on_sqlite(shop());
    place.run("upgrade -q bbbb1");
    assert_snapshot!(place.session(&["history -i", "history -i -v", "history -r current:", "history -i -r :current", "history -i --json"]), @r#"
    $ history -i
     bbbb1 -> cccc1 (head), create orders
     aaaa1 -> bbbb1 (current), add email
    <base> -> aaaa1, create users
    $ history -i -v
    Rev: cccc1 (head)
    Parent: bbbb1
    Path: alembic/versions/cccc1.sql

        create orders

    Rev: bbbb1 (current)
    Parent: aaaa1
    Path: alembic/versions/bbbb1.sql

        add email

    Rev: aaaa1
    Parent: <base>
    Path: alembic/versions/aaaa1.sql

        create users
    $ history -r current:
    bbbb1 -> cccc1 (head), create orders
    aaaa1 -> bbbb1, add email
    $ history -i -r :current
     aaaa1 -> bbbb1 (current), add email
    <base> -> aaaa1, create users
    $ history -i --json
    [
      {
        "revision": "cccc1",
        "down_revision": [
          "bbbb1"
        ],
        "branch_labels": [],
        "depends_on": [],
        "message": "create orders",
        "path": "alembic/versions/cccc1.sql",
        "is_head": true,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": false,
        "is_current": false
      },
      {
        "revision": "bbbb1",
        "down_revision": [
          "aaaa1"
        ],
        "branch_labels": [],
        "depends_on": [],
        "message": "add email",
        "path": "alembic/versions/bbbb1.sql",
        "is_head": false,
        "is_base": false,
        "is_branch_point": false,
        "is_merge_point": false,
        "is_current": true
      },
      {
        "revision": "aaaa1",
        "down_revision": [],
        "branch_labels": [],
        "depends_on": [],
        "message": "create users",
        "path": "alembic/versions/aaaa1.sql",
        "is_head": false,
        "is_base": true,
        "is_branch_point": false,
        "is_merge_point": false,
        "is_current": false
      }
    ]
    "#);
}

#[test]
fn a_stamp_that_purges_clears_a_partially_applied_revision() {
    let half = "CREATE TABLE logs (id INT PRIMARY KEY);\nALTER TABLE nosuch ADD COLUMN x INT;";
    let Some(place) = on_mysql(shop().sql("dddd1", "cccc1", "create logs", half, "DROP TABLE logs;")) else {
        return;
    };
    place.run("upgrade -q");
    assert_eq!(place.rows(), "cccc1, in:progress");
    assert_snapshot!(place.session(&["stamp cccc1 --purge", "current"]), @"
    $ stamp cccc1 --purge
    The database is at cccc1
    $ current
    cccc1
    ");
    assert_eq!(place.rows(), "cccc1");
    place.ask("DROP TABLE logs");
    place.edit("dddd1", "nosuch", "logs");
    assert!(place.run("upgrade").contains("1 revision in"));
}
