//! The histories of a library and of an application on one database.

use servicekit::sqlx;
use servicekit::{ErrorKind, SqliteDatabaseBuilder};

#[tokio::test]
async fn each_history_has_its_own_rows_and_its_own_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let database = forum::database(&folder.path().join("forum.db"));
    assert_eq!(database.init().await.unwrap().steps.len(), 1, "the report is the application's");
    assert!(database.init().await.unwrap().is_empty());

    let mut session = database.session().await.unwrap();
    let ann = accounts::open_account(&mut session, "ann").await.unwrap();
    let topic = "INSERT INTO topics (account_id, title) VALUES (?, 'Hello')";
    sqlx::query(topic).bind(ann).execute(&mut *session).await.unwrap();
    sqlx::query(topic).bind(ann + 1).execute(&mut *session).await.expect_err("there is no such account");
    session.commit().await.unwrap();

    forum::MIGRATIONS.downgrade_to(&database, "base").await.unwrap();
    assert!(forum::MIGRATIONS.current(&database).await.unwrap().is_base());
    assert_eq!(accounts::MIGRATIONS.current(&database).await.unwrap().to_string(), "2ab97c04e1d6");
    let accounts: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts")
        .fetch_one(&database.pool().unwrap())
        .await
        .unwrap();
    assert_eq!(accounts, 1);
}

#[tokio::test]
async fn a_library_that_cannot_be_applied_keeps_the_application_from_starting() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("forum.db");
    let taken = SqliteDatabaseBuilder::from_file(&file).build();
    taken.init().await.unwrap();
    sqlx::query("CREATE TABLE accounts (x)").execute(&taken.pool().unwrap()).await.unwrap();
    taken.dispose().await;

    let database = forum::database(&file);
    let error = database.init().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Statement(_)), "{error}");
    assert!(database.pool().is_err());
    taken.init().await.unwrap();
    assert!(forum::MIGRATIONS.current(&taken).await.unwrap().is_base());
}
