//! Statements of SQLite that cannot be in a transaction: steps of their own, each exactly once.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::options::Resolution;
use servicekit::{Migrations, Progress, sqlx};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{File, ask, child, child_file, history, history_with, sql, sql_text, version_rows, wait};

const JOURNAL: &str = "SELECT revision || ' ' || direction || ' ' || stage || '/' || stages || ' ' || state FROM alembic_journal";

fn with_vacuum() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x);", "DROP TABLE a;"),
        sql(
            "b",
            &["a"],
            "INSERT INTO a VALUES (1);\nVACUUM;\nINSERT INTO a VALUES (2);",
            "DELETE FROM a;\nVACUUM;",
        ),
    ])
}

#[tokio::test]
async fn what_cannot_be_in_a_transaction_becomes_a_step_of_its_own() {
    let file = File::new();
    let pool = file.pool().await;
    with_vacuum().upgrade(&pool).await.unwrap();
    let mut connection = file.connection().await;
    assert_eq!(ask(&mut connection, "SELECT group_concat(x) FROM a").await, "1,2");
    assert_eq!(version_rows(&mut connection).await, "b");
    with_vacuum().downgrade_to(&pool, "a").await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT count(*) || '' FROM a").await, "0");
    insta::assert_snapshot!(ask(&mut connection, JOURNAL).await, @"
    a upgrade 0/0 done
    b upgrade 1/3 done
    b upgrade 2/3 done
    b upgrade 3/3 done
    b downgrade 1/2 done
    b downgrade 2/2 done
    ");
}

#[tokio::test]
async fn with_transaction_off_each_statement_stays_and_a_failed_one_is_where_the_next_run_goes_on() {
    let file = File::new();
    let pool = file.pool().await;
    let text = |last: &str| {
        format!(
            "-- +transaction off\n\n-- +upgrade\nPRAGMA foreign_keys = OFF;\nCREATE TABLE a (x);\n\
             INSERT INTO a VALUES (1);\n{last}\n"
        )
    };
    let broken = history(&[sql_text("a", &[], &text("INSERT INTO nowhere VALUES (2);"))]);
    let error = broken.upgrade(&pool).await.unwrap_err();
    insta::assert_snapshot!(error, @"
    the upgrade of revision `a` (about a) failed: no such table: nowhere
      --> alembic/versions/a.sql:11:13
       |
    11 | INSERT INTO nowhere VALUES (2);
       |             ^^^^^^^ no such table: nowhere
    now: stage 3 of 3 was not done, the stages before it stay; the database is at base, with this revision partially applied
    help: fix the revision from this statement on and start again: it continues with this stage
    ");
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, "in:progress");
    let status = broken.migrator().status(&pool).await.unwrap();
    let partial = status.partial.unwrap();
    assert_eq!((partial.revision.as_str(), partial.stage, partial.stages), ("a", 3, 3));

    let edited = history(&[sql_text("a", &[], &text("").replace("VALUES (1)", "VALUES (7)"))]);
    let error = edited.upgrade(&pool).await.unwrap_err();
    assert!(matches!(error.kind(), servicekit::ErrorKind::PartialEdited { .. }), "{error}");

    history(&[sql_text("a", &[], &text("INSERT INTO a VALUES (2);"))]).upgrade(&pool).await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT group_concat(x) FROM a").await, "1,2");
    assert_eq!(version_rows(&mut connection).await, "a");
    insta::assert_snapshot!(ask(&mut connection, JOURNAL).await, @"
    a upgrade 1/3 done
    a upgrade 2/3 done
    a upgrade 3/3 done
    ");
}

#[tokio::test]
async fn a_partially_applied_revision_is_finished_before_it_is_reverted() {
    let file = File::new();
    let pool = file.pool().await;
    let text = |step: &str| {
        format!(
            "-- +transaction off\n\n-- +upgrade\nCREATE TABLE b (x);\n{step}\n-- +downgrade\nDROP TABLE b;\n"
        )
    };
    let first = sql("a", &[], "CREATE TABLE a (x);", "DROP TABLE a;");
    let broken = history(&[first.clone(), sql_text("b", &["a"], &text("INSERT INTO nowhere VALUES (1);"))]);
    broken.upgrade(&pool).await.unwrap_err();

    let fixed = history(&[first, sql_text("b", &["a"], &text("INSERT INTO b VALUES (1);"))]);
    fixed.downgrade_to(&pool, "base").await.unwrap();
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, "");
    insta::assert_snapshot!(ask(&mut connection, JOURNAL).await, @"
    a upgrade 0/0 done
    b upgrade 1/2 done
    b upgrade 2/2 done
    b downgrade 1/1 done
    a downgrade 0/0 done
    ");
}

/// A history that shares its file, and the journal in it, with another one.
fn sharing(name: &'static str) -> Migrations {
    let text = format!(
        "-- +transaction off\n\n-- +upgrade\nCREATE TABLE {name} (x);\nINSERT INTO {name} VALUES (1);\nVACUUM;\n\
         INSERT INTO {name} VALUES (2);\n\n-- +downgrade\nDROP TABLE {name};\n"
    );
    history_with(&[sql_text(name, &[], &text)], |embedded| {
        embedded.version_table = format!("{name}_version").leak();
    })
}

/// Dies before a statement.
#[tokio::test]
async fn one_that_dies() {
    let Some(path) = child_file() else { return };
    let at: usize = std::env::var("SERVICEKIT_TEST_AT").unwrap().parse().unwrap();
    let options =
        servicekit::sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = servicekit::sqlx::SqlitePool::connect_with(options).await.unwrap();
    let statements = AtomicUsize::new(0);
    let migrator = sharing("a").migrator().on_progress(move |progress| {
        if matches!(progress, Progress::Statement { .. }) && statements.fetch_add(1, Ordering::SeqCst) == at {
            std::process::abort();
        }
    });
    migrator.upgrade(&pool).await.unwrap();
}

#[tokio::test]
async fn a_history_answers_for_its_own_steps() {
    for at in 1..4 {
        for is_old in [false, true] {
            let file = File::new();
            let (ok, text) = wait(
                child("one_that_dies", &file.path())
                    .env("SERVICEKIT_TEST_AT", at.to_string())
                    .spawn()
                    .unwrap(),
            );
            assert!(!ok, "{text}");
            let pool = file.pool().await;
            let mut connection = file.connection().await;
            if is_old {
                for column in ["version_schema", "version_table", "rendered_digest"] {
                    let text = format!("ALTER TABLE alembic_journal DROP COLUMN {column}");
                    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
                }
            }
            let partial = |history: Migrations| {
                let pool = pool.clone();
                async move { history.migrator().status(&pool).await.unwrap().partial.map(|found| found.revision) }
            };
            assert_eq!(partial(sharing("a")).await.as_deref(), Some("a"));
            assert_eq!(partial(sharing("b")).await, None);
            let error = sharing("b").migrator().resolve(&pool, Resolution::Done).await.unwrap_err();
            assert!(matches!(error.kind(), servicekit::ErrorKind::NothingInDoubt), "{error}");

            sharing("b").upgrade(&pool).await.unwrap();
            sharing("b").migrator().stamp(&pool, "base").await.unwrap();
            sharing("b").migrator().stamp(&pool, "head").await.unwrap();
            assert_eq!(sharing("b").migrator().edited(&pool).await.unwrap(), []);
            assert_eq!(partial(sharing("a")).await.as_deref(), Some("a"));

            sharing("a").upgrade(&pool).await.unwrap();
            assert_eq!(ask(&mut connection, "SELECT group_concat(x) FROM a").await, "1,2");
            assert_eq!(ask(&mut connection, "SELECT group_concat(x) FROM b").await, "1,2");
            let steps = "SELECT revision || ' ' || stage || ' ' || state FROM alembic_journal WHERE stages > 0 ORDER BY revision, stage";
            let of = |name| (1..5).map(move |step| format!("{name} {step} done"));
            assert_eq!(
                ask(&mut connection, steps).await,
                of("a").chain(of("b")).collect::<Vec<_>>().join("\n")
            );
        }
    }
}
