//! Where commits fall, what is told when, and what becomes of revisions that were not committed yet.

use crate::support::{File, ask, counting_history, history, integrity, sql, version_rows};
use servicekit::sqlx::{self, Connection as _, SqliteConnection, SqlitePool};
use servicekit::{Migrations, Migrator, Progress, StopToken};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const LONG: Duration = Duration::from_hours(1);
/// Any revision takes longer.
const SHORT: Duration = Duration::from_nanos(1);

/// `a`, `b` and `c`, of which the last runs this.
fn three(last: &str) -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x);\nINSERT INTO b VALUES ('once');", "DROP TABLE b;"),
        sql("c", &["b"], last, ""),
    ])
}

/// A migrator that notes what it tells.
fn noting(migrator: Migrator) -> (Migrator, Arc<Mutex<Vec<String>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    let migrator = migrator.on_progress(move |progress| match progress {
        Progress::Started { revision, .. } => notes.lock().unwrap().push(format!("+{revision}")),
        Progress::Finished(done) => notes.lock().unwrap().push(done.revision.to_string()),
        _ => {}
    });
    (migrator, heard)
}

fn heard(notes: &Mutex<Vec<String>>) -> String {
    notes.lock().unwrap().join(" ")
}

#[tokio::test]
async fn revisions_share_a_commit_until_the_time_is_over() {
    for (commit_after, expected) in
        [(LONG, "+a +b +c a b c"), (SHORT, "+a a +b b +c c"), (Duration::ZERO, "+a a +b b +c c")]
    {
        let (migrator, notes) = noting(three("CREATE TABLE c (x);").migrator().commit_after(commit_after));
        let report = migrator.upgrade(&File::new().pool().await).await.unwrap();
        assert_eq!((heard(&notes).as_str(), report.steps.len()), (expected, 3), "{commit_after:?}");
    }
}

#[tokio::test]
async fn a_revision_is_told_of_when_others_see_it() {
    for commit_after in [LONG, Duration::from_millis(5), SHORT, Duration::ZERO] {
        let file = File::new();
        let path = file.path();
        let migrator =
            counting_history(20).migrator().commit_after(commit_after).on_progress(move |progress| {
                let (id, is_done) = match progress {
                    Progress::Started { revision, .. } => (revision, false),
                    Progress::Finished(done) => (&done.revision, true),
                    _ => return,
                };
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
                let look = async {
                    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
                    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'";
                    let exists: i64 = sqlx::query_scalar(sql).fetch_one(&mut other).await.unwrap();
                    if exists == 0 { String::new() } else { version_rows(&mut other).await }
                };
                let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let rows =
                    std::thread::scope(|scope| scope.spawn(|| runtime().block_on(look)).join().unwrap());
                assert_eq!(rows.as_str() >= id.as_str(), is_done, "{rows} at {progress:?}");
            });
        assert_eq!(migrator.upgrade(&file.pool().await).await.unwrap().steps.len(), 20);
    }
}

#[tokio::test]
async fn those_before_a_failure_are_committed_and_told_of_and_nothing_of_the_failed_one_stays() {
    let file = File::new();
    let broken = three("CREATE TABLE c (x);\nUPDATE b SET x = 'twice';\nINSERT INTO nowhere VALUES (1);");
    let (migrator, notes) = noting(broken.migrator().commit_after(LONG));

    let error = migrator.upgrade(&file.pool().await).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    the upgrade of revision `c` (about c) failed: no such table: nowhere
     --> alembic/versions/c.sql:9:13
      |
    9 | INSERT INTO nowhere VALUES (1);
      |             ^^^^^^^ no such table: nowhere
    now: the transaction was rolled back; the database is at b
    help: fix the revision and start again
    ");
    // `b` was in one message with `c`.
    assert_eq!(heard(&notes), "+a +b +c +b a b");
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, "b");
    assert_eq!(ask(&mut connection, "SELECT x FROM b").await, "once");
    assert_eq!(ask(&mut connection, "SELECT revision FROM alembic_journal ORDER BY seq").await, "a\nb");
    assert_eq!(ask(&mut connection, "SELECT name FROM sqlite_schema WHERE name = 'c'").await, "");
}

#[tokio::test]
async fn what_sqlite_rolls_back_itself_is_done_again_one_by_one() {
    let file = File::new();
    let broken =
        three("CREATE TABLE c (x UNIQUE);\nINSERT INTO c VALUES (1);\nINSERT OR ROLLBACK INTO c VALUES (1);");
    let (migrator, notes) = noting(broken.migrator().commit_after(LONG));

    let error = migrator.upgrade(&file.pool().await).await.unwrap_err();

    assert_eq!((error.code(), error.heads().unwrap().to_string()), ("statement_failed", "b".to_owned()));
    assert_eq!(heard(&notes), "+a +b +c +a a +b b +c");
    assert_eq!(ask(&mut file.connection().await, "SELECT x FROM b").await, "once");
}

#[tokio::test]
async fn a_full_disk_keeps_the_revisions_that_had_room() {
    let file = File::new();
    let fills = "CREATE TABLE c (x BLOB);\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
                 INSERT INTO c SELECT randomblob(4000) FROM n;";
    let pool = SqlitePool::connect_with(file.options().pragma("max_page_count", "100")).await.unwrap();

    let error = three(fills).migrator().commit_after(LONG).upgrade(&pool).await.unwrap_err();

    assert_eq!((error.code(), error.heads().unwrap().to_string()), ("statement_failed", "b".to_owned()));
    let mut connection = file.connection().await;
    assert_eq!(
        (version_rows(&mut connection).await, integrity(&mut connection).await),
        ("b".into(), "ok".into())
    );
    assert_eq!(three(fills).upgrade(&file.pool().await).await.unwrap().steps.len(), 1);
}

#[tokio::test]
async fn a_deferred_foreign_key_is_checked_for_the_revision_that_violates_it() {
    let lazy = "CREATE TABLE parent (id INTEGER PRIMARY KEY);\n\
                CREATE TABLE child (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);";
    let migrations = history(&[
        sql("a", &[], lazy, ""),
        sql("b", &["a"], "INSERT INTO parent VALUES (1);", ""),
        sql("c", &["b"], "INSERT INTO child VALUES (2);", ""),
        // Together with this one it would be none.
        sql("d", &["c"], "INSERT INTO parent VALUES (2);", ""),
    ]);
    let file = File::new();

    let error = migrations.migrator().commit_after(LONG).upgrade(&file.pool().await).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    revision `c` could not be committed: FOREIGN KEY constraint failed
    now: what was not committed has been rolled back; the database is at b
    help: a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again
    ");
    assert_eq!(version_rows(&mut file.connection().await).await, "b");
}

#[tokio::test]
async fn a_reader_that_stays_lets_nothing_be_committed_and_the_next_run_does_all() {
    let file = File::new();
    three("").upgrade_to(&file.pool().await, "a").await.unwrap();
    let mut reader = file.connection().await;
    sqlx::raw_sql("BEGIN; SELECT * FROM a").execute(&mut reader).await.unwrap();
    let migrator = three("").migrator().commit_after(LONG).acquire_timeout(Duration::from_millis(50));
    let (migrator, notes) = noting(migrator);

    let error = migrator.upgrade(&file.pool().await).await.unwrap_err();

    assert_eq!((error.code(), error.heads().unwrap().to_string()), ("locked", "a".to_owned()));
    assert_eq!(heard(&notes), "+b +c");
    sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
    assert_eq!(version_rows(&mut reader).await, "a");
    assert_eq!(migrator.upgrade(&file.pool().await).await.unwrap().steps.len(), 2);
    assert_eq!(ask(&mut reader, "SELECT x FROM b").await, "once");
}

#[tokio::test]
async fn a_database_in_memory_and_a_connection_that_is_lent_share_commits_too() {
    let mut lent = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let (migrator, notes) = noting(three("").migrator().commit_after(LONG));
    migrator.upgrade(&mut lent).await.unwrap();
    migrator.downgrade_to(&mut lent, "a").await.unwrap();
    assert_eq!(heard(&notes), "+a +b +c a b c +c +b c b");
    assert_eq!(version_rows(&mut lent).await, "a");

    sqlx::raw_sql("BEGIN; CREATE TABLE mine (x)").execute(&mut lent).await.unwrap();
    assert_eq!(migrator.upgrade(&mut lent).await.unwrap_err().code(), "in_transaction");
    sqlx::raw_sql("COMMIT").execute(&mut lent).await.unwrap();
    assert_eq!(ask(&mut lent, "SELECT name FROM sqlite_schema WHERE name = 'mine'").await, "mine");
}

/// How many statements the message of each revision has.
async fn messages(pool: &SqlitePool, prepare: &str) -> Vec<usize> {
    let one = "SELECT 1;";
    let migrations = history(&[
        sql("a", &[], prepare, ""),
        sql("b", &["a"], one, ""),
        sql("c", &["b"], one, ""),
        sql("d", &["c"], one, ""),
    ]);
    migrations.upgrade_to(pool, "a").await.unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&heard);
    let migrator = migrations.migrator().commit_after(LONG).on_progress(move |progress| {
        if let Progress::Statement { together, .. } = progress {
            notes.lock().unwrap().push(*together);
        }
    });
    migrator.upgrade(pool).await.unwrap();
    heard.lock().unwrap().clone()
}

#[tokio::test]
async fn revisions_share_a_message_where_the_database_is_small() {
    let fill = |rows: u32| {
        format!(
            "CREATE TABLE big (x BLOB);\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
             INSERT INTO big SELECT zeroblob(100000) FROM n;"
        )
    };
    assert_eq!(messages(&File::new().pool().await, &fill(2)).await, [1, 2, 2]);
    assert_eq!(messages(&File::new().pool().await, &fill(200)).await, [1, 1, 1]);
}

#[tokio::test]
async fn a_run_that_is_asked_to_stop_keeps_nothing_behind_the_revision_that_ran_then() {
    // The messages have one revision, two, four and three.
    for stop_at in 1..10 {
        let file = File::new();
        let stop = StopToken::new();
        let asked = stop.clone();
        let migrator = counting_history(10).migrator().commit_after(LONG).stopped_by(&stop);
        let migrator = migrator.on_progress(move |progress| match progress {
            Progress::Started { step, .. } if *step == stop_at => asked.stop(),
            _ => {}
        });

        let error = migrator.upgrade(&file.pool().await).await.unwrap_err();

        let mut connection = file.connection().await;
        let rows = version_rows(&mut connection).await;
        assert_eq!((error.code(), error.heads().unwrap().to_string()), ("stopped", rows.clone()));
        let journal = ask(&mut connection, "SELECT revision FROM alembic_journal ORDER BY seq").await;
        assert_eq!((journal.lines().count(), journal.lines().last()), (stop_at, Some(rows.as_str())));
    }
}
