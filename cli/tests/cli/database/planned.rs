//! `plan` from where a database is, and the statements of its steps.

use super::place::{on_sqlite, same_everywhere};
use super::up_and_down::shop;
use crate::project::Project;
use insta::assert_snapshot;

#[test]
fn a_plan_starts_where_the_database_is() {
    let outcome = same_everywhere(shop, |place| {
        let before = place.session(&["upgrade aaaa", "plan head"]);
        let after = place.session(&["upgrade", "plan head", "plan -1 --downgrade", "plan head --from base"]);
        assert_eq!(place.rows(), "cccc1", "a plan changes nothing");
        before + &after
    });
    assert_snapshot!(outcome, @"
    $ upgrade aaaa
    upgrade aaaa1  create users [TIME]
    The database went from <base> to aaaa1: 1 revision in [TIME]
    $ plan head
    From aaaa1, 2 steps:
                      version rows after it  message
    1. upgrade bbbb1  bbbb1                  add email
    2. upgrade cccc1  cccc1                  create orders
    $ upgrade
    upgrade bbbb1  add email [TIME]
    upgrade cccc1  create orders [TIME]
    The database went from aaaa1 to cccc1: 2 revisions in [TIME]
    $ plan head
    From cccc1 there is nothing to do.
    $ plan -1 --downgrade
    From cccc1, 1 step:
                        version rows after it  message
    1. downgrade cccc1  bbbb1                  create orders
    $ plan head --from base
    From <base>, 3 steps:
                      version rows after it  message
    1. upgrade aaaa1  aaaa1                  create users
    2. upgrade bbbb1  bbbb1                  add email
    3. upgrade cccc1  cccc1                  create orders
    ");
}

#[test]
fn the_statements_of_a_plan_are_those_for_the_database_at_hand() {
    let place = on_sqlite(shop());
    let outcome =
        place.session(&["upgrade bbbb", "plan head --sql", "plan base --downgrade --sql", "plan bbbb --sql"]);
    assert_snapshot!(outcome, @"
    $ upgrade bbbb
    upgrade aaaa1  create users [TIME]
    upgrade bbbb1  add email [TIME]
    The database went from <base> to bbbb1: 2 revisions in [TIME]
    $ plan head --sql
    -- from bbbb1, for sqlite

    -- 1. upgrade cccc1, create orders; version rows after it: cccc1
    CREATE TABLE orders (id INT PRIMARY KEY);
    $ plan base --downgrade --sql
    -- from bbbb1, for sqlite

    -- 1. downgrade bbbb1, add email; version rows after it: aaaa1
    ALTER TABLE users DROP COLUMN email;

    -- 2. downgrade aaaa1, create users; version rows after it: <base>
    DROP TABLE users;
    $ plan bbbb --sql
    -- from bbbb1, for sqlite
    ");
}

/// A section for one kind of database, and a statement that is never in a transaction.
fn concurrently() -> Project {
    Project::new().file(
        "alembic/versions/aaaa1_index.sql",
        "-- index users\n--\n-- revision: aaaa1\n\n-- +upgrade postgres\nCREATE INDEX CONCURRENTLY ix ON users (id);\n\n\
         -- +upgrade\nCREATE INDEX ix ON users (id);\n",
    )
}

#[test]
fn the_statements_are_those_for_the_kind_of_database_that_is_said() {
    let project = concurrently();
    assert_snapshot!(project.run("plan head --from base --sql postgres"), @"
    -- from <base>, for postgres

    -- 1. upgrade aaaa1, index users; version rows after it: aaaa1
    -- separately, outside a transaction
    CREATE INDEX CONCURRENTLY ix ON users (id);
    ");
    assert_snapshot!(project.run("plan head --from base --sql --database-url mysql://root@localhost/x"), @"
    -- from <base>, for mysql

    -- 1. upgrade aaaa1, index users; version rows after it: aaaa1
    -- separately, outside a transaction
    CREATE INDEX ix ON users (id);
    ");
    assert_snapshot!(project.run("plan head --from base --sql sqlite --json"), @r#"
    {
      "steps": [
        {
          "direction": "upgrade",
          "revision": "aaaa1",
          "heads_after": [
            "aaaa1"
          ],
          "statements": [
            {
              "sql": "CREATE INDEX ix ON users (id)",
              "path": "alembic/versions/aaaa1_index.sql",
              "line": 9,
              "column": 1,
              "in_transaction": true
            }
          ]
        }
      ]
    }
    "#);
    assert_snapshot!(project.run("plan head --from base --sql oracle"), @"
    [stderr]
    error: invalid value 'oracle' for '--sql [<DATABASE>]'
      [possible values: sqlite, postgres, mysql]

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn statements_of_a_revision_in_rust_are_not_to_be_had_from_here() {
    let project = Project::new().file(
        "alembic/versions/aaaa1_users.rs",
        "//! create users\nuse servicekit::revision::*;\n\nrevision! {\n    id: \"aaaa1\",\n}\n\n\
         pub fn upgrade(op: &mut Operations) {\n    op.drop_table(\"users\");\n}\n",
    );
    assert_snapshot!(project.run("plan head --from base --sql sqlite"), @"
    [stderr]
    error: there is no `Cargo.toml` above the folder, and revisions in Rust are compiled into an application
    now: nothing was run
    help: move the folder into the crate that embeds it
    [exit 12]
    ");
    assert_snapshot!(project.run("plan head --from base"), @"
    From <base>, 1 step:
                      version rows after it  message
    1. upgrade aaaa1  aaaa1                  create users
    ");
}
