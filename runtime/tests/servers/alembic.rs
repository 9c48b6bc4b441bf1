//! One database for this and for Python's Alembic.

use crate::client::Pool;
use crate::place::{Place, places};
use crate::support::{history, sql};
use servicekit::{Migrations, Migrator};
use servicekit_test_servers::{Alembic, HISTORY, Output, PythonRevision, alembic};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A database and an Alembic project on it.
struct Both {
    place: Place,
    alembic: Alembic,
    folder: TempDir,
}

fn both() -> impl Iterator<Item = Both> {
    both_with(HISTORY)
}

fn both_with(revisions: &[PythonRevision<'static>]) -> impl Iterator<Item = Both> {
    let alembic = alembic();
    places().into_iter().filter_map(move |place| {
        let (alembic, folder) = (alembic.clone()?, tempfile::tempdir().unwrap());
        alembic.project_with(folder.path(), place.url(), revisions);
        Some(Both { place, alembic, folder })
    })
}

impl Both {
    fn try_alembic(&self, arguments: &[&str]) -> Output {
        self.alembic.run(self.folder.path(), arguments)
    }

    fn alembic(&self, arguments: &[&str]) -> String {
        let output = self.try_alembic(arguments);
        assert!(output.success, "alembic {arguments:?}: {}{}", output.stdout, output.stderr);
        output.stdout
    }

    /// Where Alembic thinks that the database is.
    fn current(&self) -> String {
        let mut ids: Vec<String> = self
            .alembic(&["current"])
            .lines()
            .map(|line| line.split_whitespace().next().unwrap_or_default().to_owned())
            .collect();
        ids.sort();
        ids.join(", ")
    }

    async fn ours(&self, target: &'static str) -> usize {
        let pool = Pool::of(self.place.url(), 1);
        pool.upgrade_to(&ours().migrator(), target).await.unwrap().steps.len()
    }

    async fn ours_down(&self, target: &'static str) -> usize {
        let service = self.place.opened().await;
        ours().downgrade_to(&service, target).await.unwrap().steps.len()
    }

    async fn columns(&self) -> String {
        let schema = if self.place.is_postgres() { "'public'" } else { "DATABASE()" };
        let sql = format!(
            "SELECT concat(table_name, '.', column_name) FROM information_schema.columns WHERE table_schema = {schema} \
             AND table_name NOT LIKE 'alembic%' ORDER BY 1"
        );
        self.place.ask(&sql).await.join(" ")
    }

    /// How wide the version column is.
    async fn width(&self) -> String {
        let sql = "SELECT concat(character_maximum_length, '') FROM information_schema.columns \
                   WHERE table_name = 'alembic_version' AND column_name = 'version_num' AND table_schema = ";
        let schema = if self.place.is_postgres() { "'public'" } else { "DATABASE()" };
        self.place.ask(&format!("{sql}{schema}")).await.join(" ")
    }
}

/// The history of the Python project with the same ids, as it is once it was moved over.
fn ours() -> Migrations {
    let revisions: Vec<_> = HISTORY
        .iter()
        .map(|revision| {
            sql(revision.id, revision.follows, &script(revision.upgrade), &script(revision.downgrade))
        })
        .collect();
    history(&revisions)
}

fn script(statements: &[&str]) -> String {
    statements.join(";\n")
}

const USERS: &str = "1a4c8e02b7d3";
const EMAIL: &str = "7f3c2b1a9d4e";
const MERGE: &str = "c41d07e3f2a9";
const EVERYTHING: &str = "products.id products.name users.email users.id users.name";

#[tokio::test]
async fn a_database_goes_on_with_whichever_of_the_two_and_back_again() {
    for both in both() {
        both.alembic(&["upgrade", USERS]);
        assert_eq!(both.ours(EMAIL).await, 1);
        assert_eq!(both.current(), EMAIL);

        both.alembic(&["upgrade", "head"]);
        assert_eq!((both.place.rows().await.as_str(), both.columns().await.as_str()), (MERGE, EVERYTHING));
        assert_eq!(both.ours("head").await, 0);

        // Back over the merge: two version rows.
        assert_eq!(both.ours_down(EMAIL).await, 1);
        assert_eq!(both.current(), "2c9e51f7a6b0, 7f3c2b1a9d4e");
        both.alembic(&["downgrade", USERS]);
        assert_eq!(
            (both.place.rows().await.as_str(), both.columns().await.as_str()),
            (USERS, "users.id users.name")
        );

        assert_eq!(both.ours("heads").await, 3);
        assert_eq!(both.columns().await, EVERYTHING);
        both.alembic(&["downgrade", "base"]);
        assert_eq!((both.place.rows().await.as_str(), both.columns().await.as_str()), ("", ""));

        // And from a database that this began.
        assert_eq!(both.ours("heads").await, 4);
        assert_eq!(both.current(), MERGE);
        assert_eq!(both.ours_down("base").await, 4);
        assert_eq!(both.current(), "");
    }
}

#[tokio::test]
async fn alembic_refuses_to_do_anything_while_a_revision_is_partially_applied() {
    for both in both() {
        let how = if both.place.is_postgres() { "CONCURRENTLY" } else { "" };
        let upgrade =
            format!("CREATE TABLE users (id INTEGER PRIMARY KEY);\nCREATE INDEX {how} ix ON users (nope);");
        let broken = history(&[sql(USERS, &[], &upgrade, "")]);
        let error = Pool::of(both.place.url(), 1).upgrade(&broken.migrator()).await.unwrap_err();
        assert_eq!(error.code(), "statement_failed");
        assert_eq!(both.place.rows().await, "in:progress");

        let commands: [&[&str]; 4] =
            [&["current"], &["upgrade", "head"], &["downgrade", "base"], &["stamp", "head"]];
        for command in commands {
            let output = both.try_alembic(command);
            let said = output.stdout + &output.stderr;
            assert!(
                !output.success && said.contains("Can't locate revision identified by 'in:progress'"),
                "{said}"
            );
        }
        assert_eq!(both.place.rows().await, "in:progress");
    }
}

/// The lines of Python that the guide shows, verbatim.
fn env_of_the_guide() -> String {
    let guide = include_str!("../../../docs/guide/alembic.md");
    let (_, rest) = guide.split_once("```python\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// An `env.py` as Alembic's own template makes it, with models that are what the history makes.
fn env(filter: &str, option: &str) -> String {
    format!(
        "from alembic import context
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, pool

metadata = MetaData()
Table('users', metadata, Column('id', Integer, primary_key=True), Column('name', String(100), nullable=False),
      Column('email', String(200)))
Table('products', metadata, Column('id', Integer, primary_key=True), Column('name', String(100), nullable=False))

{filter}

url = context.config.get_main_option('sqlalchemy.url')
with create_engine(url, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata{option})
    with context.begin_transaction():
        context.run_migrations()
"
    )
}

#[tokio::test]
async fn autogenerate_leaves_the_journal_alone_with_the_lines_of_the_guide_and_would_drop_it_without() {
    for both in both() {
        assert_eq!(both.ours("heads").await, 4);
        let file = both.folder.path().join("migrations/env.py");

        fs::write(&file, env("", "")).unwrap();
        let output = both.try_alembic(&["check"]);
        let said = output.stdout + &output.stderr;
        assert!(!output.success && said.contains("('remove_table', Table('alembic_journal'"), "{said}");

        fs::write(&file, env(&env_of_the_guide(), ", include_name=include_name")).unwrap();
        both.alembic(&["check"]);
        both.alembic(&["revision", "--autogenerate", "-m", "nothing"]);
        let made = newest(&both.folder.path().join("migrations/versions"), "nothing");
        assert_eq!(made.matches("    pass\n").count(), 2, "{made}");
    }
}

/// The text of the one file whose name ends like this.
fn newest(folder: &Path, slug: &str) -> String {
    let mut files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let ending = format!("_{slug}.py");
    fs::read_to_string(files.find(|path| path.to_str().unwrap().ends_with(&ending)).unwrap()).unwrap()
}

#[tokio::test]
async fn ids_of_up_to_32_characters_leave_alembics_column_alone_and_a_longer_one_widens_it_before_any_step() {
    const FITS: &str = "an_id_of_exactly_32_characters__";
    const LONG: &str = "an_id_of_more_than_32_characters__";
    for both in both() {
        both.alembic(&["upgrade", USERS]);
        assert_eq!(both.width().await, "32");
        let upto = |last: &'static str, statement: &str| -> Migrator {
            let first = sql(USERS, &[], "", "");
            let fits = sql(FITS, &[USERS], "CREATE TABLE fits (x INT);", "");
            let long = sql(LONG, &[FITS], statement, "");
            let all = [first, fits, long];
            history(if last == FITS { &all[..2] } else { &all }).migrator()
        };
        let pool = Pool::of(both.place.url(), 1);

        pool.upgrade(&upto(FITS, "")).await.unwrap();
        assert_eq!((both.width().await.as_str(), both.place.rows().await.as_str()), ("32", FITS));

        // The step itself fails: there was room before it.
        let error = pool.upgrade(&upto(LONG, "INSERT INTO nowhere VALUES (1);")).await.unwrap_err();
        assert_eq!(error.code(), "statement_failed");
        assert_eq!((both.width().await.as_str(), both.place.rows().await.as_str()), ("255", FITS));

        pool.upgrade(&upto(LONG, "CREATE TABLE long_one (x INT);")).await.unwrap();
        assert_eq!(both.place.rows().await, LONG);
        pool.close().await;
    }
}

#[tokio::test]
async fn alembic_takes_long_ids_in_a_table_that_this_has_made() {
    const LONG: &str = "an_id_that_alembic_itself_would_have_had_no_room_for";
    const REVISIONS: &[PythonRevision<'static>] = &[
        PythonRevision { id: USERS, follows: &[], message: "first", upgrade: &[], downgrade: &[] },
        PythonRevision { id: LONG, follows: &[USERS], message: "long", upgrade: &[], downgrade: &[] },
    ];
    for both in both_with(REVISIONS) {
        let pool = Pool::of(both.place.url(), 1);
        let ours = history(&[sql(USERS, &[], "", ""), sql(LONG, &[USERS], "", "")]);
        pool.upgrade_to(&ours.migrator(), USERS).await.unwrap();

        both.alembic(&["upgrade", "head"]);

        assert_eq!(both.current(), LONG);
        assert!(pool.upgrade(&ours.migrator()).await.unwrap().is_empty());
        pool.close().await;
    }
}
