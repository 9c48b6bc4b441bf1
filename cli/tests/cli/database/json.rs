//! The documents of `--json`.

use super::place::{on_sqlite, same_everywhere};
use super::up_and_down::{shop, two_branches};
use insta::assert_snapshot;

#[test]
fn a_run_is_one_document_with_its_steps() {
    let outcome = same_everywhere(shop, |place| {
        let documents =
            ["upgrade bbbb1", "upgrade bbbb1", "downgrade -1", "stamp cccc1"].map(|line| place.json(line));
        documents.join("\n")
    });
    assert_snapshot!(outcome, @r#"
    {
      "edited": [],
      "elapsed_ms": "[TIME]",
      "from": [],
      "steps": [
        {
          "direction": "upgrade",
          "elapsed_ms": "[TIME]",
          "message": "create users",
          "revision": "aaaa1"
        },
        {
          "direction": "upgrade",
          "elapsed_ms": "[TIME]",
          "message": "add email",
          "revision": "bbbb1"
        }
      ],
      "to": [
        "bbbb1"
      ]
    }
    {
      "edited": [],
      "elapsed_ms": "[TIME]",
      "from": [
        "bbbb1"
      ],
      "steps": [],
      "to": [
        "bbbb1"
      ]
    }
    {
      "edited": [],
      "elapsed_ms": "[TIME]",
      "from": [
        "bbbb1"
      ],
      "steps": [
        {
          "direction": "downgrade",
          "elapsed_ms": "[TIME]",
          "message": "add email",
          "revision": "bbbb1"
        }
      ],
      "to": [
        "aaaa1"
      ]
    }
    {
      "edited": [],
      "elapsed_ms": "[TIME]",
      "from": [
        "aaaa1"
      ],
      "steps": [],
      "to": [
        "cccc1"
      ]
    }
    "#);
}

#[test]
fn where_a_database_is_is_one_document() {
    let place = on_sqlite(two_branches());
    place.run("upgrade mail");
    assert_snapshot!(place.json("current"), @r#"
    {
      "heads": [
        "bbbb1"
      ],
      "is_at_head": false,
      "partially_applied": null,
      "revisions": [
        {
          "branch_labels": [
            "mail"
          ],
          "depends_on": [],
          "down_revision": [
            "aaaa1"
          ],
          "is_base": false,
          "is_branch_point": false,
          "is_head": true,
          "is_merge_point": false,
          "message": "add email",
          "path": "alembic/versions/bbbb1.sql",
          "revision": "bbbb1"
        }
      ],
      "unknown": []
    }
    "#);
    place.ask("INSERT INTO alembic_version VALUES ('zzzz1')");
    assert_snapshot!(place.json("current"), @r#"
    {
      "heads": [
        "bbbb1",
        "zzzz1"
      ],
      "is_at_head": false,
      "partially_applied": null,
      "revisions": [
        {
          "branch_labels": [
            "mail"
          ],
          "depends_on": [],
          "down_revision": [
            "aaaa1"
          ],
          "is_base": false,
          "is_branch_point": false,
          "is_head": true,
          "is_merge_point": false,
          "message": "add email",
          "path": "alembic/versions/bbbb1.sql",
          "revision": "bbbb1"
        }
      ],
      "unknown": [
        "zzzz1"
      ]
    }
    "#);
}

#[test]
fn an_error_tells_where_the_database_is_and_which_statement_failed() {
    let place = on_sqlite(shop().sql("dddd1", "cccc1", "index", "SELECT 1;\nSELEC 2;", ""));
    assert_snapshot!(place.json("upgrade"), @r#"
    {
      "error": {
        "code": "statement_failed",
        "heads": [
          "cccc1"
        ],
        "help": "fix the revision and start again",
        "message": "the upgrade of revision `dddd1` (index) failed: near \"SELEC\": syntax error\n --> alembic/versions/dddd1.sql:6:1\n  |\n6 | SELEC 2;\n  | ^^^^^ near \"SELEC\": syntax error",
        "problems": [
          {
            "code": "statement_failed",
            "column": 1,
            "help": null,
            "line": 6,
            "message": "near \"SELEC\": syntax error",
            "path": "alembic/versions/dddd1.sql"
          }
        ],
        "state": "the transaction was rolled back; the database is at cccc1"
      }
    }
    [exit 7]
    "#);
    assert_snapshot!(place.json("upgrade -1"), @r#"
    {
      "error": {
        "code": "wrong_direction",
        "heads": [
          "cccc1"
        ],
        "help": "that is `servicekit migrations downgrade -1`",
        "message": "`-1` leads down, and this is an upgrade",
        "state": "nothing was run; the database is at cccc1"
      }
    }
    [exit 1]
    "#);
    assert_snapshot!(place.json("upgrade nosuch"), @r#"
    {
      "error": {
        "code": "unknown_revision",
        "help": "`servicekit migrations history` lists every revision",
        "message": "Can't locate revision identified by `nosuch` in `alembic/versions`"
      }
    }
    [exit 4]
    "#);
    assert_snapshot!(place.json("resolve done"), @r#"
    {
      "error": {
        "code": "nothing_in_doubt",
        "heads": [
          "cccc1"
        ],
        "help": "only a stage that was started and not finished can be resolved",
        "message": "no stage is in doubt",
        "state": "nothing was changed; the database is at cccc1"
      }
    }
    [exit 1]
    "#);
    place.ask("INSERT INTO alembic_version VALUES ('zzzz1')");
    assert_snapshot!(place.json("upgrade"), @r#"
    {
      "error": {
        "code": "database_ahead",
        "heads": [
          "cccc1",
          "zzzz1"
        ],
        "help": "add its file to `alembic/versions`, as from the branch that has it; if it is of another history on the same database, give each a `version_table` of its own",
        "message": "the database is ahead of `alembic/versions`: it is at `zzzz1`, which does not exist there",
        "state": "nothing more is run; the database is at cccc1, zzzz1"
      }
    }
    [exit 9]
    "#);
}
