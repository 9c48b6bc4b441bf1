//! What is left of a test that fails, seen from outside: this program is started again for one test.

use crate::support::{history, sql};
use servicekit::Migrations;
use servicekit::sqlx::{self, Connection as _, SqliteConnection, SqlitePool};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static NOTES: LazyLock<Migrations> =
    LazyLock::new(|| history(&[sql("a", &[], "CREATE TABLE notes (text TEXT);", "DROP TABLE notes;")]));
static BROKEN: LazyLock<Migrations> = LazyLock::new(|| history(&[sql("a", &[], "CREATE TABEL t (a);", "")]));

fn wants(what: &str) -> bool {
    std::env::var("KIT_TEST").is_ok_and(|wanted| wanted == what)
}

async fn write(pool: &SqlitePool) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO notes VALUES ('written')").execute(pool).await?;
    Ok(())
}

#[servicekit::test(migrations = *NOTES)]
async fn child_that_writes(pool: SqlitePool) -> sqlx::Result<()> {
    write(&pool).await?;
    assert!(!wants("panic"), "as asked");
    if wants("error") {
        return Err(sqlx::Error::RowNotFound);
    }
    if wants("exit") {
        std::process::abort();
    }
    Ok(())
}

#[servicekit::test(migrations = *BROKEN)]
#[ignore = "it fails: started by another test"]
async fn child_with_a_broken_history(_pool: SqlitePool) {}

#[servicekit::test(migrations = *NOTES, fixtures("misfit"))]
#[ignore = "it fails: started by another test"]
async fn child_with_rows_that_do_not_fit(_pool: SqlitePool) {}

/// Whether a child succeeded, and what it printed.
fn run(folder: &Path, test: &str, wanted: &str) -> (bool, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("failing::{test}"), "--include-ignored", "--test-threads=1"])
        .env("SERVICEKIT_TEST_FOLDER", folder)
        .env("KIT_TEST", wanted)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.success(), printed)
}

/// The files of test databases in a folder.
fn databases(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let tests = folder.join("tests");
    for test in std::fs::read_dir(tests).into_iter().flatten() {
        for run in std::fs::read_dir(test.unwrap().path()).unwrap() {
            found.extend(Some(run.unwrap().path().join("test.db")).filter(|file| file.exists()));
        }
    }
    found
}

async fn texts(file: &Path) -> Vec<String> {
    let mut connection = SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    sqlx::query_scalar("SELECT text FROM notes").fetch_all(&mut connection).await.unwrap()
}

#[tokio::test]
async fn the_database_of_a_failed_test_is_kept_and_named_until_the_test_runs_again() {
    for wanted in ["panic", "error"] {
        let folder = tempfile::tempdir().unwrap();
        let (succeeded, text) = run(folder.path(), "child_that_writes", wanted);
        assert!(!succeeded, "{text}");
        let kept = databases(folder.path());
        let [file] = kept.as_slice() else { panic!("{kept:?}\n{text}") };
        let named =
            format!("the database of this test is kept until the test runs again: {}\n", file.display());
        assert!(text.contains(&named), "{text}");
        assert_eq!(texts(file).await, ["written"]);

        let (succeeded, text) = run(folder.path(), "child_that_writes", "success");
        assert!(succeeded, "{text}");
        assert!(databases(folder.path()).is_empty());
    }
}

#[test]
fn the_database_of_a_process_that_died_is_removed_by_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let (succeeded, text) = run(folder.path(), "child_that_writes", "exit");
    assert!(!succeeded, "{text}");
    assert_eq!(databases(folder.path()).len(), 1);
    let (succeeded, text) = run(folder.path(), "child_that_writes", "success");
    assert!(succeeded, "{text}");
    assert!(databases(folder.path()).is_empty());
}

/// What a child said of its error, without the folder.
fn message(text: &str, folder: &Path) -> String {
    let start = text.find("error: ").unwrap_or_else(|| panic!("{text}"));
    let end = text[start..].find("\n\n\nfailures:").unwrap_or_else(|| panic!("{text}"));
    text[start..start + end].replace(folder.to_str().unwrap(), "FOLDER")
}

#[test]
fn a_history_that_cannot_be_applied_and_rows_that_do_not_fit_fail_the_test() {
    let folder = tempfile::tempdir().unwrap();
    let messages = ["child_with_a_broken_history", "child_with_rows_that_do_not_fit"].map(|test| {
        let (succeeded, text) = run(folder.path(), test, "");
        assert!(!succeeded, "{text}");
        message(&text, folder.path())
    });
    assert!(databases(folder.path()).is_empty());
    insta::assert_snapshot!(messages.join("\n\n"));

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (_, text) = run(&file, "child_that_writes", "");
    insta::assert_snapshot!(message(&text, folder.path()), @"
    error: the files of test databases cannot be written in `FOLDER/file/tests/kit.failing.child_that_writes-3c80c10f`: Not a directory (os error 20)
    help: name another folder in `SERVICEKIT_TEST_FOLDER`
    ");
}
