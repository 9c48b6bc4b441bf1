//! A connection that is handed in belongs to the caller: whatever becomes of the run, it can be used afterwards.
#![allow(clippy::large_futures, reason = "the future of a run, on the stack of a test")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::options::TransactionMode;
use servicekit::sqlx::{self, Connection as _, SqliteConnection};
use servicekit::{Error, Progress, Report};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use support::{File, ask, counting_history, history, rust, sql, version_rows};

const REVISIONS: usize = 4;

/// Wakes the thread of the test.
struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls a run so often and drops it then, while its last statement runs or after; whether it ended before.
fn poll(run: impl Future<Output = Result<Report, Error>>, times: usize, answered: bool) -> bool {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut run = pin!(run);
    for poll in 1..=times {
        if let Poll::Ready(result) = run.as_mut().poll(&mut Context::from_waker(&waker)) {
            result.unwrap();
            return true;
        }
        if answered || poll < times {
            std::thread::park();
        }
    }
    false
}

/// What the revisions have done, the version rows and the journal must agree about it.
async fn applied(connection: &mut SqliteConnection) -> usize {
    let tables = "SELECT count(*) || '' FROM sqlite_schema WHERE name IN ('alembic_version', 'counter')";
    if ask(connection, tables).await == "0" {
        return 0;
    }
    let counts = "SELECT (SELECT count(*) FROM counter) || ' ' || (SELECT count(*) FROM alembic_journal) || ' ' || \
                  (SELECT 1 + substr(version_num, 4) FROM alembic_version)";
    let counts = ask(connection, counts).await;
    let counts: Vec<usize> = counts.split(' ').map(|count| count.parse().unwrap()).collect();
    assert!(counts.windows(2).all(|pair| pair[0] == pair[1]), "counter, journal and rows: {counts:?}");
    counts[0]
}

#[tokio::test]
async fn a_future_dropped_anywhere_leaves_the_connection_outside_of_a_transaction_and_the_next_run_finishes()
{
    let migrations = counting_history(REVISIONS);
    let (mut dropped, mut half_way) = (0, 0);
    let modes = [
        (TransactionMode::PerRevision, Duration::ZERO),
        (TransactionMode::PerRun, Duration::ZERO),
        (TransactionMode::PerRevision, Duration::from_millis(1)),
    ];
    for (mode, commit_after) in modes {
        let mut ended = 0;
        // Everything that can come next, at every moment.
        for (polls, next) in (0..).flat_map(|polls| (0..4).map(move |next| (polls, next))) {
            let file = File::new();
            let options = file.options().synchronous(sqlx::sqlite::SqliteSynchronous::Off);
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();

            let migrator = migrations.migrator().transaction(mode).commit_after(commit_after);
            if poll(migrator.upgrade(&mut connection), polls, polls % 2 == 0) {
                // How often a run has to be polled hangs on who is faster, so that one that ends early says little.
                ended += 1;
                if ended > 20 {
                    break;
                }
                continue;
            }

            dropped += 1;
            assert!(!connection.is_in_transaction());
            let next = match next {
                // Not to head, so that this is no mere SELECT.
                0 => migrations.upgrade_to(&mut connection, "rev0003").await.unwrap(),
                1 => {
                    connection.begin().await.unwrap().commit().await.unwrap();
                    migrations.upgrade(&mut connection).await.unwrap()
                }
                2 => {
                    let state = applied(&mut connection).await;
                    half_way += usize::from(0 < state && state < REVISIONS);
                    let report = migrations.upgrade(&mut connection).await.unwrap();
                    assert_eq!(report.steps.len(), REVISIONS - state);
                    report
                }
                // Another connection can write: no lock is left.
                _ => migrations.upgrade(&mut file.connection().await).await.unwrap(),
            };
            assert_eq!(next.to.to_string(), "rev0003", "{polls} polls");
            assert_eq!(applied(&mut connection).await, REVISIONS);
        }
    }
    println!("{dropped} futures dropped, {half_way} seen half-way, 0 connections lost");
    assert!(half_way > 0, "{dropped} dropped");
}

#[tokio::test]
async fn a_transaction_that_the_caller_has_dropped_is_over_for_the_run_too() {
    let file = File::new();
    let mut connection = file.connection().await;
    drop(connection.begin().await.unwrap());

    // sqlx has only asked for the rollback by now.
    let report = counting_history(1).upgrade_to(&mut connection, "rev0000").await.unwrap();

    assert_eq!(report.steps.len(), 1);
}

#[tokio::test]
async fn a_transaction_that_sqlx_does_not_know_of_is_refused_and_left_alone() {
    let file = File::new();
    let mut connection = file.connection().await;
    sqlx::raw_sql("CREATE TABLE mine (x); BEGIN; INSERT INTO mine VALUES ('kept')")
        .execute(&mut connection)
        .await
        .unwrap();

    let error = counting_history(1).upgrade(&mut connection).await.unwrap_err();

    assert_eq!(error.code(), "in_transaction");
    sqlx::raw_sql("COMMIT").execute(&mut connection).await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT x FROM mine").await, "kept");
}

#[tokio::test]
async fn a_panic_in_a_revision_or_in_the_callback_passes_through_and_leaves_nothing_open() {
    let file = File::new();
    let pool = file.pool().await;
    let panics =
        history(&[sql("a", &[], "CREATE TABLE a (x);", ""), rust("b", &["a"], |_| panic!("in b"), None)]);
    let migrations = history(&[sql("a", &[], "CREATE TABLE a (x);", ""), sql("b", &["a"], "", "")]);
    let loud = migrations.migrator().on_progress(|progress| {
        // The transaction is open then.
        let begins = matches!(progress, Progress::Started { revision, .. } if revision.as_str() == "b");
        assert!(!begins, "in the callback");
    });
    let mut connection = file.connection().await;

    let mut said = Vec::new();
    for run in 0..4 {
        let result = match run {
            0 => caught(panics.upgrade(&pool)).await,
            1 => caught(panics.upgrade(&mut connection)).await,
            2 => caught(loud.upgrade(&pool)).await,
            _ => caught(loud.upgrade(&mut connection)).await,
        };
        said.push(format!("{} at {}", result, migrations.current(&mut connection).await.unwrap()));
        assert!(!connection.is_in_transaction());
    }
    // `a` was to share its commit with `b`.
    assert_eq!(said, ["in b at base", "in b at base", "in the callback at base", "in the callback at base"]);
    assert_eq!(migrations.upgrade(&mut connection).await.unwrap().to.to_string(), "b");
}

/// What a future panics with.
async fn caught(run: impl Future<Output = Result<Report, Error>>) -> String {
    let mut run = pin!(run);
    let result = std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(context)));
        match polled {
            Ok(Poll::Ready(result)) => Poll::Ready(Ok(result)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(panic) => Poll::Ready(Err(panic)),
        }
    });
    match result.await {
        Ok(result) => result.map(|_| "done".to_owned()).unwrap(),
        Err(panic) => (*panic.downcast::<&'static str>().unwrap()).to_owned(),
    }
}

#[tokio::test]
async fn a_callback_can_read_the_database_that_is_being_migrated() {
    let file = File::new();
    let path = file.path();
    let migrator = counting_history(3).migrator().on_progress(move |progress| {
        let Progress::Finished(done) = progress else { return };
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let ask = async {
            let mut other = SqliteConnection::connect_with(&options).await.unwrap();
            version_rows(&mut other).await
        };
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let rows = std::thread::scope(|scope| scope.spawn(|| runtime().block_on(ask)).join().unwrap());
        // Those that share a commit are there together.
        assert_eq!((rows.as_str() >= done.revision.as_str(), rows.as_str()), (true, "rev0002"));
    });
    assert_eq!(migrator.upgrade(&file.pool().await).await.unwrap().steps.len(), 3);
}

#[tokio::test]
async fn runs_can_be_spawned_on_whatever_they_are_given() {
    let file = File::new();
    let pool = file.pool().await;
    let mut connection = file.connection().await;
    let mut pooled = pool.acquire().await.unwrap();
    let migrations = counting_history(1);

    let steps = [
        tokio::spawn(async move { migrations.upgrade(&mut connection).await })
            .await
            .unwrap()
            .unwrap()
            .steps
            .len(),
        tokio::spawn(async move { migrations.upgrade(&mut pooled).await })
            .await
            .unwrap()
            .unwrap()
            .steps
            .len(),
        tokio::spawn(async move { migrations.upgrade(&pool).await }).await.unwrap().unwrap().steps.len(),
    ];

    assert_eq!(steps, [1, 0, 0]);
}
