//! What a person reads when a run cannot go on: what happened, where, what state things are in, what to do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::{Error, Migrations, Operations};
use support::{File, history, history_with, rust, sql, sql_as_is, sql_text};

async fn failed(migrations: Migrations) -> Error {
    let file = File::new();
    migrations.upgrade(&file.pool().await).await.unwrap_err()
}

fn first() -> support::Rev {
    sql("a", &[], "CREATE TABLE a (x TEXT NOT NULL UNIQUE, y TEXT);", "DROP TABLE a;")
}

/// `a`, then a revision whose upgrade is this.
fn second(upgrade: &str) -> Migrations {
    history(&[first(), sql("b", &["a"], upgrade, "")])
}

#[tokio::test]
async fn a_syntax_error_stands_on_its_token() {
    insta::assert_snapshot!(failed(second("INSERT INTO a VALUES ('é', '1');\n\nCREATE TABEL b (x TEXT);")).await, @r#"
    the upgrade of revision `b` (about b) failed: near "TABEL": syntax error
     --> alembic/versions/b.sql:9:8
      |
    9 | CREATE TABEL b (x TEXT);
      |        ^^^^^ near "TABEL": syntax error
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    "#);
}

#[tokio::test]
async fn a_name_that_is_not_there_is_pointed_at() {
    insta::assert_snapshot!(failed(second("INSERT INTO nowhere (x) VALUES (1);")).await, @"
    the upgrade of revision `b` (about b) failed: no such table: nowhere
     --> alembic/versions/b.sql:7:13
      |
    7 | INSERT INTO nowhere (x) VALUES (1);
      |             ^^^^^^^ no such table: nowhere
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    ");
}

#[tokio::test]
async fn a_row_that_breaks_a_constraint_shows_its_statement() {
    insta::assert_snapshot!(failed(second("INSERT INTO a VALUES ('1', '');\nINSERT INTO a\n  VALUES ('1', '');")).await, @"
    the upgrade of revision `b` (about b) failed: UNIQUE constraint failed: a.x
     --> alembic/versions/b.sql:8:1
      |
    8 | / INSERT INTO a
    9 | |   VALUES ('1', '');
      | |__________________^ UNIQUE constraint failed: a.x
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    ");
}

#[tokio::test]
async fn a_statement_of_a_rust_revision_names_the_call_that_recorded_it() {
    fn upgrade(op: &mut Operations) {
        op.execute("CREATE TABLE c (x TEXT);\nINSERT INTO c VALUSE (1);");
    }
    let error = failed(history(&[first(), rust("b", &["a"], upgrade, None)])).await;
    let servicekit::ErrorKind::Statement(failure) = error.kind() else { panic!("{error}") };
    let line = format!(":{}", failure.position.line);
    insta::assert_snapshot!(error.to_string().replace(&line, ":LINE"), @r#"
    the upgrade of revision `b` (about b) failed: near "VALUSE": syntax error
     --> runtime/tests/messages.rs:LINE:12
      |
    2 | INSERT INTO c VALUSE (1);
      |               ^^^^^^ near "VALUSE": syntax error
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    "#);
    assert_eq!(
        (failure.revision.as_str(), failure.statement.as_str(), error.heads().unwrap().to_string()),
        ("b", "INSERT INTO c VALUSE (1)", "a".to_owned())
    );
}

#[tokio::test]
async fn statements_that_would_break_the_transaction_are_refused_before_anything_runs() {
    let refused = [
        "CREATE TABLE b (x TEXT);\nCOMMIT;",
        "  BEGIN IMMEDIATE; CREATE TABLE b (x TEXT); END;",
        "SAVEPOINT here;",
        "PRAGMA foreign_keys = OFF;",
        "PRAGMA main.foreign_keys(0);",
    ];
    let mut texts = Vec::new();
    for upgrade in refused {
        let file = File::new();
        let error = second(upgrade).upgrade(&file.pool().await).await.unwrap_err();
        assert_eq!(support::schema(&mut file.connection().await).await, Vec::<String>::new());
        texts.push(error.to_string());
    }
    insta::assert_snapshot!(texts.join("\n\n"), @"
    the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
     --> alembic/versions/b.sql:8:1
      |
    8 | COMMIT;
      | ^^^^^^ refused
    now: nothing was run
    help: remove the statement

    the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
     --> alembic/versions/b.sql:7:3
      |
    7 |   BEGIN IMMEDIATE; CREATE TABLE b (x TEXT); END;
      |   ^^^^^^^^^^^^^^^ refused: remove the statement

    the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
     --> alembic/versions/b.sql:7:45
      |
    7 |   BEGIN IMMEDIATE; CREATE TABLE b (x TEXT); END;
      |                                             ^^^ refused: remove the statement
    now: nothing was run
    help: change these statements and start again

    the upgrade of revision `b` is refused: a revision cannot begin or end transactions: its statements, version rows and journal row share one
     --> alembic/versions/b.sql:7:1
      |
    7 | SAVEPOINT here;
      | ^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA foreign_keys = OFF;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run

    the upgrade of revision `b` is refused: `PRAGMA foreign_keys` does nothing inside a transaction, and this revision runs in one
     --> alembic/versions/b.sql:7:1
      |
    7 | PRAGMA main.foreign_keys(0);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
    now: nothing was run
    help: remove the statement; if needed, set it on the connection before the run
    ");

    let allowed = second("PRAGMA foreign_keys; PRAGMA user_version = 7; SELECT 'COMMIT'; -- ROLLBACK;");
    allowed.upgrade(&File::new().pool().await).await.unwrap();
}

#[tokio::test]
async fn a_revision_for_other_databases_only_is_refused() {
    let text = "-- +upgrade postgres, mysql\nSELECT 1;\n";
    insta::assert_snapshot!(failed(history(&[first(), sql_text("b", &["a"], text)])).await, @"
    revision `b` cannot run on sqlite: `alembic/versions/b.sql` has no upgrade section for it
    now: nothing was run; the database is at base
    help: add a section `-- +upgrade sqlite`, or one without a database, for all databases
    ");
}

#[tokio::test]
async fn a_database_that_is_ahead_names_who_brought_it_there() {
    let file = File::new();
    let pool = file.pool().await;
    history(&[first(), sql("b", &["a"], "", "")]).upgrade(&pool).await.unwrap();
    let older = history(&[first()]);

    let errors = [
        older.upgrade(&pool).await.unwrap_err(),
        older.downgrade_to(&pool, "base").await.unwrap_err(),
        older.migrator().pending(&pool).await.unwrap_err(),
    ];

    let servicekit::ErrorKind::Ahead { unknown, .. } = errors[0].kind() else { panic!("{}", errors[0]) };
    let at = unknown[0].applied_at.clone().unwrap();
    insta::assert_snapshot!(errors[0].to_string().replace(&at, "2026-11-23T10:00:00.000Z"), @"
    the database is ahead of this binary: it is at `b`, which this binary does not contain
    note: `b` was applied on 2026-11-23T10:00:00.000Z by tests 1.0.0
    now: nothing more is run; the database is at b
    help: start the version of the application that contains it, or add its file to `alembic/versions` and rebuild; if it belongs to another history on the same database, give each history its own `version_table`
    ");
    assert!(errors.iter().all(|error| error.code() == "database_ahead"));
    assert_eq!(older.current(&pool).await.unwrap().to_string(), "b", "asking where it is never fails");
}

#[tokio::test]
async fn a_newer_binary_that_goes_ahead_in_the_middle_of_a_run_is_told() {
    let file = File::new();
    let newer = history(&[first(), sql("b", &["a"], "", ""), sql("c", &["b"], "", "")]);
    let path = file.path();
    // A commit for each revision, so that there is a middle.
    let older =
        history(&[first(), sql("b", &["a"], "", "")]).migrator().commit_after(std::time::Duration::ZERO);
    let older = older.on_progress(move |progress| {
        if !matches!(progress, servicekit::Progress::Finished(_)) {
            return;
        }
        let options = servicekit::sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let upgrade = async {
            newer.upgrade(&servicekit::sqlx::SqlitePool::connect_with(options).await.unwrap()).await
        };
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        std::thread::scope(|scope| scope.spawn(|| runtime().block_on(upgrade)).join().unwrap()).unwrap();
    });

    let error = older.upgrade(&file.pool().await).await.unwrap_err();

    let servicekit::ErrorKind::Ahead { unknown, .. } = error.kind() else { panic!("{error}") };
    let at = unknown[0].applied_at.clone().unwrap();
    insta::assert_snapshot!(error.to_string().replace(&at, "2026-11-23T10:00:00.000Z"), @"
    the database is ahead of this binary: it is at `c`, which this binary does not contain
    note: `c` was applied on 2026-11-23T10:00:00.000Z by tests 1.0.0
    now: nothing more is run; the database is at c
    help: start the version of the application that contains it, or add its file to `alembic/versions` and rebuild; if it belongs to another history on the same database, give each history its own `version_table`
    ");
}

#[tokio::test]
async fn places_are_right_in_a_file_with_a_byte_order_mark_line_ends_of_windows_and_letters_beyond_ascii() {
    let text = "\u{feff}-- über\r\n--\r\n-- revision: a\r\n\r\n-- +upgrade\r\nINSERT INTO \"ä;\r\nö\" VALUES ('ß'); /* ü */\r\n\
                \tCREATE TABLE é (x TEXT CHECK (x <> '→') ,, y);\r\n";
    let error = failed(history(&[sql_as_is("a", text)])).await;
    let servicekit::ErrorKind::Statement(failure) = error.kind() else { panic!("{error}") };
    assert_eq!((failure.position.line, failure.position.column), (6, 13));
    let fixed = text.replace("INSERT INTO \"ä;\r\nö\" VALUES ('ß')", "SELECT 'ß;'");
    insta::assert_snapshot!(failed(history(&[sql_as_is("a", &fixed)])).await, @r#"
    the upgrade of revision `a` (about a) failed: near ",": syntax error
     --> alembic/versions/a.sql:7:43
      |
    7 |     CREATE TABLE é (x TEXT CHECK (x <> '→') ,, y);
      |                                              ^ near ",": syntax error
    now: the transaction was rolled back; the database is at base
    help: fix the revision and start again
    "#);
}

#[tokio::test]
async fn a_missing_downgrade_is_found_before_anything_runs() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = history(&[
        sql_text("a", &[], "-- +upgrade\nCREATE TABLE a (x TEXT);\n"),
        sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;"),
    ]);
    migrations.upgrade(&pool).await.unwrap();

    insta::assert_snapshot!(migrations.downgrade_to(&pool, "base").await.unwrap_err(), @"
    revision `a` cannot be reverted: `alembic/versions/a.sql` has no downgrade
    now: nothing was run; the database is at b
    help: write its downgrade, or restore a backup
    ");
    assert_eq!(migrations.downgrade_to(&pool, "-1").await.unwrap().to.to_string(), "a");
}

#[tokio::test]
async fn a_target_that_is_no_target_or_not_there_is_told() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = history(&[first(), sql("b1c2d3", &["a"], "", "")]);

    let errors = [
        migrations.upgrade_to(&pool, "b1c2d4").await.unwrap_err(),
        migrations.upgrade_to(&pool, "+0").await.unwrap_err(),
        migrations.downgrade_to(&pool, "-1").await.unwrap_err(),
    ];
    let texts: Vec<String> = errors.iter().map(|error| format!("{}: {error}", error.code())).collect();
    insta::assert_snapshot!(texts.join("\n\n"), @"
    no_plan: can't locate revision identified by `b1c2d4`; did you mean `b1c2d3`?
    now: nothing was run; the database is at base
    help: `alembic/versions` had no such revision when this binary was built; rebuild if it has one now

    invalid_target: `+0` leads nowhere: the number of steps must be at least 1

    no_plan: `-1` leads past the first revision
    now: nothing was run; the database is at base
    ");
}

#[tokio::test]
async fn a_binary_that_is_older_than_its_folder_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let versions = folder.path().join("versions");
    std::fs::create_dir(&versions).unwrap();
    let write = |name: &str| std::fs::write(versions.join(name), "").unwrap();
    write("README.md");
    write("new.sql");
    let directory: &'static str = versions.to_str().unwrap().to_owned().leak();
    let migrations = history_with(&[first()], |embedded| {
        embedded.folder = "databases/main";
        embedded.directories = vec![directory].leak();
    });

    insta::assert_snapshot!(failed(migrations).await, @r#"
    this binary is stale: in `databases/main`, `new.sql` is on disk but was not compiled in and `a.sql` was compiled in but is no longer on disk
    help: rebuild; add this line to build.rs, so that cargo notices new files: println!("cargo::rerun-if-changed=databases/main/versions");
    "#);

    std::fs::remove_file(versions.join("new.sql")).unwrap();
    write("a.sql");
    assert_eq!(migrations.upgrade(&File::new().pool().await).await.unwrap().steps.len(), 1);
}

#[tokio::test]
async fn a_journal_of_an_earlier_build_is_an_error_that_says_how_to_go_on() {
    let file = File::new();
    let pool = file.pool().await;
    history(&[first()]).upgrade(&pool).await.unwrap();
    for (now, then) in [("stage", "step"), ("stages", "steps"), ("session", "backend")] {
        let rename = format!("ALTER TABLE alembic_journal RENAME COLUMN {now} TO {then}");
        servicekit::sqlx::raw_sql(servicekit::sqlx::AssertSqlSafe(rename)).execute(&pool).await.unwrap();
    }
    let both = history(&[first(), sql("b", &["a"], "CREATE TABLE b (x INT);", "DROP TABLE b;")]);

    let error = both.upgrade(&pool).await.unwrap_err();

    insta::assert_snapshot!(error.to_string(), @"
    the journal could not be written after revision `b`: table main.alembic_journal has no column named stage
    now: what was not committed has been rolled back; the database is at a
    help: a build before 0.1 created the journal: while no run is active, rename its columns `step`, `steps` and `backend` to `stage`, `stages` and `session`, each by `ALTER TABLE … RENAME COLUMN`
    ");
    for (then, now) in [("step", "stage"), ("steps", "stages"), ("backend", "session")] {
        let rename = format!("ALTER TABLE alembic_journal RENAME COLUMN {then} TO {now}");
        servicekit::sqlx::raw_sql(servicekit::sqlx::AssertSqlSafe(rename)).execute(&pool).await.unwrap();
    }
    assert_eq!(both.upgrade(&pool).await.unwrap().to.to_string(), "b");
}

#[tokio::test]
async fn the_key_of_the_version_table_is_called_after_it() {
    let file = File::new();
    let pool = file.pool().await;
    let migrations = history_with(&[first()], |embedded| embedded.version_table = "we\"ird");
    migrations.upgrade(&pool).await.unwrap();
    let text: String = servicekit::sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE name = 'we\"ird'")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(text.contains("CONSTRAINT \"we\"\"ird_pkc\" PRIMARY KEY"), "{text}");
}
