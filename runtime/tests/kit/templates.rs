//! When tests share a template, and when there is another one. The tests start this program again, with a folder for it.

use crate::support::{history, history_with, rust, sql};
use servicekit::__private::test::{TestSetup, run};
use servicekit::Migrations;
use servicekit::revision::*;
use servicekit::sqlx::{self, SqlitePool};
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDER: &str = "SERVICEKIT_TEST_FOLDER";

/// The folder of a child that was started for this test.
fn given_folder(test: &str) -> Option<PathBuf> {
    let is_child = std::env::var("KIT_TEST").is_ok_and(|wanted| wanted == test);
    is_child.then(|| std::env::var_os(FOLDER).unwrap().into())
}

fn child(folder: &Path, test: &str) -> Command {
    child_of(&std::env::current_exe().unwrap(), folder, test)
}

fn child_of(program: &Path, folder: &Path, test: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", &format!("templates::{test}"), "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env("KIT_TEST", test).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn templates(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder.join("sqlite")).into_iter().flatten();
    files.filter(|file| file.as_ref().unwrap().path().extension() == Some(OsStr::new("db"))).count()
}

/// Runs a test with this history; the tables that its database has.
fn tables(migrations: Migrations) -> String {
    let setup = TestSetup { name: "t", migrations: Some(migrations), fixtures: &[], should_panic: false };
    let mut found = String::new();
    let outcome = run(&setup, async |pool: SqlitePool| {
        let sql = "SELECT group_concat(name, ' ' ORDER BY name) FROM sqlite_schema \
                   WHERE type = 'table' AND name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'";
        found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    });
    assert_eq!(outcome.message(), None);
    outcome.finish();
    found
}

fn one(upgrade: &str) -> Migrations {
    history(&[sql("a", &[], upgrade, "DROP TABLE t;")])
}

fn record_t(op: &mut Operations) {
    op.create_table("t", [integer("id").primary_key()]);
}

fn record_t_with_a_name(op: &mut Operations) {
    op.create_table("t", [integer("id").primary_key(), text("name")]);
}

#[test]
fn a_history_has_one_template_and_an_edited_one_has_another() {
    const TEST: &str = "a_history_has_one_template_and_an_edited_one_has_another";
    let Some(folder) = given_folder(TEST) else {
        let folder = tempfile::tempdir().unwrap();
        let output = child(folder.path(), TEST).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // Another process finds those of the first one.
        let output = child(folder.path(), TEST).env("KIT_AGAIN", "1").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        return;
    };
    let table = "CREATE TABLE t (id INTEGER PRIMARY KEY);";
    let cases: [(Migrations, usize, &str); 8] = [
        (one(table), 1, "t"),
        (one(table), 1, "t"),
        (one("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);"), 2, "t"),
        (
            history(&[sql("a", &[], table, "DROP TABLE t;"), sql("b", &["a"], "CREATE TABLE u (x);", "")]),
            3,
            "t u",
        ),
        (history(&[rust("a", &[], record_t, None)]), 4, "t"),
        (history(&[rust("a", &[], record_t, None)]), 4, "t"),
        // The file is the same, and what it calls is another function.
        (history(&[rust("a", &[], record_t_with_a_name, None)]), 5, "t"),
        (
            history_with(&[sql("a", &[], table, "")], |embedded| embedded.version_table = "versions"),
            6,
            "t versions",
        ),
    ];
    let is_second = std::env::var_os("KIT_AGAIN").is_some();
    let last = cases[cases.len() - 1].1;
    for (number, (migrations, count, names)) in cases.into_iter().enumerate() {
        assert_eq!(tables(migrations), names, "{number}");
        assert_eq!(templates(&folder), if is_second { last } else { count }, "{number}");
    }
}

/// Leaves a mark each time that it is applied.
fn work(op: &mut Operations) {
    op.create_table("t", [integer("id").primary_key()]);
    op.run("mark", async |_| {
        let path = PathBuf::from(std::env::var_os(FOLDER).unwrap()).join("marks");
        let mut marks = std::fs::File::options().create(true).append(true).open(path)?;
        marks.write_all(b"x")?;
        Ok(())
    });
}

fn marks(folder: &Path) -> usize {
    std::fs::read(folder.join("marks")).unwrap().len()
}

#[test]
fn processes_at_the_same_time_make_one_template() {
    const TEST: &str = "processes_at_the_same_time_make_one_template";
    if given_folder(TEST).is_some() {
        assert_eq!(tables(history(&[rust("a", &[], work, None)])), "t");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..12).map(|_| child(folder.path(), TEST).spawn().unwrap()).collect();
    let started = children.len();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    println!("{started} processes, {} applied the history", marks(folder.path()));
    assert_eq!((marks(folder.path()), templates(folder.path())), (1, 1));
}

#[test]
fn a_program_that_was_built_again_has_another_template_when_there_is_work_in_rust() {
    const TEST: &str = "a_program_that_was_built_again_has_another_template_when_there_is_work_in_rust";
    if given_folder(TEST).is_some() {
        assert_eq!(tables(one("CREATE TABLE plain (id INTEGER PRIMARY KEY);")), "plain");
        assert_eq!(tables(history(&[rust("a", &[], work, None)])), "t");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    for (build, made) in [(1, 2), (1, 2), (2, 3)] {
        if marks_or_none(folder.path()) < build {
            std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        }
        let output = child_of(&program, folder.path(), TEST).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!((marks(folder.path()), templates(folder.path())), (build, made));
    }
}

fn marks_or_none(folder: &Path) -> usize {
    std::fs::read(folder.join("marks")).map_or(0, |marks| marks.len())
}

#[test]
fn a_maker_that_is_killed_leaves_no_template() {
    const TEST: &str = "a_maker_that_is_killed_leaves_no_template";
    fn stop(op: &mut Operations) {
        op.create_table("t", [integer("id").primary_key()]);
        op.run("stop", async |_| {
            let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
            if std::env::var_os("KIT_STOP").is_some() {
                std::fs::write(folder.join("ready"), "")?;
                std::thread::sleep(std::time::Duration::from_mins(1));
            }
            Ok(())
        });
    }
    if given_folder(TEST).is_some() {
        assert_eq!(tables(history(&[rust("a", &[], stop, None)])), "t");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut killed = child(folder.path(), TEST).env("KIT_STOP", "1").spawn().unwrap();
    while !folder.path().join("ready").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(templates(folder.path()), 0);
    let output = child(folder.path(), TEST).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(templates(folder.path()), 1);
}
