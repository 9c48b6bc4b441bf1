//! Transactions of a service: committed, or as if they had never been.

use crate::support::{File, history, sql};
use proptest::prelude::*;
use servicekit::database::{AnyBackend, AnySession};
use servicekit::sqlx;
use servicekit::{Database, Migrations, SqliteDatabaseBuilder};
use servicekit_test_servers::{Server, TestDatabase};
use std::time::Duration;

fn counters() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x BIGINT NOT NULL);", "DROP TABLE a;")])
}

/// What becomes of a session.
#[derive(Debug, Clone, Copy)]
enum End {
    Commit,
    RollBack,
    Drop,
    /// The connection serves others afterwards, and what was open on it is gone.
    Fail,
}

fn ends() -> impl Strategy<Value = Vec<(End, u8)>> {
    let end = prop::sample::select(vec![End::Commit, End::RollBack, End::Drop, End::Fail]);
    prop::collection::vec((end, 1..4u8), 1..10)
}

async fn execute(session: &mut AnySession, text: &'static str) -> Result<(), sqlx::Error> {
    match session {
        AnySession::Sqlite(session) => sqlx::query(text).execute(&mut **session).await.map(|_| ()),
        #[cfg(feature = "postgres")]
        AnySession::Postgres(session) => sqlx::query(text).execute(&mut **session).await.map(|_| ()),
        #[cfg(feature = "mysql")]
        AnySession::MySql(session) => sqlx::query(text).execute(&mut **session).await.map(|_| ()),
        _ => panic!("another database"),
    }
}

async fn count(database: &Database<AnyBackend>) -> i64 {
    let text = "SELECT count(*) FROM a";
    match database.session().await.unwrap() {
        AnySession::Sqlite(mut session) => sqlx::query_scalar(text).fetch_one(&mut *session).await.unwrap(),
        #[cfg(feature = "postgres")]
        AnySession::Postgres(mut session) => sqlx::query_scalar(text).fetch_one(&mut *session).await.unwrap(),
        #[cfg(feature = "mysql")]
        AnySession::MySql(mut session) => sqlx::query_scalar(text).fetch_one(&mut *session).await.unwrap(),
        _ => panic!("another database"),
    }
}

/// After any number of sessions the rows are those of the committed ones.
async fn only_commits_count(database: &Database<AnyBackend>, ends: &[(End, u8)]) {
    let before = count(database).await;
    let mut committed = 0;
    for (end, rows) in ends {
        let mut session = database.session().await.unwrap();
        for _ in 0..*rows {
            execute(&mut session, "INSERT INTO a VALUES (1)").await.unwrap();
        }
        match end {
            End::Commit => {
                session.commit().await.unwrap();
                committed += i64::from(*rows);
            }
            End::RollBack => session.rollback().await.unwrap(),
            End::Drop => drop(session),
            End::Fail => {
                execute(&mut session, "INSERT INTO a VALUES (NULL)").await.unwrap_err();
                drop(session);
            }
        }
    }
    assert_eq!(count(database).await - before, committed, "{ends:?}");
}

fn check(url: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // One connection: what a session leaves on it would be seen by the next.
    let database =
        Database::from_url(url).unwrap().with_max_connections(1).with_migrations(counters()).build();
    runtime.block_on(database.init()).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    });
    runner
        .run(&ends(), |ends| {
            runtime.block_on(only_commits_count(&database, &ends));
            Ok(())
        })
        .unwrap();
    runtime.block_on(database.dispose());
}

#[test]
fn only_what_was_committed_counts_on_every_database() {
    let file = File::new();
    check(&format!("sqlite://{}", file.path().display()));
    check("sqlite::memory:");
    let servers = [
        #[cfg(feature = "postgres")]
        servicekit_test_servers::postgres(),
        #[cfg(feature = "mysql")]
        servicekit_test_servers::mysql(),
    ];
    let databases: Vec<TestDatabase> = servers.into_iter().flatten().map(Server::create_database).collect();
    for database in &databases {
        check(database.url());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_that_read_before_they_write_wait_for_each_other() {
    let file = File::new();
    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(counters()).build();
    database.init().await.unwrap();
    sqlx::query("INSERT INTO a VALUES (0)").execute(&database.pool().unwrap()).await.unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    let mut session = database.session().await.unwrap();
                    let x: i64 =
                        sqlx::query_scalar("SELECT x FROM a").fetch_one(&mut *session).await.unwrap();
                    tokio::task::yield_now().await;
                    sqlx::query("UPDATE a SET x = ?").bind(x + 1).execute(&mut *session).await.unwrap();
                    session.commit().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let x: i64 = sqlx::query_scalar("SELECT x FROM a").fetch_one(&database.pool().unwrap()).await.unwrap();
    assert_eq!(x, 100);
}

#[tokio::test]
async fn a_session_that_cannot_begin_says_why() {
    let file = File::new();
    let database = SqliteDatabaseBuilder::from_file(file.path())
        .with_migrations(counters())
        .with_pool(|pool| pool.max_connections(1).acquire_timeout(Duration::from_millis(300)))
        .with_options(|options| options.busy_timeout(Duration::from_millis(20)))
        .build();
    let closed = database.session().await.unwrap_err();
    database.init().await.unwrap();
    let held = database.session().await.unwrap();
    let exhausted = database.session().await.unwrap_err();
    held.commit().await.unwrap();
    let other = SqliteDatabaseBuilder::from_file(file.path()).build();
    other.init().await.unwrap();
    let writer = other.session().await.unwrap();
    let busy = database.session().await.unwrap_err();
    drop(writer);

    let texts = [closed, exhausted, busy].map(|error| format!("{}: {error}", error.code()));
    insta::assert_snapshot!(texts.join("\n\n"), @"
    not_initialised: the database is not open
    help: call `init().await` first

    database_error: a session could not be begun: pool timed out while waiting for an open connection
    help: every connection of the pool is in use, or its hooks keep failing: end sessions sooner, hold one at a time in each task, or allow more connections

    database_error: a session could not be begun: database is locked
    help: another session writes to the file for longer than the `busy_timeout`: commit that one sooner, or allow more time
    ");
}
