//! Servers that a test may kill.

use servicekit_test_servers::PrivateServer;
use sqlx::{Connection as _, MySqlConnection, PgConnection};
use std::path::Path;

/// That both connection types can be asked the same: runs the body for each.
macro_rules! survives_a_kill {
    ($connection:ty, $server:expr) => {{
        let Some(server) = $server.start() else { return };
        let database = server.create_database();
        let mut session = <$connection>::connect(database.url()).await.unwrap();
        sqlx::raw_sql("CREATE TABLE t (id INT)").execute(&mut session).await.unwrap();
        sqlx::raw_sql("INSERT INTO t VALUES (1)").execute(&mut session).await.unwrap();
        sqlx::raw_sql("BEGIN").execute(&mut session).await.unwrap();
        sqlx::raw_sql("INSERT INTO t VALUES (2)").execute(&mut session).await.unwrap();
        let first = server.pid();

        server.kill();

        sqlx::raw_sql("SELECT 1").execute(&mut session).await.unwrap_err();
        <$connection>::connect(database.url()).await.unwrap_err();
        server.restart();
        assert_ne!(server.pid(), first);
        let mut session = <$connection>::connect(database.url()).await.unwrap();
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM t").fetch_one(&mut session).await.unwrap();
        assert_eq!(rows, 1, "what was committed is there, what was not is gone");

        server.stop();

        <$connection>::connect(database.url()).await.unwrap_err();
        server.restart();
        <$connection>::connect(database.url()).await.unwrap();
    }};
}

#[tokio::test]
async fn a_killed_postgres_comes_back_with_what_was_committed() {
    survives_a_kill!(PgConnection, PrivateServer::postgres());
}

#[tokio::test]
async fn a_killed_mysql_comes_back_with_what_was_committed() {
    survives_a_kill!(MySqlConnection, PrivateServer::mysql());
}

#[tokio::test]
async fn a_server_takes_settings() {
    let Some(server) = PrivateServer::postgres().durable().setting("max_connections", "7").start() else {
        return;
    };
    let mut session = PgConnection::connect(server.url()).await.unwrap();
    let settings: (String, String) =
        sqlx::query_as("SELECT current_setting('max_connections'), current_setting('fsync')")
            .fetch_one(&mut session)
            .await
            .unwrap();
    assert_eq!(settings, ("7".to_owned(), "on".to_owned()));
}

#[tokio::test]
async fn a_server_leaves_no_process_and_no_file() {
    let Some(server) = PrivateServer::postgres().start() else { return };
    let mut session = PgConnection::connect(server.url()).await.unwrap();
    let data: String = sqlx::query_scalar("SHOW data_directory").fetch_one(&mut session).await.unwrap();
    let process = format!("/proc/{}", server.pid());
    assert!(Path::new(&data).exists());

    drop(server);

    assert!(!Path::new(&data).exists());
    assert!(!Path::new(&process).exists());
}
