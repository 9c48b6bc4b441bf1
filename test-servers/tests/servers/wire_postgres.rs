//! What goes over the wire to PostgreSQL, and what happens when it is cut.

use servicekit_test_servers::{Message, TestDatabase, WireProxy, postgres};
use sqlx::{Connection as _, PgConnection};

async fn wired() -> Option<(TestDatabase, WireProxy, PgConnection)> {
    let database = postgres()?.create_database();
    let wire = WireProxy::start(database.url());
    let mut client = PgConnection::connect(wire.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (id INT)").execute(&mut client).await.unwrap();
    wire.clear();
    Some((database, wire, client))
}

async fn rows(database: &TestDatabase) -> i64 {
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM t").fetch_one(&mut connection).await.unwrap()
}

fn message(kind: &'static str, text: Option<&str>, runs: Option<&str>) -> Message {
    Message { connection: 0, kind, text: text.map(Into::into), runs: runs.map(Into::into) }
}

#[tokio::test]
async fn every_message_is_recorded_and_round_trips_are_counted() {
    let Some((_database, wire, mut client)) = wired().await else { return };
    let (text, prepared) = ("SELECT 1", "INSERT INTO t VALUES ($1)");
    sqlx::raw_sql(text).execute(&mut client).await.unwrap();
    assert_eq!(wire.messages(), [message("Query", Some(text), Some(text))]);
    assert_eq!(wire.round_trips(), 1);

    wire.clear();
    sqlx::query(prepared).bind(1).execute(&mut client).await.unwrap();
    let messages = wire.messages();
    assert!(messages.contains(&message("Parse", Some(prepared), None)), "{messages:#?}");
    assert!(messages.contains(&message("Execute", None, Some(prepared))), "{messages:#?}");
    assert_eq!(wire.round_trips(), 2, "to prepare and to run: {messages:#?}");

    wire.clear();
    sqlx::query(prepared).bind(2).execute(&mut client).await.unwrap();
    let messages = wire.messages();
    assert!(messages.contains(&message("Execute", None, Some(prepared))), "{messages:#?}");
    assert_eq!(wire.round_trips(), 1, "prepared already: {messages:#?}");

    client.close().await.unwrap();
    assert_eq!(wire.round_trips(), 1, "a farewell has no answer");
}

#[tokio::test]
async fn cut_before_keeps_the_statement_from_the_server() {
    let Some((database, wire, mut client)) = wired().await else { return };
    wire.cut_before(|message| message.executes("INSERT"));
    sqlx::query("INSERT INTO t VALUES ($1)").bind(1).execute(&mut client).await.unwrap_err();
    assert_eq!(wire.cuts(), 1);
    assert_eq!(rows(&database).await, 0);

    // Once only.
    let mut client = PgConnection::connect(wire.url()).await.unwrap();
    sqlx::query("INSERT INTO t VALUES ($1)").bind(1).execute(&mut client).await.unwrap();
    assert_eq!(rows(&database).await, 1);
}

#[tokio::test]
async fn cut_after_lets_the_server_do_it_and_the_client_not_know() {
    let Some((database, wire, mut client)) = wired().await else { return };
    wire.cut_after(|message| message.executes("COMMIT"));
    let mut transaction = client.begin().await.unwrap();
    sqlx::query("INSERT INTO t VALUES ($1)").bind(1).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap_err();
    assert_eq!(wire.cuts(), 1);
    assert_eq!(rows(&database).await, 1);
}

#[tokio::test]
async fn cut_closes_what_is_open_and_lets_new_clients_in() {
    let Some((_database, wire, mut client)) = wired().await else { return };
    wire.cut();
    sqlx::raw_sql("SELECT 1").execute(&mut client).await.unwrap_err();
    let mut client = PgConnection::connect(wire.url()).await.unwrap();
    sqlx::raw_sql("SELECT 1").execute(&mut client).await.unwrap();
    assert_eq!(wire.messages().last().unwrap().connection, 1);
}
