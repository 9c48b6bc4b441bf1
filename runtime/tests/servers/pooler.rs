//! PostgreSQL behind PgBouncer.

use crate::client::{Client, Pool, until};
use crate::place::{Place, ask, on_postgres};
use crate::support::{history, sql};
use servicekit::Migrations;
use servicekit::options::TransactionMode;
use servicekit_test_servers::{PgBouncer, PoolMode};

/// How many connections to the server the pooler has.
const BEHIND: usize = 3;

fn behind(mode: PoolMode) -> Option<(Place, PgBouncer)> {
    let place = on_postgres()?;
    let bouncer = PgBouncer::start(place.url(), mode, BEHIND)?;
    Some((place, bouncer))
}

/// Revisions that can be told apart when they run twice, and one that fails when it does.
fn counted(count: usize) -> Migrations {
    let mut revisions = Vec::new();
    for index in 0..count {
        let id: &'static str = format!("r{index}").leak();
        let down: Vec<&'static str> =
            index.checked_sub(1).map(|index| &*format!("r{index}").leak()).into_iter().collect();
        let first = if index == 0 { "CREATE TABLE counter (revision TEXT NOT NULL);\n" } else { "" };
        let upgrade = format!("{first}CREATE TABLE t{index} (x INT);\nINSERT INTO counter VALUES ('{id}');");
        revisions.push(sql(id, &down, &upgrade, &format!("DROP TABLE t{index};")));
    }
    history(&revisions)
}

/// What every session behind the pooler says: each is held by a transaction while the others are asked.
async fn in_every_session(bouncer: &PgBouncer, question: &str) -> Vec<String> {
    let mut clients = Vec::new();
    let mut answers = Vec::new();
    for _ in 0..BEHIND {
        let mut client = Client::open(bouncer.url()).await;
        client.ask("BEGIN").await;
        answers.push(client.value(question).await);
        clients.push(client);
    }
    for mut client in clients {
        client.ask("ROLLBACK").await;
        client.close().await;
    }
    answers
}

const SETTINGS: &str = "SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('statement_timeout'), \
     current_setting('client_connection_check_interval', true), current_setting('tcp_keepalives_idle'), \
     current_setting('tcp_keepalives_interval'), current_setting('tcp_keepalives_count'), \
     current_setting('search_path'), current_setting('transaction_read_only'))";

/// How many locks of runs there are in the database, held by whatever session.
async fn advisory_locks(place: &Place) -> String {
    let sql = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' \
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    place.ask(sql).await.swap_remove(0)
}

/// No lock is left, and no setting: what others find is what they found before.
async fn assert_clean(place: &Place, bouncer: &PgBouncer, before: &[String]) {
    assert_eq!(advisory_locks(place).await, "0");
    assert_eq!(in_every_session(bouncer, SETTINGS).await, before);
}

#[tokio::test]
async fn many_starters_behind_a_pooler_apply_each_revision_once_and_leave_nothing_in_its_sessions() {
    const STARTERS: usize = 8;
    let Some((place, bouncer)) = behind(PoolMode::Transaction) else { return };
    let before = in_every_session(&bouncer, SETTINGS).await;
    let mut starters = Vec::new();
    for _ in 0..STARTERS {
        let pool = Pool::behind_a_pooler(bouncer.url(), 2);
        starters.push(tokio::spawn(async move { pool.upgrade(&counted(6).migrator()).await }));
    }

    let mut applied = 0;
    for starter in starters {
        let report = starter.await.unwrap().unwrap();
        assert_eq!(report.to.to_string(), "r5");
        applied += report.steps.len();
    }

    println!("{STARTERS} starters, {applied} of 6 revisions applied, 0 failed");
    let counts =
        place.ask("SELECT revision, count(*) FROM counter GROUP BY revision ORDER BY revision").await;
    assert_eq!(counts, ["r0|1", "r1|1", "r2|1", "r3|1", "r4|1", "r5|1"]);
    assert_eq!(applied, 6);
    assert_clean(&place, &bouncer, &before).await;
}

#[tokio::test]
async fn a_failed_run_behind_a_pooler_leaves_nothing_in_its_sessions() {
    let Some((place, bouncer)) = behind(PoolMode::Transaction) else { return };
    let before = in_every_session(&bouncer, SETTINGS).await;
    let broken = history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", ""),
        sql("b", &["a"], "SET LOCAL search_path = pg_catalog;\nCREATE TABEL b (x INT);", ""),
    ]);
    for mode in [TransactionMode::PerRevision, TransactionMode::PerRun] {
        let error = Pool::behind_a_pooler(bouncer.url(), 2)
            .upgrade(&broken.migrator().transaction(mode))
            .await
            .unwrap_err();
        assert_eq!(error.code(), "statement_failed");
        until(async || advisory_locks(&place).await == "0").await;
        assert_clean(&place, &bouncer, &before).await;
    }
}

fn with_index() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE INDEX CONCURRENTLY ix_a_x ON a (x);", "DROP INDEX CONCURRENTLY ix_a_x;"),
    ])
}

#[tokio::test]
async fn a_step_outside_a_transaction_is_refused_behind_a_pooler_before_anything_runs() {
    let Some((place, bouncer)) = behind(PoolMode::Transaction) else { return };
    let before = in_every_session(&bouncer, SETTINGS).await;

    let error = Pool::behind_a_pooler(bouncer.url(), 2).upgrade(&with_index().migrator()).await.unwrap_err();

    assert_eq!(error.code(), "pooler");
    insta::assert_snapshot!(error, @"
    revision `b` has a stage outside a transaction, and there is a pooler between this run and the server: other clients would share the session and its lock
    now: nothing was run; the database is at base
    help: use a URL of the server itself
    ");
    assert_eq!(
        place.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").await,
        ["0"]
    );
    assert_clean(&place, &bouncer, &before).await;
    // The help that the message names.
    assert_eq!(place.upgrade(with_index()).await.steps.len(), 2);
}

#[tokio::test]
async fn a_step_outside_a_transaction_is_refused_on_a_connection_that_was_handed_in_and_leads_to_a_pooler() {
    for mode in [PoolMode::Transaction, PoolMode::Session] {
        let Some((place, bouncer)) = behind(mode) else { return };
        let before = in_every_session(&bouncer, SETTINGS).await;
        let mut client = Client::open(bouncer.url()).await;

        let error = client.upgrade(&with_index().migrator()).await.unwrap_err();

        assert_eq!(error.code(), "pooler");
        let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        assert_eq!(place.ask(tables).await, ["0"]);
        // What needs no session of its own runs there too.
        assert_eq!(client.upgrade(&counted(3).migrator()).await.unwrap().steps.len(), 3);
        client.close().await;
        assert_clean(&place, &bouncer, &before).await;
    }
}

#[tokio::test]
async fn a_connection_that_was_handed_in_is_not_taken_for_a_pooler_whatever_its_settings() {
    for settings in
        ["SELECT 1", "SET DateStyle = 'German'; SET TimeZone = 'Europe/Berlin'", "DISCARD ALL", "RESET ALL"]
    {
        let Some(place) = on_postgres() else { return };
        let mut client = Client::open(place.url()).await;
        client.ask(settings).await;
        assert_eq!(client.upgrade(&with_index().migrator()).await.unwrap().steps.len(), 2, "{settings}");
    }
}

#[tokio::test]
async fn behind_a_pooler_in_session_mode_transactions_run_and_steps_outside_of_them_are_refused_too() {
    let Some((place, bouncer)) = behind(PoolMode::Session) else { return };
    let pool = Pool::behind_a_pooler(bouncer.url(), 2);

    // A session of its own would do, but nothing tells this mode from the other.
    let error = pool.upgrade(&with_index().migrator()).await.unwrap_err();

    assert_eq!(error.code(), "pooler");
    assert_eq!(pool.upgrade(&counted(2).migrator()).await.unwrap().steps.len(), 2);
    pool.close().await;
    until(async || advisory_locks(&place).await == "0").await;
    assert_eq!(ask(bouncer.url(), "SELECT count(*) FROM counter").await, ["2"]);
}
