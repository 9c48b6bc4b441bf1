//! `op.autocommit`: statements that are committed by themselves, on every database.

use crate::client::Client;
use crate::support::{history, rust};
use servicekit::revision::*;
use servicekit::{Error, Migrations};
use std::sync::atomic::{AtomicBool, Ordering};

async fn upgrade(client: &mut Client, migrations: Migrations) -> Result<(), Error> {
    match client {
        Client::Sqlite(connection) => migrations.upgrade(connection).await.map(drop),
        Client::Postgres(connection, _) => migrations.upgrade(connection).await.map(drop),
        Client::MySql(connection, _) => migrations.upgrade(connection).await.map(drop),
    }
}

fn tables(op: &mut Operations) {
    op.create_table("log", [integer("x").not_null()]);
}

#[tokio::test]
async fn what_is_committed_by_itself_stays_when_what_follows_fails_and_is_not_done_again() {
    static READY: AtomicBool = AtomicBool::new(false);
    fn steps(op: &mut Operations) {
        op.execute("INSERT INTO log VALUES (1); INSERT INTO log VALUES (2)");
        op.autocommit(|op| {
            op.execute("INSERT INTO log VALUES (3)");
            op.execute("INSERT INTO log VALUES (4)");
        });
        op.execute("INSERT INTO log VALUES (5)");
        op.run("wait for another session", async |_| {
            if READY.load(Ordering::SeqCst) { Ok(()) } else { Err("not ready".into()) }
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], steps, None)]);
    for dialect in Dialect::ALL {
        READY.store(false, Ordering::SeqCst);
        let Some(mut client) = Client::open(dialect).await else { continue };

        let error = upgrade(&mut client, migrations).await.unwrap_err();

        let servicekit::ErrorKind::Work(failure) = error.kind() else { panic!("{error}") };
        let partial = failure.stage.unwrap();
        assert_eq!((partial.stage, partial.stages, partial.kept), (5, 5, true), "{dialect}");
        assert_eq!(client.ask("SELECT x FROM log ORDER BY x").await, ["1", "2", "3", "4", "5"]);
        assert_eq!(
            client.ask("SELECT version_num FROM alembic_version ORDER BY 1").await,
            ["a", "in:progress"]
        );

        READY.store(true, Ordering::SeqCst);
        upgrade(&mut client, migrations).await.unwrap();
        assert_eq!(client.ask("SELECT x FROM log ORDER BY x").await, ["1", "2", "3", "4", "5"]);
        assert_eq!(client.ask("SELECT version_num FROM alembic_version").await, ["b"]);
        let steps = "SELECT stage, stages, state FROM alembic_journal WHERE revision = 'b' ORDER BY seq";
        assert_eq!(client.ask(steps).await, ["1|5|done", "2|5|done", "3|5|done", "4|5|done", "5|5|done"]);
    }
}

#[tokio::test]
async fn an_operation_that_cannot_be_in_a_transaction_is_a_step_without_being_told() {
    fn steps(op: &mut Operations) {
        op.execute("INSERT INTO log VALUES (1)");
        op.create_index("ix_log_x", "log", ["x"]).concurrently();
        op.execute("INSERT INTO log VALUES (2)");
    }
    let Some(mut client) = Client::open(Dialect::Postgres).await else { return };
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], steps, None)]);

    upgrade(&mut client, migrations).await.unwrap();

    let steps =
        "SELECT stage, stages, fingerprint IS NOT NULL FROM alembic_journal WHERE stages > 0 ORDER BY seq";
    assert_eq!(client.ask(steps).await, ["1|3|f", "2|3|t", "3|3|f"]);
    assert_eq!(client.ask("SELECT x FROM log ORDER BY x").await, ["1", "2"]);
}

#[test]
fn it_stays_what_it_is_in_the_reverse_and_inside_of_what_is_for_one_database() {
    let mut op = Operations::default();
    op.only_for(Dialect::Postgres, |op| op.autocommit(|op| op.execute_for(Dialect::Postgres, "SELECT 1")));
    assert_eq!(op.sql(Dialect::Postgres).unwrap(), ["SELECT 1"]);
    assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [] as [&str; 0]);

    let mut there = Operations::default();
    there.autocommit(|op| drop(op.drop_index("ix", "t")));
    let mut back = Operations::default();
    back.reverse_of(|op| op.autocommit(|op| drop(op.create_index("ix", "t", ["x"]))));
    assert_eq!(there.sql(Dialect::Postgres).unwrap(), back.sql(Dialect::Postgres).unwrap());
}
