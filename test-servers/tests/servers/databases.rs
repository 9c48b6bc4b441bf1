//! A database per test, gone afterwards.

use servicekit_test_servers::{Server, TestDatabase, mysql, postgres};
use sqlx::{Connection as _, MySqlConnection, PgConnection};
use std::thread;

async fn postgres_knows(server: &Server, name: &str) -> bool {
    let mut connection = PgConnection::connect(server.url()).await.unwrap();
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

async fn mysql_knows(server: &Server, name: &str) -> bool {
    let mut connection = MySqlConnection::connect(server.url()).await.unwrap();
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM information_schema.schemata WHERE schema_name = ?)")
        .bind(name)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_postgres_database_goes_with_a_session_still_in_a_transaction() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let name = database.name().to_owned();
    let mut session = PgConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql("BEGIN; CREATE TABLE t (id INT)").execute(&mut session).await.unwrap();
    assert!(postgres_knows(server, &name).await);

    drop(database);

    assert!(!postgres_knows(server, &name).await);
    sqlx::raw_sql("SELECT 1").execute(&mut session).await.unwrap_err();
}

#[tokio::test]
async fn a_mysql_database_goes_with_a_session_still_in_a_transaction() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let name = database.name().to_owned();
    let mut session = MySqlConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (id INT); BEGIN; INSERT INTO t VALUES (1)")
        .execute(&mut session)
        .await
        .unwrap();
    assert!(mysql_knows(server, &name).await);

    drop(database);

    assert!(!mysql_knows(server, &name).await);
}

#[test]
fn databases_are_made_and_dropped_at_the_same_time() {
    let Some(server) = postgres() else { return };
    let makers: Vec<_> = (0..16).map(|_| thread::spawn(|| server.create_database())).collect();
    let databases: Vec<TestDatabase> = makers.into_iter().map(|maker| maker.join().unwrap()).collect();
    let droppers: Vec<_> = databases.into_iter().map(|database| thread::spawn(|| drop(database))).collect();
    for dropper in droppers {
        dropper.join().unwrap();
    }
}
