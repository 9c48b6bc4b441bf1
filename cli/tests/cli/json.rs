//! The documents of `--json`.

use crate::project::Project;
use insta::assert_snapshot;

/// The document as text, each array of plain values on one line.
fn document(project: &Project, arguments: &str) -> String {
    let (value, exit) = project.json(arguments);
    let exit = if exit == 0 { String::new() } else { format!("[exit {exit}]\n") };
    crate::project::without_times(&format!("{}\n{exit}", serde_json::to_string_pretty(&value).unwrap()))
}

#[test]
fn heads_are_an_array_of_revisions() {
    assert_snapshot!(document(&Project::with_two_heads(), "heads"), @r#"
    [
      {
        "branch_labels": [
          "sales"
        ],
        "depends_on": [],
        "down_revision": [
          "bbbb1"
        ],
        "is_base": false,
        "is_branch_point": false,
        "is_head": true,
        "is_merge_point": false,
        "message": "create orders",
        "path": "alembic/versions/cccc1.sql",
        "revision": "cccc1"
      },
      {
        "branch_labels": [],
        "depends_on": [],
        "down_revision": [
          "bbbb1"
        ],
        "is_base": false,
        "is_branch_point": false,
        "is_head": true,
        "is_merge_point": false,
        "message": "index users",
        "path": "alembic/versions/dddd1.sql",
        "revision": "dddd1"
      }
    ]
    "#);
}

#[test]
fn history_is_an_array_of_revisions_newest_first() {
    let project = Project::with_a_line().revision(
        "dddd1",
        "cccc1",
        "bill\n-- branch_labels: x, y\n-- depends_on: aaaa1",
    );
    assert_snapshot!(document(&project, "history"), @r#"
    [
      {
        "branch_labels": [
          "x",
          "y"
        ],
        "depends_on": [
          "aaaa1"
        ],
        "down_revision": [
          "cccc1"
        ],
        "is_base": false,
        "is_branch_point": false,
        "is_head": true,
        "is_merge_point": false,
        "message": "bill",
        "path": "alembic/versions/dddd1.sql",
        "revision": "dddd1"
      },
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
      },
      {
        "branch_labels": [],
        "depends_on": [],
        "down_revision": [
          "aaaa1"
        ],
        "is_base": false,
        "is_branch_point": false,
        "is_head": false,
        "is_merge_point": false,
        "message": "add email",
        "path": "alembic/versions/bbbb1.sql",
        "revision": "bbbb1"
      },
      {
        "branch_labels": [],
        "depends_on": [],
        "down_revision": [],
        "is_base": true,
        "is_branch_point": false,
        "is_head": false,
        "is_merge_point": false,
        "message": "create users",
        "path": "alembic/versions/aaaa1.sql",
        "revision": "aaaa1"
      }
    ]
    "#);
}

#[test]
fn branches_are_an_array_of_branch_points() {
    assert_snapshot!(document(&Project::with_two_heads(), "branches"), @r#"
    [
      {
        "branch_labels": [],
        "depends_on": [],
        "down_revision": [
          "aaaa1"
        ],
        "is_base": false,
        "is_branch_point": true,
        "is_head": false,
        "is_merge_point": false,
        "message": "add email",
        "path": "alembic/versions/bbbb1.sql",
        "revision": "bbbb1"
      }
    ]
    "#);
    assert_snapshot!(document(&Project::with_a_line(), "branches"), @"[]");
}

#[test]
fn show_is_one_revision_with_all_about_it() {
    let project = Project::with_two_heads().revision(
        "eeee1",
        "cccc1",
        "bill\n-- depends_on: dddd1\n-- created: 2026-11-22T16:55:52Z",
    );
    assert_snapshot!(document(&project, "show sales"), @r#"
    {
      "branch_labels": [
        "sales"
      ],
      "children": [
        "eeee1"
      ],
      "created": null,
      "depends_on": [],
      "down_revision": [
        "bbbb1"
      ],
      "format": "sql",
      "has_downgrade": true,
      "is_base": false,
      "is_branch_point": false,
      "is_head": false,
      "is_merge_point": false,
      "labels": [
        "sales"
      ],
      "message": "create orders",
      "needed_by": [],
      "path": "alembic/versions/cccc1.sql",
      "revision": "cccc1"
    }
    "#);
    assert_snapshot!(document(&project, "show dddd1"), @r#"
    {
      "branch_labels": [],
      "children": [],
      "created": null,
      "depends_on": [],
      "down_revision": [
        "bbbb1"
      ],
      "format": "sql",
      "has_downgrade": true,
      "is_base": false,
      "is_branch_point": false,
      "is_head": true,
      "is_merge_point": false,
      "labels": [],
      "message": "index users",
      "needed_by": [
        "eeee1"
      ],
      "path": "alembic/versions/dddd1.sql",
      "revision": "dddd1"
    }
    "#);
    assert_snapshot!(document(&project, "show eeee1"), @r#"
    {
      "branch_labels": [],
      "children": [],
      "created": "[TIME]",
      "depends_on": [
        "dddd1"
      ],
      "down_revision": [
        "cccc1"
      ],
      "format": "sql",
      "has_downgrade": true,
      "is_base": false,
      "is_branch_point": false,
      "is_head": true,
      "is_merge_point": false,
      "labels": [
        "sales"
      ],
      "message": "bill",
      "needed_by": [],
      "path": "alembic/versions/eeee1.sql",
      "revision": "eeee1"
    }
    "#);
}

#[test]
fn a_plan_is_its_steps() {
    let project = Project::with_two_heads();
    assert_snapshot!(document(&project, "plan heads --from bbbb1"), @r#"
    {
      "steps": [
        {
          "direction": "upgrade",
          "heads_after": [
            "cccc1"
          ],
          "revision": "cccc1"
        },
        {
          "direction": "upgrade",
          "heads_after": [
            "cccc1",
            "dddd1"
          ],
          "revision": "dddd1"
        }
      ]
    }
    "#);
    assert_snapshot!(document(&project, "plan base --from aaaa1 --downgrade"), @r#"
    {
      "steps": [
        {
          "direction": "downgrade",
          "heads_after": [],
          "revision": "aaaa1"
        }
      ]
    }
    "#);
    assert_snapshot!(document(&project, "plan heads --from cccc1,dddd1"), @r#"
    {
      "steps": []
    }
    "#);
}

#[test]
fn a_new_revision_is_shown_as_one_that_was_there() {
    let project = Project::with_a_line();
    let created = document(&project, "revision -m 'add phone' --rev-id dddd1");
    assert_snapshot!(created, @r#"
    {
      "branch_labels": [],
      "children": [],
      "created": "[TIME]",
      "depends_on": [],
      "down_revision": [
        "cccc1"
      ],
      "format": "sql",
      "has_downgrade": true,
      "is_base": false,
      "is_branch_point": false,
      "is_head": true,
      "is_merge_point": false,
      "labels": [],
      "message": "add phone",
      "needed_by": [],
      "path": "alembic/versions/dddd1_add_phone.sql",
      "revision": "dddd1"
    }
    "#);
    assert_eq!(created, document(&project, "show dddd1"));
}

#[test]
fn a_new_merge_is_shown_as_one_that_was_there() {
    let project = Project::with_two_heads();
    let created = document(&project, "merge --rev-id eeee1");
    assert_snapshot!(created, @r#"
    {
      "branch_labels": [],
      "children": [],
      "created": "[TIME]",
      "depends_on": [],
      "down_revision": [
        "cccc1",
        "dddd1"
      ],
      "format": "sql",
      "has_downgrade": true,
      "is_base": false,
      "is_branch_point": false,
      "is_head": true,
      "is_merge_point": true,
      "labels": [
        "sales"
      ],
      "message": "merge cccc1 and dddd1",
      "needed_by": [],
      "path": "alembic/versions/eeee1_merge_cccc1_and_dddd1.sql",
      "revision": "eeee1"
    }
    "#);
    assert_eq!(created, document(&project, "show eeee1"));
}

#[test]
fn a_failure_is_one_error() {
    let project = Project::with_two_heads();
    assert_snapshot!(document(&project, "show bbbc1"), @r#"
    {
      "error": {
        "code": "unknown_revision",
        "help": "did you mean `bbbb1` (add email)?",
        "message": "Can't locate revision identified by `bbbc1` in `alembic/versions`"
      }
    }
    [exit 4]
    "#);
    assert_snapshot!(document(&project, "revision -m x"), @r#"
    {
      "error": {
        "code": "multiple_heads",
        "help": "choose one, as in `--head cccc1`, or join them first with `servicekit migrations merge heads`",
        "message": "there are 2 heads, and a new revision follows one: `cccc1` (create orders) and `dddd1` (index users)"
      }
    }
    [exit 4]
    "#);
    assert_snapshot!(document(&project, "plan heads --from base --nosuch"), @r#"
    {
      "error": {
        "code": "usage",
        "help": "tip: to pass '--nosuch' as a value, use '-- --nosuch' Usage: servicekit migrations plan --from <ROWS> <TARGET> For more information, try '--help'.",
        "message": "unexpected argument '--nosuch' found"
      }
    }
    [exit 2]
    "#);
}

#[test]
fn a_broken_chain_is_one_error_with_every_problem() {
    let project =
        Project::with_a_line().revision("dddd1", "nosuch", "lost").revision("eeee1", "eeee1", "turn");
    assert_snapshot!(document(&project, "heads"), @r#"
    {
      "error": {
        "code": "broken_chain",
        "help": null,
        "message": "`alembic` has 2 problems: revision `dddd1` follows `nosuch`, which is not in `alembic/versions`; revision `eeee1` follows itself",
        "problems": [
          {
            "code": "dangling_parent",
            "column": 19,
            "help": "restore the missing file, or name an existing revision",
            "line": 3,
            "message": "revision `dddd1` follows `nosuch`, which is not in `alembic/versions`",
            "path": "alembic/versions/dddd1.sql"
          },
          {
            "code": "self_loop",
            "column": 19,
            "help": "name the revision before it, or leave the key out in a first revision",
            "line": 3,
            "message": "revision `eeee1` follows itself",
            "path": "alembic/versions/eeee1.sql"
          }
        ]
      }
    }
    [exit 3]
    "#);
    assert_snapshot!(document(&Project::empty(), "heads"), @r#"
    {
      "error": {
        "code": "missing_folder",
        "help": "create it with `mkdir -p alembic/versions`, or name the folder that holds `versions/` with `--directory`",
        "message": "there is no folder `alembic`",
        "problems": [
          {
            "code": "missing_folder",
            "column": null,
            "help": "make the folder `alembic/versions`, or name the folder that holds `versions/`",
            "line": null,
            "message": "there is no folder `alembic`",
            "path": null
          }
        ]
      }
    }
    [exit 3]
    "#);
}

#[test]
fn one_problem_gives_the_error_its_code_message_and_help() {
    let project = Project::with_a_line().revision("dddd1", "cccc2", "lost");
    assert_snapshot!(document(&project, "history"), @r#"
    {
      "error": {
        "code": "dangling_parent",
        "help": "did you mean `cccc1` (create orders)?",
        "message": "revision `dddd1` follows `cccc2`, which is not in `alembic/versions`",
        "problems": [
          {
            "code": "dangling_parent",
            "column": 19,
            "help": "did you mean `cccc1` (create orders)?",
            "line": 3,
            "message": "revision `dddd1` follows `cccc2`, which is not in `alembic/versions`",
            "path": "alembic/versions/dddd1.sql"
          }
        ]
      }
    }
    [exit 3]
    "#);
}
