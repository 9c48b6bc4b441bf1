//! Operations through the runner.

use crate::catalogue::catalogue;
use crate::client::Client;
use crate::helper::create_users_table;
use crate::support::{history, rust};
use servicekit::revision::*;
use servicekit::{Error, Migrations};

fn users(op: &mut Operations) {
    create_users_table(op);
}

fn drop_users(op: &mut Operations) {
    op.reverse_of(users);
}

fn fill(op: &mut Operations) {
    op.bulk_insert(
        "users",
        ["id", "username", "email"],
        [("01JDJ4E6QXZ8W3V5T7R9P2M4KA", "ada; --", "a'b\\c")],
    );
    op.update("users").set("email", "x\\").filter("username = :who").bind("who", "ada; --");
}

fn empty(op: &mut Operations) {
    op.execute("DELETE FROM users WHERE username = :who").bind("who", "ada; --");
}

async fn to(client: &mut Client, migrations: Migrations, target: &'static str) -> Result<(), Error> {
    let up = target == "head";
    macro_rules! run {
        ($connection:expr) => {
            if up {
                migrations.upgrade($connection).await.map(drop)
            } else {
                migrations.downgrade_to($connection, target).await.map(drop)
            }
        };
    }
    match client {
        Client::Sqlite(connection) => run!(connection),
        Client::Postgres(connection, _) => run!(connection),
        Client::MySql(connection, _) => run!(connection),
    }
}

#[tokio::test]
async fn operations_are_applied_and_reverted_on_every_database() {
    let migrations =
        history(&[rust("a", &[], users, Some(drop_users)), rust("b", &["a"], fill, Some(empty))]);
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        to(&mut client, migrations, "head").await.unwrap();
        assert_eq!(client.ask("SELECT username, email FROM users").await, ["ada; --|x\\"]);
        to(&mut client, migrations, "a").await.unwrap();
        assert_eq!(client.ask("SELECT count(*) FROM users WHERE 1 = 0").await.len(), 1);
        to(&mut client, migrations, "base").await.unwrap();
        assert!(!catalogue(&mut client).await.concat().contains("users"));
    }
}

#[tokio::test]
async fn an_operation_that_a_database_lacks_is_an_error_at_its_place_before_anything_runs() {
    fn upgrade(op: &mut Operations) {
        op.create_table("t", [integer("id").primary_key()]);
        op.validate_constraint("ck", "t");
    }
    let mut client = Client::open(Dialect::Sqlite).await.unwrap();
    let error = to(&mut client, history(&[rust("a", &[], upgrade, None)]), "head").await.unwrap_err();
    assert_eq!(error.code(), "unsupported_operation");
    let line = line!() - 5;
    insta::assert_snapshot!(error.to_string().replace(&line.to_string(), "LINE"), @"
    the upgrade of revision `a` (about a) cannot run on sqlite: `validate_constraint` of `t`: SQLite has no `VALIDATE CONSTRAINT`
     --> runtime/tests/operations/run.rs:LINE:12
    note: called by `alembic/versions/a.rs`
    now: nothing was run; the database is at base
    ");
    assert!(!catalogue(&mut client).await.concat().contains("TABLE \"t\""));
}

#[tokio::test]
async fn a_statement_that_fails_is_shown_at_the_call_that_recorded_it() {
    fn upgrade(op: &mut Operations) {
        op.create_index("ix", "nowhere", ["name"]);
    }
    let mut client = Client::open(Dialect::Sqlite).await.unwrap();
    let error = to(&mut client, history(&[rust("a", &[], upgrade, None)]), "head").await.unwrap_err();
    let line = line!() - 4;
    insta::assert_snapshot!(error.to_string().replace(&line.to_string(), "LINE"), @r#"
    the upgrade of revision `a` (about a) failed: no such table: main.nowhere
     --> runtime/tests/operations/run.rs:LINE:12
      |
    1 | CREATE INDEX "ix" ON "nowhere" (`name`)
      |                      ^^^^^^^^^ no such table: main.nowhere
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    "#);
}

#[tokio::test]
async fn an_index_of_a_column_that_is_not_there_fails_on_every_database() {
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        let mut op = Operations::default();
        create_users_table(&mut op);
        op.create_index("ix", "users", ["nowhere"]);
        let sql = op.sql(dialect).unwrap();
        let (last, first) = sql.split_last().unwrap();
        for sql in first {
            client.run(sql).await.unwrap();
        }
        client.run(last).await.unwrap_err();
    }
}

#[tokio::test]
async fn many_rows_are_several_statements_and_all_arrive() {
    for dialect in Dialect::ALL {
        let Some(mut client) = Client::open(dialect).await else { continue };
        let mut op = Operations::default();
        op.create_table("numbers", [integer("n").primary_key(), text("body")]);
        op.bulk_insert("numbers", ["n"], (0..2500).map(|n| [n]));
        op.bulk_insert("numbers", ["n", "body"], [(3000, "x".repeat(70_000)), (3001, "x".repeat(70_000))]);
        let sql = op.sql(dialect).unwrap();
        assert_eq!(sql.len(), 1 + 3 + 2);
        for sql in sql {
            client.run(&sql).await.unwrap();
        }
        let count =
            client.ask("SELECT n FROM numbers WHERE body IS NULL OR length(body) = 70000").await.len();
        assert_eq!(count, 2502);
    }
}
