//! What a server adds to an error (its detail, hint and place) is shown wherever the error is: also at the commit, and where a
//! revision has wrapped it.

use crate::client::Pool;
use crate::place::{Place, on_postgres, open};
use crate::support::{Rev, history, rust, sql};
use servicekit::options::TransactionMode;
use servicekit::{Error, Migrations, operation::RunWork as _, sqlx};

fn first() -> Rev {
    sql("a", &[], "CREATE TABLE a (x INT PRIMARY KEY, y VARCHAR(20) NOT NULL);", "DROP TABLE a;")
}

async fn failed(place: &Place, migrations: Migrations) -> Error {
    Pool::of(place.url(), 1).upgrade(&migrations.migrator()).await.unwrap_err()
}

#[tokio::test]
async fn a_constraint_that_fails_at_the_commit_shows_what_the_server_adds() {
    const DEFERRED: &str =
        "CREATE TABLE c (x INT REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (7);";
    let second = || history(&[first(), sql("b", &["a"], DEFERRED, "SELECT 1;")]);
    if let Some(place) = on_postgres() {
        let both = failed(&place, second()).await;
        place.run("DROP TABLE a; DROP TABLE alembic_version, alembic_journal").await;
        let migrator = second().migrator().transaction(TransactionMode::PerRun);
        let run = Pool::of(place.url(), 1).upgrade(&migrator).await.unwrap_err();
        place.upgrade(history(&[first()])).await;
        let alone = failed(&place, second()).await;
        assert_eq!(alone.to_string(), both.to_string());
        insta::assert_snapshot!(format!("{both}\n\n{run}"), @r#"
        revision `b` could not be committed: insert or update on table "c" violates foreign key constraint "c_x_fkey"
        detail: Key (x)=(7) is not present in table "a".
        now: what was not committed has been rolled back; the database is at a
        help: a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again

        the run could not be committed: insert or update on table "c" violates foreign key constraint "c_x_fkey"
        detail: Key (x)=(7) is not present in table "a".
        now: what was not committed has been rolled back; the database is at base
        help: a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again
        "#);
    }
    let file = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", file.path().join("app.db").display());
    let error = open(&url, second()).init().await.unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"
    revision `b` could not be committed: FOREIGN KEY constraint failed
    now: what was not committed has been rolled back; the database is at a
    help: a deferred constraint is checked at the commit: fix the revision so that its rows satisfy the constraint at its end, and start again
    ");
}

/// As a revision's own error has it.
#[derive(Debug)]
struct Wrapped(sqlx::Error);

impl std::fmt::Display for Wrapped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the rows could not be loaded")
    }
}

impl std::error::Error for Wrapped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[tokio::test]
async fn work_that_meets_an_error_shows_what_the_server_adds_also_where_it_is_wrapped() {
    const TWICE: &str = "INSERT INTO a VALUES (1, 'x'); INSERT INTO a VALUES (1, 'y')";
    let Some(place) = on_postgres() else { return };
    let plain =
        rust("b", &["a"], |op| op.run("load", async |lent| Ok(lent.execute(TWICE).await.map(drop)?)), None);
    let wrapped = rust(
        "b",
        &["a"],
        |op| op.run("load", async |lent| Ok(lent.execute(TWICE).await.map(drop).map_err(Wrapped)?)),
        None,
    );
    let plain = failed(&place, history(&[first(), plain])).await;
    let wrapped = failed(&place, history(&[first(), wrapped])).await;
    insta::assert_snapshot!(format!("{plain}\n\n{wrapped}"), @r#"
    the upgrade of revision `b` (about b) failed in `load`: duplicate key value violates unique constraint "a_pkey"
     --> runtime/tests/servers/notes.rs:74:35
    detail: Key (x)=(1) already exists.
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again

    the upgrade of revision `b` (about b) failed in `load`: the rows could not be loaded
     --> runtime/tests/servers/notes.rs:78:17
    detail: Key (x)=(1) already exists.
    now: the transaction was rolled back; the database is at a
    help: fix the revision and start again
    "#);
}
