//! Every error that needs no database to be made, with its code and its text; `tests/` has the others.

use crate::error::{DatabaseError, ErrorClass, ForeignKeyViolation, Phase, *};
use crate::history::{Embedded, Migrations, Revision};
use servicekit_chain::{Problem, RevisionId, Source, Target, file};
use sqlx::Connection as _;
use std::sync::Arc;
use std::time::Duration;

fn heads(ids: &[&'static str]) -> Heads {
    ids.iter().copied().map(RevisionId::from_static).collect()
}

fn busy() -> sqlx::Error {
    sqlx::Error::PoolTimedOut
}

/// A history that the macro would never make.
static LOOP: [Revision; 1] = [Revision::sql("a\na\n\n\n\n\nabout a\nalembic/versions/a.sql", "")];
static BROKEN: Embedded = Embedded {
    folder: "alembic",
    heads: &["a"],
    revisions: &LOOP,
    version_table: "alembic_version",
    journal_table: "alembic_journal",
    schema: None,
    directories: &[],
    application: "tests 1.0.0",
    current_schema: false,
    ignore: &[],
    databases: &[],
    compiled: crate::history::compiled::Compiled::new(),
};

#[tokio::test]
async fn every_error_has_a_code_that_stays_and_says_what_happened_where_things_are_and_what_to_do() {
    let (at, revision) = (heads(&["a", "b"]), RevisionId::from_static("c"));
    let source = Arc::new(Source::new("alembic/versions/c.sql", "alembic/versions/c.sql", "-- no header\n"));
    let mut connection = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let database = |phase| {
        let (class, help) = (ErrorClass::Other, None);
        Error::from(ErrorKind::Database(Box::new(DatabaseError { phase, source: busy(), class, help })))
    };
    let rows_changed = ErrorKind::RowsChanged { revision: None, expected: at.clone(), found: Heads::base() };
    let errors = [
        "+0".parse::<Target>().unwrap_err().into(),
        Migrations::new(&BROKEN).upgrade(&mut connection).await.unwrap_err(),
        ErrorKind::File(file::parse_sql(&source).unwrap_err().iter().map(Problem::diagnostic).collect())
            .into(),
        ErrorKind::Locked { waited: Duration::from_millis(1500), holder: None, source: Some(busy()) }.into(),
        database(Phase::Commit { revision: Some(revision.clone()) }),
        database(Phase::Commit { revision: None }).at(&at),
        ErrorKind::Moved { expected: at.clone(), found: Heads::base() }.into(),
        Error::from(ErrorKind::TransactionEnded { revision: Some(revision.clone()) }).at(&at),
        Error::from(rows_changed).at(&at),
        Error::from(ErrorKind::Stopped).at(&at),
        ErrorKind::Stopped.into(),
        ErrorKind::NotInitialised.into(),
    ];
    let texts: Vec<String> = errors.iter().map(|error| format!("{}: {error}", error.code())).collect();
    insta::assert_snapshot!(texts.join("\n\n"), @"
    invalid_target: `+0` leads nowhere: the number of steps must be at least 1

    broken_chain: the embedded revisions do not form a chain: the revision at index 0 follows itself

    broken_file: error: this file does not say which revision it is
     --> alembic/versions/c.sql:1:1
      |
    1 | -- no header
      | ^^^^^^^^^^^^
      |
    help: begin it with a title and the line `-- revision: c`, and put `-- +upgrade` above its SQL

    locked: another session held the database for 1.5 s
    help: find the session that writes to it (an open transaction, a backup), or raise the acquire timeout

    database_error: revision `c` could not be committed: pool timed out while waiting for an open connection

    database_error: the run could not be committed: pool timed out while waiting for an open connection
    now: what was not committed has been rolled back; the database is at a, b

    moved_by_another: another process changed the version rows during this run: they were a, b, and now they are base
    now: nothing was rolled back
    help: find out what else changes the version table, then start again

    transaction_ended: revision `c` ended the transaction that it runs in
    now: a part of the revision may have been committed; the database is at a, b
    help: remove the statement that commits or rolls back, and revert by hand what was committed

    version_rows_changed: the version rows should be a, b, and they were base
    now: the transaction was rolled back; the database is at a, b
    help: only the runner may change its tables: look for other changes of them, in the revision or in a trigger

    stopped: the run was stopped before its end
    now: the database is at a, b
    help: the next start continues from there

    stopped: the run was stopped before its end
    help: the next start continues from there

    not_initialised: the database is not open
    help: call `init().await` first
    ");
}

#[test]
fn no_position_is_claimed_that_could_not_be_read() {
    let revision = Some(RevisionId::from_static("c"));
    let violation = ForeignKeyViolation { table: "b".to_owned(), parent: "a".to_owned(), rowid: Some(1) };
    let errors: [Error; 3] = [
        ErrorKind::TransactionEnded { revision: revision.clone() }.into(),
        ErrorKind::ForeignKeys { revision: revision.clone(), violations: vec![violation] }.into(),
        ErrorKind::RowsChanged { revision, expected: heads(&["c"]), found: Heads::base() }.into(),
    ];
    let states: Vec<String> = errors.iter().filter_map(Error::state).collect();
    insta::assert_snapshot!(states.join("\n"), @r"
    a part of the revision may have been committed
    the transaction was rolled back
    the transaction was rolled back
    ");
    assert_eq!(errors.iter().filter_map(Error::heads).count(), 0);
}
