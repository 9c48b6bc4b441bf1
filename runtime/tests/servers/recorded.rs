//! What a `.rs` revision records is told from what its file says: by the journal, on all three databases.

use crate::place::{Place, on, places};
use crate::support::{File, Rev, history, rust};
use servicekit::Migrations;
use servicekit::report::{Difference, EditedRevision};
use servicekit::revision::*;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// What the functions below use of another file. Each test has its own, since they run in one process.
type Helper = AtomicBool;

fn is_new(helper: &Helper) -> bool {
    helper.load(Ordering::SeqCst)
}

fn name(helper: &Helper) -> &'static str {
    if is_new(helper) { "new_column" } else { "old_column" }
}

/// Asks on each kind of database.
struct Databases {
    file: File,
    places: Vec<Place>,
}

impl Databases {
    fn new() -> Self {
        Self { file: File::new(), places: places() }
    }

    async fn upgrade(&self, migrations: Migrations) {
        migrations.upgrade(&self.file.pool().await).await.unwrap();
        for place in &self.places {
            on!(place, migrations, upgrade).unwrap();
        }
    }

    async fn run(&self, sql: impl AsRef<str>) {
        self.ask(sql.as_ref()).await;
    }

    /// What each says, which is at most one value.
    async fn ask(&self, sql: &str) -> Vec<String> {
        let mut connection = self.file.connection().await;
        let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_optional(&mut connection).await;
        let mut answers: Vec<String> = found.unwrap().into_iter().collect();
        for place in &self.places {
            answers.extend(place.ask(sql).await);
        }
        answers
    }

    async fn edited(&self, migrations: Migrations) -> Vec<Vec<EditedRevision>> {
        let mut edited = vec![migrations.migrator().edited(&self.file.pool().await).await.unwrap()];
        for place in &self.places {
            edited.push(on!(place, migrations, edited).unwrap());
        }
        edited
    }

    /// How the revisions differ, which must be alike on each.
    async fn differences(&self, migrations: Migrations) -> Vec<(String, Difference)> {
        let all = self.edited(migrations).await;
        let mut all = all.iter().map(|each| {
            each.iter().map(|edited| (edited.revision.to_string(), edited.difference)).collect::<Vec<_>>()
        });
        let first = all.next().unwrap();
        assert!(all.all(|other| other == first));
        first
    }
}

/// A text that MySQL writes in two ways, by the mode of the session.
const TEXT: &str = r"a\b";

#[tokio::test]
async fn an_edited_file_and_a_changed_helper_are_told_apart() {
    static HELPER: Helper = AtomicBool::new(false);
    fn upgrade(op: &mut Operations) {
        let text = string(name(&HELPER), 20).default(TEXT);
        op.create_table("recorded", [string("id", 20).not_null(), text]);
    }
    fn rebuild(op: &mut Operations) {
        let length = if is_new(&HELPER) { 30 } else { 40 };
        op.alter_column("recorded", "id")
            .existing(string("id", 20).not_null())
            .set_type(Type::Varchar(length));
    }
    fn nothing(_: &mut Operations) {}

    let of = |one: fn(Rev) -> Rev| {
        history(&[
            one(rust("a", &[], upgrade, Some(nothing))),
            rust("b", &["a"], rebuild, Some(nothing)),
            rust("c", &["b"], nothing, Some(nothing)),
        ])
    };
    let (as_it_was, edited) = (of(|a| a), of(Rev::edited));
    let databases = Databases::new();
    databases.upgrade(as_it_was).await;
    assert_eq!(databases.differences(as_it_was).await, []);
    let said = |all: Vec<Vec<EditedRevision>>| {
        let each =
            all[0].iter().map(|one| one.to_string().replace(&one.applied_at, "2026-11-23T10:00:00.000Z"));
        each.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(said(databases.edited(edited).await), @"revision `a` was edited after it was applied on 2026-11-23T10:00:00.000Z: the upgrade in `alembic/versions/a.rs` records the same as then, so only its downgrade or its code changed; put a change of the schema into a new revision");
    // Only its code, as far as the database is concerned.
    assert_eq!(databases.differences(edited).await, [("a".to_owned(), Difference::FileOnly)]);

    HELPER.store(true, Ordering::SeqCst);
    insta::assert_snapshot!(said(databases.edited(as_it_was).await), @"
    revision `a` records something else than when it was applied on 2026-11-23T10:00:00.000Z, and `alembic/versions/a.rs` was not edited: a function or constant that it uses has changed; copy the earlier one into the revision, and put the change into a new revision
    revision `b` records something else than when it was applied on 2026-11-23T10:00:00.000Z, and `alembic/versions/b.rs` was not edited: a function or constant that it uses has changed; copy the earlier one into the revision, and put the change into a new revision
    ");
    let changed = ["a", "b"].map(|id| (id.to_owned(), Difference::RecordingOnly));
    assert_eq!(databases.differences(as_it_was).await, changed);
    let changed = [("a".to_owned(), Difference::File), ("b".to_owned(), Difference::RecordingOnly)];
    assert_eq!(databases.differences(edited).await, changed);

    // What an earlier version wrote says nothing about it.
    databases.run("UPDATE alembic_journal SET rendered_digest = NULL").await;
    assert_eq!(databases.differences(as_it_was).await, []);
    assert_eq!(databases.differences(edited).await, [("a".to_owned(), Difference::File)]);
}

#[tokio::test]
async fn a_journal_without_the_column_is_given_it_by_the_next_run_that_writes() {
    fn nothing(_: &mut Operations) {}
    let of = |ids: &[&'static str]| {
        let rev = |(at, id): (usize, &&'static str)| {
            let parents = at.checked_sub(1).map(|at| ids[at]);
            rust(id, parents.as_slice(), nothing, None)
        };
        history(&ids.iter().enumerate().map(rev).collect::<Vec<_>>())
    };
    let databases = Databases::new();
    for (columns, ids) in [
        (&["rendered_digest"][..], &["a", "b"][..]),
        (&["version_schema", "version_table", "rendered_digest"], &["a", "b", "c"]),
    ] {
        databases.upgrade(of(&ids[..ids.len() - 1])).await;
        for column in columns {
            databases.run(format!("ALTER TABLE alembic_journal DROP COLUMN {column}")).await;
        }
        // To look changes nothing.
        assert_eq!(databases.differences(of(&ids[..ids.len() - 1])).await, []);
        databases.upgrade(of(ids)).await;
        let last = ids[ids.len() - 1];
        let is_told = format!(
            "SELECT revision FROM alembic_journal WHERE rendered_digest IS NOT NULL AND version_table = 'alembic_version' \
             AND revision = '{last}'"
        );
        assert_eq!(databases.ask(&is_told).await, [last; 3][..=databases.places.len()]);
    }
}

#[tokio::test]
async fn how_a_session_reads_texts_does_not_matter() {
    fn upgrade(op: &mut Operations) {
        op.create_table("recorded", [string("text", 20).default(TEXT)]);
    }
    let migrations = history(&[rust("a", &[], upgrade, None)]);
    for place in places() {
        if place.is_postgres() {
            let mut session = sqlx::PgConnection::connect(place.url()).await.unwrap();
            sqlx::query("SET standard_conforming_strings = off").execute(&mut session).await.unwrap();
            migrations.migrator().upgrade(&mut session).await.unwrap();
        } else {
            let mut session = sqlx::MySqlConnection::connect(place.url()).await.unwrap();
            let setting = "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'";
            sqlx::query(setting).execute(&mut session).await.unwrap();
            migrations.migrator().upgrade(&mut session).await.unwrap();
        }
        assert_eq!(on!(place, migrations, edited).unwrap(), []);
    }
}

#[tokio::test]
async fn work_is_in_no_digest_so_that_its_file_is_taken_to_do_something_else() {
    fn upgrade(op: &mut Operations) {
        op.run("count", async |_| Ok(()));
    }
    let databases = Databases::new();
    let of = |one: fn(Rev) -> Rev| history(&[one(rust("a", &[], upgrade, None))]);
    databases.upgrade(of(|a| a)).await;
    assert_eq!(databases.differences(of(|a| a)).await, []);
    assert_eq!(databases.differences(of(Rev::edited)).await, [("a".to_owned(), Difference::File)]);
}

#[tokio::test]
async fn a_revision_that_panics_once_it_is_applied_is_in_nobodys_way() {
    static HELPER: Helper = AtomicBool::new(false);
    fn upgrade(op: &mut Operations) {
        assert!(!is_new(&HELPER), "the panic of this test");
        op.execute("CREATE TABLE recorded (x INT)");
    }
    fn more(op: &mut Operations) {
        op.execute("CREATE TABLE more (x INT)");
    }
    let a = rust("a", &[], upgrade, None);
    let databases = Databases::new();
    databases.upgrade(history(std::slice::from_ref(&a))).await;
    HELPER.store(true, Ordering::SeqCst);
    let b = rust("b", &["a"], more, None);
    databases.upgrade(history(&[a.clone(), b.clone()])).await;
    assert_eq!(databases.differences(history(&[a.edited(), b])).await, [("a".to_owned(), Difference::File)]);
}
