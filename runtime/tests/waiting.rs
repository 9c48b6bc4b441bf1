//! Locks: how long a run waits, what it keeps meanwhile, and that nobody waits for what nobody wants any more.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::options::TransactionMode;
use servicekit::sqlx::{self, SqliteConnection};
use servicekit::{Error, Migrations, Migrator, Progress, Report};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::{File, ask, history, integrity, sql, version_rows};
use tokio::sync::Notify;

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x TEXT); INSERT INTO b VALUES ('once');", "DROP TABLE b;"),
    ])
}

/// A file at `a`.
async fn at_a() -> File {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    file
}

/// A connection that holds the write lock until it is told otherwise.
async fn writer(file: &File) -> SqliteConnection {
    let mut connection = file.connection().await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
    connection
}

/// A connection that reads: in rollback-journal mode nobody can commit then.
async fn reader(file: &File) -> SqliteConnection {
    let mut connection = file.connection().await;
    sqlx::raw_sql("BEGIN; SELECT * FROM a").execute(&mut connection).await.unwrap();
    connection
}

async fn let_go(mut connection: SqliteConnection) {
    sqlx::raw_sql("COMMIT").execute(&mut connection).await.unwrap();
}

/// A migrator that notes what it tells, and says when it waits.
fn listening(migrator: Migrator) -> (Migrator, Arc<Mutex<Vec<String>>>, Arc<Notify>) {
    let (heard, waits) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Notify::new()));
    let (notes, notify) = (Arc::clone(&heard), Arc::clone(&waits));
    let migrator = migrator.on_progress(move |progress| match progress {
        Progress::Started { revision, .. } => notes.lock().unwrap().push(format!("started {revision}")),
        Progress::Finished(done) => notes.lock().unwrap().push(format!("finished {}", done.revision)),
        Progress::Waiting { .. } => notify.notify_one(),
        _ => {}
    });
    (migrator, heard, waits)
}

/// Runs on a pool, and lets go of the lock when the run says that it waits.
async fn run_against(
    file: &File,
    lock: SqliteConnection,
    migrator: Migrator,
    waits: &Notify,
) -> Result<Report, Error> {
    let pool = file.pool().await;
    let run = tokio::spawn(async move { migrator.upgrade(&pool).await });
    tokio::time::timeout(Duration::from_secs(30), waits.notified()).await.unwrap();
    let_go(lock).await;
    run.await.unwrap()
}

#[tokio::test]
async fn a_reader_in_the_way_of_a_commit_is_waited_for_and_nothing_is_run_twice() {
    for mode in [TransactionMode::PerRevision, TransactionMode::PerRun] {
        let file = at_a().await;
        let (migrator, heard, waits) = listening(two().migrator().transaction(mode));

        let report = run_against(&file, reader(&file).await, migrator, &waits).await.unwrap();

        assert_eq!((report.steps.len(), report.to.to_string()), (1, "b".to_owned()));
        assert_eq!(*heard.lock().unwrap(), ["started b", "finished b"]);
        assert_eq!(ask(&mut file.connection().await, "SELECT x FROM b").await, "once");
    }
}

#[tokio::test]
async fn a_reader_that_stays_is_given_up_and_the_revision_is_undone() {
    let file = at_a().await;
    let reader = reader(&file).await;

    let error = two()
        .migrator()
        .acquire_timeout(Duration::from_millis(50))
        .upgrade(&file.pool().await)
        .await
        .unwrap_err();

    assert!(matches!(error.kind(), servicekit::ErrorKind::Locked { .. }), "{error}");
    assert_eq!(error.heads().unwrap().to_string(), "a");
    let_go(reader).await;
    let mut connection = file.connection().await;
    assert_eq!(
        (version_rows(&mut connection).await, integrity(&mut connection).await),
        ("a".into(), "ok".into())
    );
    assert_eq!(ask(&mut connection, "SELECT name FROM sqlite_schema WHERE name = 'b'").await, "");
}

#[tokio::test]
async fn the_time_that_a_revision_takes_is_no_waiting() {
    let file = at_a().await;
    let waits = Arc::new(Notify::new());
    let notify = Arc::clone(&waits);
    let timeout = Duration::from_secs(1);
    let migrator = two().migrator().acquire_timeout(timeout).on_progress(move |progress| match progress {
        // Inside the transaction: as long as a slow statement.
        Progress::Started { .. } => std::thread::sleep(timeout + Duration::from_millis(50)),
        Progress::Waiting { .. } => notify.notify_one(),
        _ => {}
    });

    let report = run_against(&file, reader(&file).await, migrator, &waits).await.unwrap();

    assert_eq!(report.steps.len(), 1);
}

#[tokio::test]
async fn a_lock_timeout_holds_whatever_busy_timeout_the_pool_has() {
    let file = at_a().await;
    let _writer = writer(&file).await;
    for timeout in [Duration::ZERO, Duration::from_millis(300)] {
        let started = Instant::now();

        // sqlx gives every connection a busy timeout of five seconds.
        let error = two().migrator().acquire_timeout(timeout).upgrade(&file.pool().await).await.unwrap_err();

        assert_eq!(error.code(), "locked");
        let elapsed = started.elapsed();
        assert!(timeout <= elapsed && elapsed < Duration::from_secs(4), "{elapsed:?} for {timeout:?}");
    }
}

#[tokio::test]
async fn a_dropped_future_that_waits_for_the_lock_runs_nothing_whether_the_lock_comes_or_not() {
    for (mode, comes) in [
        (TransactionMode::PerRevision, true),
        (TransactionMode::PerRun, true),
        (TransactionMode::PerRevision, false),
    ] {
        let file = at_a().await;
        let mut writer = Some(writer(&file).await);
        let pool = file.pool().await;
        let (migrator, heard, waits) = listening(two().migrator().transaction(mode));

        tokio::select! {
            result = migrator.upgrade(&pool) => panic!("it has the lock: {result:?}"),
            () = waits.notified() => {}
        }
        if comes && let Some(writer) = writer.take() {
            let_go(writer).await;
        }
        drop(migrator);
        let dropped = Instant::now();
        // The run's own task holds the callback, so it is over when nobody else does.
        while Arc::strong_count(&heard) > 1 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }

        // Not a minute, which is the acquire timeout.
        assert!(dropped.elapsed() < Duration::from_secs(30));
        assert_eq!(*heard.lock().unwrap(), Vec::<String>::new());
        drop(writer);
        assert_eq!(version_rows(&mut file.connection().await).await, "a");
    }
}

#[tokio::test]
async fn asking_where_a_database_is_waits_for_a_writer_too() {
    let file = at_a().await;
    let mut writer = file.connection().await;
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut writer).await.unwrap();
    let (migrator, _, waits) = listening(two().migrator());
    let options = file.options().busy_timeout(Duration::ZERO);
    let pool = sqlx::SqlitePool::connect_lazy_with(options);

    let asked = tokio::spawn(async move { (migrator.current(&pool).await, migrator.pending(&pool).await) });
    waits.notified().await;
    let_go(writer).await;

    let (current, pending) = asked.await.unwrap();
    assert_eq!((current.unwrap().to_string(), pending.unwrap().len()), ("a".to_owned(), 1));
}

#[tokio::test]
async fn readers_of_a_file_in_wal_mode_are_in_nobodys_way() {
    let file = File::new();
    let options = file.options().journal_mode(sqlx::sqlite::SqliteJournalMode::Wal);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    two().upgrade_to(&pool, "a").await.unwrap();
    let mut reader = reader(&file).await;

    let report = two().migrator().acquire_timeout(Duration::ZERO).upgrade(&pool).await.unwrap();

    assert_eq!(report.to.to_string(), "b");
    assert_eq!(version_rows(&mut reader).await, "a", "it reads on where it began");
    let_go(reader).await;
}

#[tokio::test]
async fn the_first_look_at_a_busy_file_ends_with_the_lock_timeout_whatever_the_pool_would_wait() {
    let file = at_a().await;
    let mut lock = file.connection().await;
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut lock).await.unwrap();
    let options = file.options().busy_timeout(Duration::from_secs(40));
    let pool = sqlx::sqlite::SqlitePoolOptions::new().connect_lazy_with(options);
    let migrator = two().migrator().acquire_timeout(Duration::from_millis(100));

    let run = async { (migrator.upgrade(&pool).await, migrator.current(&pool).await) };
    let (upgraded, looked) = tokio::time::timeout(Duration::from_secs(30), run).await.unwrap();

    assert_eq!((upgraded.unwrap_err().code(), looked.unwrap_err().code()), ("locked", "locked"));
    let_go(lock).await;
}
