//! What goes over the wire to MySQL, and what happens when it is cut.

use servicekit_test_servers::{Message, TestDatabase, WireProxy, mysql};
use sqlx::{Connection as _, MySqlConnection};

async fn wired() -> Option<(TestDatabase, WireProxy, MySqlConnection)> {
    let database = mysql()?.create_database();
    let wire = WireProxy::start(database.url());
    let mut client = MySqlConnection::connect(wire.url()).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (id INT)").execute(&mut client).await.unwrap();
    wire.clear();
    Some((database, wire, client))
}

async fn rows(database: &TestDatabase) -> i64 {
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    sqlx::query_scalar("SELECT count(*) FROM t").fetch_one(&mut connection).await.unwrap()
}

fn message(kind: &'static str, text: Option<&str>, runs: Option<&str>) -> Message {
    Message { connection: 0, kind, text: text.map(Into::into), runs: runs.map(Into::into) }
}

#[tokio::test]
async fn every_message_is_recorded_and_round_trips_are_counted() {
    let Some((_database, wire, mut client)) = wired().await else { return };
    let (text, prepared) = ("SELECT 1", "INSERT INTO t VALUES (?)");
    sqlx::raw_sql(text).execute(&mut client).await.unwrap();
    assert_eq!(wire.messages(), [message("COM_QUERY", Some(text), Some(text))]);
    assert_eq!(wire.round_trips(), 1);

    wire.clear();
    sqlx::query(prepared).bind(1).execute(&mut client).await.unwrap();
    let prepare = message("COM_STMT_PREPARE", Some(prepared), None);
    let execute = message("COM_STMT_EXECUTE", None, Some(prepared));
    assert_eq!(wire.messages(), [prepare, execute.clone()]);
    assert_eq!(wire.round_trips(), 2);

    wire.clear();
    sqlx::query(prepared).bind(2).execute(&mut client).await.unwrap();
    assert_eq!(wire.messages(), [execute]);
    assert_eq!(wire.round_trips(), 1);

    client.close().await.unwrap();
    assert_eq!(wire.round_trips(), 1, "a farewell has no answer");
}

#[tokio::test]
async fn cut_before_keeps_the_statement_from_the_server() {
    let Some((database, wire, mut client)) = wired().await else { return };
    wire.cut_before(|message| message.executes("INSERT"));
    sqlx::query("INSERT INTO t VALUES (?)").bind(1).execute(&mut client).await.unwrap_err();
    assert_eq!(wire.cuts(), 1);
    assert_eq!(rows(&database).await, 0);
}

#[tokio::test]
async fn cut_after_lets_the_server_do_it_and_the_client_not_know() {
    let Some((database, wire, mut client)) = wired().await else { return };
    wire.cut_after(|message| message.executes("COMMIT"));
    let mut transaction = client.begin().await.unwrap();
    sqlx::query("INSERT INTO t VALUES (?)").bind(1).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap_err();
    assert_eq!(wire.cuts(), 1);
    assert_eq!(rows(&database).await, 1);
}

#[tokio::test]
async fn cut_closes_what_is_open_and_lets_new_clients_in() {
    let Some((_database, wire, mut client)) = wired().await else { return };
    wire.cut();
    sqlx::raw_sql("SELECT 1").execute(&mut client).await.unwrap_err();
    let mut client = MySqlConnection::connect(wire.url()).await.unwrap();
    sqlx::raw_sql("SELECT 1").execute(&mut client).await.unwrap();
    assert_eq!(wire.messages().last().unwrap().connection, 1);
}
