//! Statements of SQLite that cannot be in a transaction: steps of their own, each exactly once.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::{Error, Migrations};
use support::{File, ask, history, sql, sql_text, version_rows};

const JOURNAL: &str =
    "SELECT revision || ' ' || direction || ' ' || step || '/' || steps || ' ' || state FROM alembic_journal";

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
    now: step 3 of 3 was not done, the steps before it stay; the database is at base, with this revision half done
    help: mend the revision from this statement on and start again: it goes on with this step
    ");
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, "in:progress");
    let status = broken.migrator().status(&pool).await.unwrap();
    let half_done = status.half_done.unwrap();
    assert_eq!((half_done.revision.as_str(), half_done.step, half_done.steps), ("a", 2, 3));

    let edited = history(&[sql_text("a", &[], &text("").replace("VALUES (1)", "VALUES (7)"))]);
    let error = edited.upgrade(&pool).await.unwrap_err();
    assert!(matches!(error, Error::EditedHalfDone { .. }), "{error}");

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
async fn a_half_done_revision_is_finished_before_it_is_reverted() {
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

    let mended = history(&[first, sql_text("b", &["a"], &text("INSERT INTO b VALUES (1);"))]);
    mended.downgrade_to(&pool, "base").await.unwrap();
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
