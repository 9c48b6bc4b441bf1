//! A start with nothing to do: exactly one statement, and no write.
//!
//! One test only: it counts what sqlx logs in the whole process.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::sqlx::sqlite::SqlitePoolOptions;
use servicekit::sqlx::{Connection as _, SqliteConnection};
use std::fmt;
use std::sync::Mutex;
use support::{File, history, sql};
use tracing::field::{Field, Visit};
use tracing::span;
use tracing::{Event, Metadata, Subscriber};

/// Every statement that sqlx says it ran.
static STATEMENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Listens to the target that sqlx logs statements under.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Statement);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

struct Statement;

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "summary" {
            let quoted = format!("{value:?}");
            let text = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&quoted);
            STATEMENTS.lock().unwrap().push(text.replace('\\', ""));
        }
    }
}

fn statements() -> Vec<String> {
    std::mem::take(&mut *STATEMENTS.lock().unwrap())
}

/// What the connection has run since the last look. Its thread logs a statement after it has answered, and
/// answers a ping after that.
async fn logged(connection: &mut SqliteConnection) -> Vec<String> {
    connection.ping().await.unwrap();
    statements()
}

#[tokio::test]
async fn a_start_with_nothing_to_do_is_one_select() {
    tracing::subscriber::set_global_default(Listener).unwrap();
    let file = File::new();
    // One connection, so that it is the same one that is asked again.
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(file.options()).await.unwrap();
    let migrations = history(&[sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;")]);
    migrations.upgrade(&pool).await.unwrap();
    assert!(statements().len() > 5, "the listener hears statements");
    let before = std::fs::read(file.path()).unwrap();
    let one = [r#"SELECT version_num FROM "main"."alembic_version""#];

    // Opening a connection is not part of it; the run above closed the one that it used.
    logged(&mut pool.acquire().await.unwrap()).await;
    assert!(migrations.upgrade(&pool).await.unwrap().is_empty());
    assert_eq!(logged(&mut pool.acquire().await.unwrap()).await, one, "on a pool");

    let mut connection = SqliteConnection::connect_with(&file.options()).await.unwrap();
    logged(&mut connection).await;
    assert!(migrations.upgrade(&mut connection).await.unwrap().is_empty());
    assert_eq!(logged(&mut connection).await, one, "on a connection");

    let read_only = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(file.options().create_if_missing(false).read_only(true))
        .await
        .unwrap();
    logged(&mut read_only.acquire().await.unwrap()).await;
    assert!(migrations.upgrade(&read_only).await.unwrap().is_empty());
    assert_eq!(logged(&mut read_only.acquire().await.unwrap()).await, one, "on a read-only pool");

    let mut empty = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    logged(&mut empty).await;
    assert!(history(&[]).upgrade(&mut empty).await.unwrap().is_empty());
    assert_eq!(logged(&mut empty).await, one, "without a revision and without a version table");

    assert_eq!(std::fs::read(file.path()).unwrap(), before);
    let names: Vec<_> =
        std::fs::read_dir(file.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["test.db"], "no journal is left or made");
}
