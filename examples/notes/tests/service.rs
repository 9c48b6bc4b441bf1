//! The history and the routes, in this process.

use axum::http::StatusCode;
use notes::{MIGRATIONS, Note, count_words, rev};
use servicekit::testing::{check_model_types, check_models, check_repeatable, temp_sqlite};
use servicekit::{Dialect, SqliteDatabaseBuilder, models};
use servicekit_test_servers::http;
use tokio::sync::oneshot;

#[tokio::test]
async fn the_struct_is_the_table() {
    check_models(MIGRATIONS, models![Note]).await.unwrap();
    check_model_types(models![Note], [Dialect::Sqlite]).unwrap();
    check_repeatable(&MIGRATIONS).unwrap();
}

#[tokio::test]
async fn words_of_notes_that_were_there_are_counted() {
    let database = temp_sqlite(&MIGRATIONS).await.unwrap();
    MIGRATIONS.downgrade_to(database.pool(), rev::CREATE_NOTES).await.unwrap();
    sqlx::query("INSERT INTO notes (text) VALUES ('buy milk'), (''), ('a\u{2003}b c')")
        .execute(database.pool())
        .await
        .unwrap();
    MIGRATIONS.upgrade(database.pool()).await.unwrap();
    let words: Vec<i64> =
        sqlx::query_scalar("SELECT words FROM notes ORDER BY id").fetch_all(database.pool()).await.unwrap();
    assert_eq!(words, [2, 0, 3]);
    assert_eq!(count_words("a\u{2003}b c"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_written_and_read() {
    let database = SqliteDatabaseBuilder::in_memory().with_migrations(MIGRATIONS).build();
    let service = notes::service(database);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, told) = oneshot::channel::<()>();
    let served = tokio::spawn(service.clone().serve_until(listener, async {
        let _ = told.await;
    }));
    while !service.health().await.is_ready {
        tokio::task::yield_now().await;
    }

    tokio::task::spawn_blocking(move || {
        let made = http::post(address, "/notes", r#"{"text": "buy milk"}"#).unwrap();
        assert_eq!(made, (200, r#"{"id":1,"text":"buy milk","words":2}"#.to_owned()));
        assert_eq!(http::get(address, "/notes").unwrap().1, r#"[{"id":1,"text":"buy milk","words":2}]"#);
        assert_eq!(http::get(address, "/notes/1").unwrap().0, StatusCode::OK);
        assert_eq!(http::get(address, "/notes/2").unwrap(), (404, "there is no note 2\n".to_owned()));
        assert_eq!(http::post(address, "/notes", "{}").unwrap().0, 422);
    })
    .await
    .unwrap();
    end.send(()).unwrap();
    served.await.unwrap().unwrap();
}
