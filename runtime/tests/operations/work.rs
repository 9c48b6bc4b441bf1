//! `op.run`: work of a revision's own, on every database.

use crate::client::Client;
use crate::support::{history, rust};
use servicekit::error::WorkErrorKind;
use servicekit::operation::OtherDatabase;
use servicekit::options::TransactionMode;
use servicekit::revision::*;
use servicekit::{Direction, Error, Migrations, sqlx};
use std::sync::atomic::{AtomicUsize, Ordering};

fn tables(op: &mut Operations) {
    op.create_table("users", [big_integer("id").primary_key(), string("name", 40).not_null()]);
    op.bulk_insert("users", ["id", "name"], [(1, "Ada"), (2, "Bob")]);
}

async fn lower_case(connection: &mut Connection<'_>) -> WorkResult {
    connection.execute("UPDATE users SET name = lower(name)").await?;
    Ok(())
}

/// The typed connection of each database, with a value that is bound.
async fn rename(connection: &mut Connection<'_>, name: &str) -> Result<u64, sqlx::Error> {
    let (question, dollar) =
        ("UPDATE users SET name = ? WHERE id = 1", "UPDATE users SET name = $1 WHERE id = 1");
    Ok(match connection.dialect() {
        Dialect::Sqlite => {
            let connection = connection.sqlite().unwrap();
            sqlx::query(question).bind(name).execute(connection).await?.rows_affected()
        }
        Dialect::Postgres => {
            let connection = connection.postgres().unwrap();
            sqlx::query(dollar).bind(name).execute(connection).await?.rows_affected()
        }
        Dialect::Mysql => {
            let connection = connection.mysql().unwrap();
            sqlx::query(question).bind(name).execute(connection).await?.rows_affected()
        }
        other => panic!("no query for {other}"),
    })
}

async fn to(client: &mut Client, migrations: Migrations, target: &'static str) -> Result<(), Error> {
    with(client, migrations, target, TransactionMode::PerRevision).await
}

async fn with(
    client: &mut Client,
    migrations: Migrations,
    target: &'static str,
    mode: TransactionMode,
) -> Result<(), Error> {
    let migrator = migrations.migrator().transaction(mode);
    macro_rules! run {
        ($connection:expr) => {
            if target == "head" {
                migrator.upgrade($connection).await.map(drop)
            } else {
                migrator.downgrade_to($connection, target).await.map(drop)
            }
        };
    }
    match client {
        Client::Sqlite(connection) => run!(connection),
        Client::Postgres(connection, _) => run!(connection),
        Client::MySql(connection, _) => run!(connection),
    }
}

async fn clients() -> Vec<(Dialect, Client)> {
    let mut clients = Vec::new();
    for dialect in Dialect::ALL {
        clients.extend(Client::open(dialect).await.map(|client| (dialect, client)));
    }
    clients
}

/// The text of a failure, with the line of its call as `LINE`.
fn text(error: &Error) -> String {
    let servicekit::ErrorKind::Work(failure) = error.kind() else { panic!("{error}") };
    error.to_string().replace(&format!(":{}:", failure.position.line), ":LINE:")
}

#[tokio::test]
async fn work_runs_where_it_stands_among_the_operations_up_and_down() {
    fn upgrade(op: &mut Operations) {
        op.execute("INSERT INTO users VALUES (3, 'CLAIRE')");
        op.run("lower-case names", lower_case);
        let name = String::from("it's Ada");
        op.run("rename", async move |connection| {
            assert_eq!(rename(connection, &name).await?, 1);
            Ok(())
        });
        op.execute("INSERT INTO users VALUES (4, 'DAN')");
    }
    fn downgrade(op: &mut Operations) {
        op.run("take back", async |connection| {
            connection.execute("DELETE FROM users WHERE id > 2; UPDATE users SET name = 'back'").await?;
            Ok(())
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, Some(downgrade))]);
    for mode in [TransactionMode::PerRevision, TransactionMode::PerRun] {
        for (dialect, mut client) in clients().await {
            with(&mut client, migrations, "head", mode).await.unwrap();
            let names = "SELECT name FROM users ORDER BY id";
            assert_eq!(client.ask(names).await, ["it's Ada", "bob", "claire", "DAN"], "{dialect}");
            assert_eq!(client.ask("SELECT version_num FROM alembic_version").await, ["b"]);

            with(&mut client, migrations, "a", mode).await.unwrap();
            assert_eq!(client.ask(names).await, ["back", "back"]);
        }
    }
}

#[tokio::test]
async fn an_error_of_work_undoes_the_revision_and_names_the_place_of_the_call() {
    fn upgrade(op: &mut Operations) {
        op.execute("INSERT INTO users VALUES (3, 'Claire')");
        op.run("count the users", async |connection| {
            connection.execute("DELETE FROM users").await?;
            let number: u8 = "many".parse()?;
            assert_ne!(number, 0);
            Ok(())
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    for (dialect, mut client) in clients().await {
        let error = to(&mut client, migrations, "head").await.unwrap_err();

        assert_eq!(error.code(), "work_failed");
        let below = std::error::Error::source(&error).unwrap();
        assert!(below.is::<std::num::ParseIntError>(), "{below}");
        let servicekit::ErrorKind::Work(failure) = error.kind() else { panic!("{error}") };
        assert_eq!((failure.revision.as_str(), failure.direction), ("b", Direction::Upgrade));
        insta::allow_duplicates!(insta::assert_snapshot!(text(&error), @r"
        the upgrade of revision `b` (about b) failed in `count the users`: invalid digit found in string
         --> runtime/tests/operations/work.rs:LINE:12
        now: the transaction was rolled back; the database is at a
        help: fix the revision and start again
        "));
        assert_eq!(client.ask("SELECT name FROM users ORDER BY id").await, ["Ada", "Bob"], "{dialect}");
        assert_eq!(client.ask("SELECT version_num FROM alembic_version").await, ["a"]);
    }
}

#[tokio::test]
async fn work_that_ends_the_transaction_is_found_out() {
    fn upgrade(op: &mut Operations) {
        op.run("commit", async |connection| {
            connection.execute("INSERT INTO users VALUES (3, 'kept')").await?;
            connection.execute("COMMIT").await?;
            Ok(())
        });
    }
    fn roll_back(op: &mut Operations) {
        op.run("begin again", async |connection| {
            connection.execute("ROLLBACK; BEGIN").await?;
            Ok(())
        });
    }
    for (dialect, mut client) in clients().await {
        let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
        let error = to(&mut client, migrations, "head").await.unwrap_err();
        insta::allow_duplicates!(insta::assert_snapshot!(text(&error), @r"
        the upgrade of revision `b` (about b) failed in `commit`: it ended the transaction that it runs in
         --> runtime/tests/operations/work.rs:LINE:12
        now: a part of the revision may have been committed; the database is at a
        help: remove the statement that commits or rolls back (on MySQL and MariaDB, also DDL: use an operation), and revert by hand what was committed
        "));
        assert_eq!(client.ask("SELECT version_num FROM alembic_version").await, ["a"], "{dialect}");
        assert_eq!(client.ask("SELECT name FROM users WHERE id = 3").await, ["kept"]);

        if dialect != Dialect::Mysql {
            let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], roll_back, None)]);
            let error = to(&mut client, migrations, "head").await.unwrap_err();
            assert!(
                matches!(error.kind(), servicekit::ErrorKind::Work(failure) if matches!(failure.why, WorkErrorKind::EndedTransaction)),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn ddl_in_work_on_mysql_is_found_out() {
    fn upgrade(op: &mut Operations) {
        op.run("make a table", async |connection| {
            connection.execute("CREATE TABLE t (x INT)").await?;
            Ok(())
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    for (dialect, mut client) in clients().await {
        let result = to(&mut client, migrations, "head").await;
        if dialect == Dialect::Mysql {
            let error = result.unwrap_err();
            assert!(
                matches!(error.kind(), servicekit::ErrorKind::Work(failure) if matches!(failure.why, WorkErrorKind::EndedTransaction)),
                "{error}"
            );
        } else {
            result.unwrap();
        }
    }
}

#[tokio::test]
async fn work_that_goes_on_after_an_error_on_postgres_is_told_so() {
    fn upgrade(op: &mut Operations) {
        op.run("try", async |connection| {
            drop(connection.execute("SELECT * FROM nothing").await);
            Ok(())
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    for (dialect, mut client) in clients().await {
        let result = to(&mut client, migrations, "head").await;
        if dialect == Dialect::Postgres {
            insta::assert_snapshot!(text(&result.unwrap_err()), @r"
            the upgrade of revision `b` (about b) failed in `try`: it continued after a failed statement: current transaction is aborted, commands ignored until end of transaction block
             --> runtime/tests/operations/work.rs:LINE:12
            now: the transaction was rolled back; the database is at a
            help: return the error of the statement, or put a savepoint around it
            ");
        } else {
            result.unwrap();
        }
    }
}

#[tokio::test]
async fn work_for_another_database_says_so() {
    fn upgrade(op: &mut Operations) {
        op.run("listen", async |connection| {
            connection.postgres()?;
            Ok(())
        });
    }
    let mut client = Client::open(Dialect::Sqlite).await.unwrap();
    let error = to(&mut client, history(&[rust("a", &[], upgrade, None)]), "head").await.unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().is::<OtherDatabase>());
    insta::assert_snapshot!(text(&error), @r"
    the upgrade of revision `a` (about a) failed in `listen`: it asks for a connection to postgres, and the database is sqlite
     --> runtime/tests/operations/work.rs:LINE:12
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    ");
}

static TRIES: AtomicUsize = AtomicUsize::new(0);

#[tokio::test]
async fn work_that_meets_a_lock_is_done_again_from_the_beginning_of_the_revision() {
    // A lock that is gone at the second attempt: the database says 55P03, as `lock_timeout` does.
    fn upgrade(op: &mut Operations) {
        op.execute("INSERT INTO users VALUES (3, 'Claire')");
        op.run("meet a lock", async |connection| {
            if TRIES.fetch_add(1, Ordering::SeqCst) == 0 {
                connection
                    .execute(
                        "DO $$ BEGIN RAISE EXCEPTION 'held' USING ERRCODE = 'lock_not_available'; END $$",
                    )
                    .await?;
            }
            connection.execute("UPDATE users SET name = name || '!'").await?;
            Ok(())
        });
    }
    let Some(mut client) = Client::open(Dialect::Postgres).await else { return };
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    to(&mut client, migrations, "head").await.unwrap();
    assert_eq!(TRIES.load(Ordering::SeqCst), 2);
    assert_eq!(client.ask("SELECT name FROM users ORDER BY id").await, ["Ada!", "Bob!", "Claire!"]);
}

#[tokio::test]
async fn a_failed_step_with_work_is_gone_on_with_and_the_steps_before_it_stay() {
    static BROKEN: AtomicUsize = AtomicUsize::new(1);
    fn upgrade(op: &mut Operations) {
        op.create_table("notes", [integer("x")]);
        op.run("note", async |connection| {
            connection.execute("INSERT INTO notes VALUES (1)").await?;
            if BROKEN.load(Ordering::SeqCst) == 1 {
                return Err("not yet".into());
            }
            Ok(())
        });
        op.create_index("ix_notes_x", "notes", ["x"]);
    }
    let Some(mut client) = Client::open(Dialect::Mysql).await else { return };
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    let error = to(&mut client, migrations, "head").await.unwrap_err();
    insta::assert_snapshot!(text(&error), @r"
    the upgrade of revision `b` (about b) failed in `note`: not yet
     --> runtime/tests/operations/work.rs:LINE:12
    now: stage 2 of 3 was not done; the database is at a, with this revision partially applied
    help: fix the revision from this work on and start again: it continues with this stage
    ");
    assert_eq!(client.ask("SELECT count(*) FROM notes").await, ["0"]);

    BROKEN.store(0, Ordering::SeqCst);
    to(&mut client, migrations, "head").await.unwrap();
    assert_eq!(client.ask("SELECT x FROM notes").await, ["1"]);
    assert_eq!(client.ask("SELECT version_num FROM alembic_version").await, ["b"]);
}

#[tokio::test]
async fn a_panic_in_work_loses_nothing() {
    fn upgrade(op: &mut Operations) {
        op.run("stumble", async |connection| {
            connection.execute("DELETE FROM users").await?;
            panic!("a bug in the revision");
        });
    }
    let migrations = history(&[rust("a", &[], tables, None), rust("b", &["a"], upgrade, None)]);
    let file = crate::support::File::new();
    let pool = file.pool().await;
    let outcome = tokio::spawn({
        let pool = pool.clone();
        async move { migrations.upgrade(&pool).await.map(drop) }
    });
    assert!(outcome.await.unwrap_err().is_panic());
    assert_eq!(migrations.current(&pool).await.unwrap().to_string(), "a");
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM users ORDER BY id").fetch_all(&pool).await.unwrap();
    assert_eq!(names, ["Ada", "Bob"]);
}

#[test]
fn work_needs_a_name_and_tells_of_itself_in_sql() {
    let mut op = Operations::default();
    op.run("fill", async |_| Ok(()));
    assert_eq!(op.sql(Dialect::Mysql).unwrap(), ["-- run: fill"]);
    for name in ["", " ", "two\nlines"] {
        let mut op = Operations::default();
        op.run(name, async |_| Ok(()));
        op.sql(Dialect::Sqlite).unwrap_err();
    }
    let mut op = Operations::default();
    op.run("two\nlines", async |_| Ok(()));
    let error = op.sql(Dialect::Sqlite).unwrap_err();
    insta::assert_snapshot!(error.reason, @r#"its name "two\nlines" is not one line of text"#);
    let mut op = Operations::default();
    op.reverse_of(|op| op.run("fill", async |_| Ok(())));
    let error = op.sql(Dialect::Sqlite).unwrap_err();
    insta::assert_snapshot!(error.reason, @"it cannot be reversed: what undoes it is not known");
}
