//! Disks, permissions, locks and damage: clear errors, nothing lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

mod support;

use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use servicekit::sqlx::{self, Connection as _, SqliteConnection, SqlitePool};
use servicekit::{Error, Migrations, SqliteDatabaseBuilder};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::time::Duration;
use support::{File, ask, child, child_file, history, integrity, sql, version_rows, wait};

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x TEXT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x TEXT);", "DROP TABLE b;"),
    ])
}

/// `a`, then a revision that writes about two megabytes.
fn big() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x BLOB);", "DROP TABLE a;"),
        sql(
            "b",
            &["a"],
            "CREATE TABLE b (x BLOB);\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
             INSERT INTO b SELECT randomblob(4000) FROM n;",
            "DROP TABLE b;",
        ),
    ])
}

/// The error without what differs from machine to machine.
fn text(error: &Error, folder: &Path) -> String {
    error.to_string().replace(folder.to_str().unwrap(), "FOLDER")
}

async fn assert_sound(file: &File, rows: &str) {
    let mut connection = file.connection().await;
    assert_eq!(version_rows(&mut connection).await, rows);
    assert_eq!(integrity(&mut connection).await, "ok");
}

#[tokio::test]
async fn a_full_database_undoes_the_revision_and_says_so() {
    let file = File::new();
    let options = file.options().pragma("max_page_count", "100");
    let pool = SqlitePool::connect_with(options).await.unwrap();

    let error = big().upgrade(&pool).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    the upgrade of revision `b` (about b) failed: database or disk is full
     --> alembic/versions/b.sql:8:1
      |
    8 | WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO b SELECT randomblob(4000) FROM n;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ database or disk is full
    now: the transaction was rolled back; the database is at a
    help: the disk or the database's page limit is full: free some space and start again
    ");
    assert_sound(&file, "a").await;
    let report = big().upgrade(&file.pool().await).await.unwrap();
    assert_eq!((report.steps.len(), report.to.to_string()), (1, "b".into()));
}

/// What a child under a limit or as another user does: upgrade, print the error.
#[tokio::test]
async fn upgrade_in_a_child() {
    let Some(path) = child_file() else { return };
    let read_only = std::env::var_os("SERVICEKIT_TEST_READ_ONLY").is_some();
    let options =
        SqliteConnectOptions::new().filename(&path).create_if_missing(!read_only).read_only(read_only);
    let migrations = if std::env::var_os("SERVICEKIT_TEST_BIG").is_some() { big() } else { two() };
    let result = match SqlitePool::connect_with(options).await {
        Ok(pool) => migrations
            .upgrade(&pool)
            .await
            .map(|report| format!("{} steps, at {}", report.steps.len(), report.to)),
        Err(error) => {
            println!("<<cannot connect: {error}>>");
            return;
        }
    };
    match result {
        Ok(report) => println!("<<{report}>>"),
        Err(error) => println!("<<{}>>", text(&error, path.parent().unwrap())),
    }
}

/// What the child printed between `<<` and `>>`.
fn said(output: &str) -> &str {
    let start = output.find("<<").unwrap_or_else(|| panic!("nothing said: {output}")) + 2;
    &output[start..output.rfind(">>").unwrap()]
}

#[tokio::test]
async fn a_limit_on_file_size_undoes_the_revision_and_says_so() {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    let command = child("upgrade_in_a_child", &file.path());
    // The signal is ignored, as services that want an error from `write` do; 512 blocks of 512 bytes.
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"").arg(command.get_program());
    shell.args(command.get_args()).env("SERVICEKIT_TEST_FILE", file.path()).env("SERVICEKIT_TEST_BIG", "1");
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());

    let (_, output) = wait(shell.spawn().unwrap());

    insta::assert_snapshot!(said(&output), @"
    the upgrade of revision `b` (about b) failed: disk I/O error
     --> alembic/versions/b.sql:8:1
      |
    8 | WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO b SELECT randomblob(4000) FROM n;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ disk I/O error
    now: the transaction was rolled back; the database is at a
    help: reading or writing the disk failed: check free space, limits and the disk itself, then start again
    ");
    assert_sound(&file, "a").await;
}

#[tokio::test]
async fn a_process_that_the_limit_kills_leaves_the_file_sound() {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    let command = child("upgrade_in_a_child", &file.path());
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg("ulimit -f 512; exec \"$0\" \"$@\"").arg(command.get_program());
    shell.args(command.get_args()).env("SERVICEKIT_TEST_FILE", file.path()).env("SERVICEKIT_TEST_BIG", "1");
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());

    let (ok, _) = wait(shell.spawn().unwrap());

    assert!(!ok);
    assert_sound(&file, "a").await;
}

/// Runs the child without the right to write, also when the tests run as root.
fn as_somebody_else(file: &File) -> std::process::Command {
    let mut command = child("upgrade_in_a_child", &file.path());
    if is_root() {
        const NOBODY: u32 = 65_534;
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn is_root() -> bool {
    let output = std::process::Command::new("id").arg("-u").output().unwrap();
    output.stdout.starts_with(b"0")
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_read_only_folder_with_something_to_do_is_a_clear_error() {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    allow(&file.path(), 0o444);
    allow(file.folder.path(), 0o555);

    let (_, output) = wait(as_somebody_else(&file).spawn().unwrap());

    insta::assert_snapshot!(said(&output), @"
    the upgrade of revision `b` (about b) failed: attempt to write a readonly database
     --> alembic/versions/b.sql:7:1
      |
    7 | CREATE TABLE b (x TEXT);
      | ^^^^^^^^^^^^^^^^^^^^^^^ attempt to write a readonly database
    now: the transaction was rolled back; the database is at a
    help: the file, its folder or the connection is read-only: give write permission to both the file and its folder, or migrate with an account that has it
    ");
    allow(file.folder.path(), 0o755);
    assert_sound(&file, "a").await;
}

#[tokio::test]
async fn a_read_only_folder_with_nothing_to_do_starts() {
    let file = File::new();
    two().upgrade(&file.pool().await).await.unwrap();
    allow(&file.path(), 0o444);
    allow(file.folder.path(), 0o555);

    let (_, output) = wait(as_somebody_else(&file).env("SERVICEKIT_TEST_READ_ONLY", "1").spawn().unwrap());

    assert_eq!(said(&output), "0 steps, at b");
    allow(file.folder.path(), 0o755);
}

#[tokio::test]
async fn a_wal_file_in_a_read_only_folder_says_what_can_be_done() {
    let file = File::new();
    let pool = SqlitePool::connect_with(file.options().journal_mode(SqliteJournalMode::Wal)).await.unwrap();
    two().upgrade(&pool).await.unwrap();
    pool.close().await;
    allow(&file.path(), 0o444);
    allow(file.folder.path(), 0o555);

    let (_, output) = wait(as_somebody_else(&file).env("SERVICEKIT_TEST_READ_ONLY", "1").spawn().unwrap());

    insta::assert_snapshot!(said(&output), @"
    the version table could not be read: attempt to write a readonly database
    help: a file in WAL mode, or one that a crash left with a journal, needs a writable folder even for reading: open it once with write access and switch it to `PRAGMA journal_mode = DELETE`, or open it with `immutable=1` if it is never written to
    ");
    allow(file.folder.path(), 0o755);
}

#[tokio::test]
async fn a_file_that_stays_locked_is_given_up_after_the_lock_timeout() {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    let mut other = file.connection().await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let options = file.options().busy_timeout(Duration::from_millis(10));
    let pool = SqlitePool::connect_with(options).await.unwrap();

    let migrator = two().migrator().acquire_timeout(Duration::from_millis(100));
    let error = migrator.upgrade(&pool).await.unwrap_err();

    assert_eq!(error.code(), "locked");
    let servicekit::ErrorKind::Locked { waited, .. } = error.kind() else { panic!("{error}") };
    insta::assert_snapshot!(error.to_string().replace(&format!("{:.1}", waited.as_secs_f64()), "N"), @"
    another session held the database for N s
    now: what was not committed has been rolled back; the database is at a
    help: find the session that writes to it (an open transaction, a backup), or raise the acquire timeout
    ");
    other.close().await.unwrap();
    assert_eq!(two().upgrade(&pool).await.unwrap().steps.len(), 1);
}

#[tokio::test]
async fn a_lock_that_ends_in_time_is_waited_out() {
    let file = File::new();
    let mut other = file.connection().await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let pool = SqlitePool::connect_with(file.options().busy_timeout(Duration::ZERO)).await.unwrap();

    let run = tokio::spawn(async move { two().upgrade(&pool).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();

    assert_eq!(run.await.unwrap().unwrap().steps.len(), 2);
}

#[tokio::test]
async fn something_that_is_no_database_is_left_alone() {
    let file = File::new();
    let letter = "Dear database,\nI am a letter.\n".repeat(100);
    std::fs::write(file.path(), &letter).unwrap();

    let database = SqliteDatabaseBuilder::from_file(file.path()).with_migrations(two()).build();
    let error = database.init().await.unwrap_err();

    insta::assert_snapshot!(text(&error, file.folder.path()), @"
    the database `FOLDER/test.db` could not be opened: file is not a database
    help: the file is not a SQLite database, or it is encrypted: check the path
    ");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), letter);
}

#[tokio::test]
async fn a_missing_folder_is_a_clear_error() {
    let file = File::new();
    let path = file.folder.path().join("nowhere").join("app.db");

    let database = SqliteDatabaseBuilder::from_file(path).with_migrations(two()).build();
    let error = database.init().await.unwrap_err();

    insta::assert_snapshot!(text(&error, file.folder.path()), @"
    the database `FOLDER/nowhere/app.db` could not be opened: unable to open database file
    help: check that the path is right and is a file, not a folder, and that its folder exists and can be opened; a file in WAL mode also needs a writable folder, else switch it to `PRAGMA journal_mode = DELETE` or open it with `immutable=1`
    ");
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file_is_named() {
    let file = File::new();

    let by_init = SqliteDatabaseBuilder::from_file(file.folder.path()).build().init().await.unwrap_err();
    let pool = SqlitePool::connect_lazy_with(SqliteConnectOptions::new().filename(file.folder.path()));
    let by_run = two().upgrade(&pool).await.unwrap_err();

    for error in [by_init, by_run] {
        let text = text(&error, file.folder.path());
        assert!(text.starts_with("the database `FOLDER` could not be opened: unable to open"), "{text}");
    }
}

#[tokio::test]
async fn an_empty_path_is_refused_instead_of_a_database_that_nobody_else_sees() {
    let database = SqliteDatabaseBuilder::from_file("").with_migrations(two()).build();
    insta::assert_snapshot!(database.init().await.unwrap_err(), @"the database could not be opened: error with configuration: the path of the file is empty");
}

#[tokio::test]
async fn a_version_table_that_is_not_one_is_told_apart() {
    let cases = [
        "CREATE TABLE alembic_version (something TEXT)",
        "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES (NULL)",
        "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('a'), ('a')",
        "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('not an id')",
        "CREATE VIEW alembic_version AS SELECT 'a' AS version_num",
        "CREATE VIEW alembic_version AS SELECT version_num FROM gone",
    ];
    let mut said = Vec::new();
    for case in cases {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(case).execute(&mut connection).await.unwrap();
        let before = support::schema(&mut connection).await;
        let error = two().upgrade(&mut connection).await.unwrap_err();
        assert_eq!(support::schema(&mut connection).await, before, "{case}");
        said.push(format!("{case}\n{error}\n"));
    }
    insta::assert_snapshot!(said.join("\n"), @"
    CREATE TABLE alembic_version (something TEXT)
    the version table `alembic_version` is not valid: it has no column `version_num`
    now: nothing was changed
    help: fix the table by hand: it has one text `version_num` for each applied head

    CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES (NULL)
    the version table `alembic_version` is not valid: a row holds NULL where an id should be
    now: nothing was changed
    help: fix the table by hand: it has one text `version_num` for each applied head

    CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('a'), ('a')
    the version table `alembic_version` is not valid: the row `a` is there more than once
    now: nothing was changed
    help: fix the table by hand: it has one text `version_num` for each applied head

    CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('not an id')
    the version table `alembic_version` is not valid: the row `not an id` cannot be a revision id: the character ' ' is not allowed in it
    now: nothing was changed
    help: fix the table by hand: it has one text `version_num` for each applied head

    CREATE VIEW alembic_version AS SELECT 'a' AS version_num
    the version table could not be written after revision `b`: cannot modify alembic_version because it is a view
    now: what was not committed has been rolled back; the database is at a
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    CREATE VIEW alembic_version AS SELECT version_num FROM gone
    the version table could not be read: no such table: main.gone
    ");
}

#[tokio::test]
async fn damage_in_the_file_is_reported() {
    let file = File::new();
    two().upgrade_to(&file.pool().await, "a").await.unwrap();
    let mut bytes = std::fs::read(file.path()).unwrap();
    let page = 4096;
    bytes[page..2 * page].fill(0xff);
    std::fs::write(file.path(), bytes).unwrap();

    let pool = file.pool().await;
    let error = two().upgrade(&pool).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    the version table could not be read: database disk image is malformed
    help: the file is damaged: restore a backup, or try SQLite's `.recover`
    ");
}

#[tokio::test]
async fn a_connection_inside_a_transaction_is_refused() {
    let file = File::new();
    let mut connection = file.connection().await;
    let mut transaction = connection.begin().await.unwrap();

    let error = two().upgrade(&mut *transaction).await.unwrap_err();

    insta::assert_snapshot!(error, @"
    the connection is inside a transaction, but a run needs its own transactions
    now: nothing was run; the database is at base
    help: commit or roll back first, or pass a pool
    ");
    transaction.rollback().await.unwrap();
    assert_eq!(ask(&mut connection, "SELECT name FROM sqlite_schema").await, "");
}

#[tokio::test]
async fn a_connection_that_is_to_be_read_from_only_is_told_apart_before_anything_is_written() {
    let file = File::new();
    two().migrator().upgrade_to(&file.pool().await, "a").await.unwrap();
    let read_only = SqlitePool::connect_with(file.options().pragma("query_only", "ON")).await.unwrap();

    let error = two().upgrade(&read_only).await.unwrap_err();

    assert_eq!(error.code(), "read_only");
    insta::assert_snapshot!(error, @"
    `PRAGMA query_only` is on for this connection, so the database is read-only
    now: nothing was run; the database is at a
    help: pass a connection or a pool without `PRAGMA query_only`
    ");
    assert_sound(&file, "a").await;
    // With nothing to do it is no reason.
    two().upgrade(&file.pool().await).await.unwrap();
    assert!(two().upgrade(&read_only).await.unwrap().is_empty());
}
