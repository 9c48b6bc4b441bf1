//! Databases that say that nothing is to be written: a run that has something to do says so, and writes nothing.

use crate::client::{Client, Pool, User};
use crate::place::{Place, on_mysql, on_postgres};
use crate::support::{history, sql, sql_text};
use servicekit::{Error, Migrations};
use servicekit_test_servers::PrivateServer;

fn one() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])
}

/// With a revision more that is stages outside a transaction.
fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql_text("b", &["a"], "-- +transaction off\n\n-- +upgrade\nCREATE INDEX a_x ON a (x);\n"),
    ])
}

/// With a revision more that is a transaction where DDL can be in one.
fn two_in_transactions() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x INT);", "DROP TABLE b;"),
    ])
}

async fn refused(place: &Place, migrations: Migrations) -> Error {
    let before = (place.rows().await, place.journal().await);
    let pool = Pool::of(place.url(), 1);
    assert!(pool.upgrade(&one().migrator()).await.unwrap().is_empty(), "nothing is to be done");

    let error = pool.upgrade(&migrations.migrator()).await.unwrap_err();

    pool.close().await;
    assert_eq!((place.rows().await, place.journal().await), before, "nothing was written");
    error
}

#[tokio::test]
async fn a_setting_that_makes_transactions_read_only_is_not_overruled() {
    let Some(place) = on_postgres() else { return };
    place.upgrade(one()).await;
    place
        .run(&format!("ALTER DATABASE {} SET default_transaction_read_only = on", place.database.name()))
        .await;
    for migrations in [two(), two_in_transactions()] {
        let error = refused(&place, migrations).await;

        assert_eq!(error.code(), "read_only");
        insta::allow_duplicates! { insta::assert_snapshot!(error.to_string(), @"
        `default_transaction_read_only` is on for this session, so the database is read-only
        now: nothing was run; the database is at a
        help: find out where it is set (the server, the database, the role or the connection); to run revisions, give their role `default_transaction_read_only = off`
        ") }
    }
    let mut client = Client::open(place.url()).await;
    assert_eq!(client.stamp(&two().migrator(), "b").await.unwrap_err().code(), "read_only");
    assert_eq!(place.rows().await, "a");
    client.close().await;
}

#[tokio::test]
async fn a_hot_standby_leads_to_its_primary() {
    let Some(server) = PrivateServer::postgres().start() else { return };
    let place = Place { database: server.create_database() };
    place.upgrade(one()).await;
    let data = place.ask("SHOW data_directory").await.swap_remove(0);
    // With it a server stays in recovery, as one that follows a primary does:
    // https://www.postgresql.org/docs/current/warm-standby.html
    let signal = std::path::Path::new(&data).join("standby.signal");
    std::fs::write(&signal, "").unwrap();
    server.restart();

    let error = refused(&place, two()).await;

    assert_eq!(error.code(), "read_only");
    insta::assert_snapshot!(error.to_string(), @"
    the server is a standby, which is read-only
    now: nothing was run; the database is at a
    help: connect to the primary
    ");
    std::fs::remove_file(signal).unwrap();
    server.restart();
    place.upgrade(two()).await;
    assert_eq!(place.rows().await, "b");
}

#[tokio::test]
async fn a_replica_of_mysql_takes_no_revision_either_not_even_from_root() {
    let Some(server) = PrivateServer::mysql().start() else { return };
    let place = Place { database: server.create_database() };
    place.upgrade(one()).await;
    place.run("SET GLOBAL read_only = 1").await;

    let error = refused(&place, two()).await;

    assert_eq!(error.code(), "read_only");
    insta::assert_snapshot!(error.to_string(), @"
    `read_only` is on for the server, so the database is read-only, as on a replica
    now: nothing was run; the database is at a
    help: connect to the primary; if this is the primary, turn the setting off first
    ");
    place.run("SET GLOBAL read_only = 0").await;
    place.upgrade(two()).await;
    assert_eq!(place.rows().await, "b");
}

#[tokio::test]
async fn a_session_of_mysql_that_is_read_only_is_left_so() {
    let Some(place) = on_mysql() else { return };
    place.upgrade(one()).await;
    let mut client = Client::open(place.url()).await;
    client.ask("SET SESSION TRANSACTION READ ONLY").await;

    let error = client.upgrade(&two().migrator()).await.unwrap_err();

    assert_eq!((error.code(), place.rows().await.as_str()), ("read_only", "a"));
    client.close().await;
}

#[tokio::test]
async fn a_role_that_may_only_read_changes_nothing_and_is_told_what_it_lacks() {
    for server in
        [servicekit_test_servers::postgres(), servicekit_test_servers::mysql()].into_iter().flatten()
    {
        let user = User::create(server).await;
        let place = Place { database: server.create_database() };
        place.upgrade(one()).await;
        for table in ["alembic_version", "alembic_journal", "a"] {
            let name = if place.is_postgres() {
                table.to_owned()
            } else {
                format!("{}.{table}", place.database.name())
            };
            place.run(&format!("GRANT SELECT ON {name} TO {}", user.name)).await;
        }
        let before = (place.rows().await, place.journal().await);
        for migrations in [two(), two_in_transactions()] {
            let mut client = user.connect(place.url()).await;

            let error = client.upgrade(&migrations.migrator()).await.unwrap_err();

            let text = error.to_string();
            assert!(text.contains("\nnow: ") && text.contains("\nhelp: "), "{text}");
            assert_eq!((place.rows().await, place.journal().await), before, "{text}");
            client.close().await;
        }
    }
}
