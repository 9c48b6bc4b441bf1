//! A network that swallows what is sent, and hosts that vanish: a run gives up in time, and no lock stays for long.

use crate::client::{Client, Pool, Question, in_time};
use crate::counted::Hold;
use crate::place::{Place, open, places};
use crate::support::{history, sql, sql_text};
use servicekit::{Error, Migrations};
use servicekit_test_servers::{Message, WireProxy};
use std::net::TcpListener;
use std::time::Duration;

/// One revision that is there, and one that is a transaction on PostgreSQL and steps elsewhere.
fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "INSERT INTO a VALUES (4711); CREATE TABLE b (x INT);", "DROP TABLE b;"),
    ])
}

/// What a run says when nothing that it sends from this message on arrives, and nothing is answered.
async fn swallowed_at(
    place: &Place,
    migrations: Migrations,
    finds: impl Fn(&Message) -> bool + Send + 'static,
) -> (String, String) {
    let wire = WireProxy::start(place.url());
    let mut hold = Hold::before(&wire, finds);
    let pool = Pool::of(wire.url(), 2);
    let migrator = migrations.migrator().acquire_timeout(Duration::from_millis(200));
    let run = tokio::spawn(async move { in_time(pool.upgrade(&migrator)).await });
    hold.is_met().await;
    let error: Error = run.await.unwrap().unwrap_err();
    hold.release();
    let text = error.to_string();
    assert!(text.contains("no answer came for "), "{text}");
    let mut parts = text.split("no answer came for ");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += "no answer came for [TIME]";
        plain += part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    (error.code().to_owned(), plain)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_nobody_answers_gives_up_and_says_what_state_things_are_in() {
    for place in places() {
        place.upgrade(history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])).await;
        let (code, text) = swallowed_at(&place, two(), |message| message.sends("SELECT version_num")).await;
        assert_eq!(code, "database_error");
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        the version table could not be read: no answer came for [TIME] s
        now: nothing was run
        help: check that the server runs and can be reached from here, and that no session holds a lock on the version table; then start again, with a longer acquire timeout if the server is slow
        ") }

        let (code, text) = swallowed_at(&place, two(), |message| {
            message.sends("current_database()") || message.sends("VERSION()")
        })
        .await;
        assert_eq!(code, "database_error");
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        a transaction could not be started: no answer came for [TIME] s
        now: the server rolls back what was not committed; the database was last seen at a
        help: check that the server runs and can be reached from here, and that no session holds a lock on the version table; then start again, with a longer acquire timeout if the server is slow
        ") }

        let begin = if place.is_postgres() { "BEGIN ISOLATION" } else { "START TRANSACTION" };
        let (code, text) = swallowed_at(&place, two(), move |message| message.sends(begin)).await;
        assert_eq!(code, "database_error");
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        a transaction could not be started: no answer came for [TIME] s
        now: the server rolls back what was not committed; the database was last seen at a
        help: check that the server runs and can be reached from here, and that no session holds a lock on the version table; then start again, with a longer acquire timeout if the server is slow
        ") }

        let (code, text) = swallowed_at(&place, two(), |message| message.sends("4711")).await;
        assert_eq!(code, "statement_failed");
        if place.is_postgres() {
            insta::assert_snapshot!(text, @"
            the upgrade of revision `b` (about b) failed: no answer came for [TIME] s
             --> alembic/versions/b.sql:7:1
              |
            7 | INSERT INTO a VALUES (4711); CREATE TABLE b (x INT);
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no answer came for [TIME] s
            now: the transaction was rolled back; the database is at a
            help: check that the server runs and can be reached from here, then start again: the run continues from there
            ");
        } else {
            insta::assert_snapshot!(text, @"
            the upgrade of revision `b` (about b) failed: no answer came for [TIME] s
             --> alembic/versions/b.sql:7:1
              |
            7 | INSERT INTO a VALUES (4711); CREATE TABLE b (x INT);
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no answer came for [TIME] s
            now: stage 1 of 2 was not done; the database is at a
            help: check that the server runs and can be reached from here, then start again: the run continues from there
            ");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_and_a_commit_that_nobody_answers_are_given_up_too() {
    for place in places() {
        place.upgrade(history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])).await;
        let steps = history(&[
            sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
            sql_text("b", &["a"], "-- +transaction off\n\n-- +upgrade\nCREATE TABLE b (x INT);\n"),
        ]);
        let lock = if place.is_postgres() { "pg_try_advisory_lock" } else { "GET_LOCK" };
        let (code, text) = swallowed_at(&place, steps, move |message| message.sends(lock)).await;
        assert_eq!(code, "database_error");
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        the lock of the run could not be acquired: no answer came for [TIME] s
        now: the server rolls back what was not committed; the database was last seen at a
        help: check that the server runs and can be reached from here, and that no session holds a lock on the version table; then start again, with a longer acquire timeout if the server is slow
        ") }

        let (code, text) =
            swallowed_at(&place, two(), |message| message.text.as_deref() == Some("COMMIT")).await;
        assert_eq!(code, "commit_unknown");
        assert!(text.contains("\nnow: whether it was committed is not known yet"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_that_nobody_answers_keeps_no_connection_of_its_pool() {
    for place in places() {
        place.upgrade(history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])).await;
        for question in Question::ALL {
            let wire = WireProxy::start(place.url());
            let mut hold = Hold::before(&wire, |message| {
                ["alembic_version", "current_database()", "VERSION()"].iter().any(|text| message.sends(text))
            });
            let pool = std::sync::Arc::new(Pool::of(wire.url(), 2));
            let migrator = two().migrator().acquire_timeout(Duration::from_millis(200));
            let asking = pool.clone();
            let run = tokio::spawn(async move { in_time(asking.ask(&migrator, question)).await });
            hold.is_met().await;

            let error = run.await.unwrap().unwrap_err();

            assert!(error.to_string().contains("no answer came for "), "{question:?}: {error}");
            in_time(pool.close()).await;
            hold.release();
        }
    }
}

#[tokio::test]
async fn a_server_that_takes_a_connection_and_says_nothing_is_given_up() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    for kind in ["postgres", "mysql"] {
        let url = format!("{kind}://nobody@127.0.0.1:{port}/nothing");
        let service = open(&url, two().migrator().acquire_timeout(Duration::from_millis(200)));

        let error = in_time(service.init()).await.unwrap_err();

        let text = error.to_string();
        assert!(text.starts_with("the database could not be opened: no answer came for "), "{text}");
        assert!(text.contains("\nhelp: "), "{text}");
    }
}

#[tokio::test]
async fn a_statement_that_takes_longer_than_the_lock_timeout_is_not_given_up_while_the_server_is_there() {
    for place in places() {
        let sleep = if place.is_postgres() { "SELECT pg_sleep(5)" } else { "SELECT SLEEP(5)" };
        let slow = history(&[sql("a", &[], &format!("CREATE TABLE a (x INT); {sleep};"), "DROP TABLE a;")]);
        let pool = Pool::of(place.url(), 2);

        let report =
            pool.upgrade(&slow.migrator().acquire_timeout(Duration::from_millis(200))).await.unwrap();

        assert_eq!(report.to.to_string(), "a");
        pool.close().await;
    }
}

#[tokio::test]
async fn a_statement_timeout_bounds_a_statement_also_where_its_end_is_not_heard_of() {
    let Some(place) = crate::place::on_postgres() else { return };
    place.upgrade(history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])).await;
    let wire = WireProxy::start(place.url());
    let mut hold = Hold::before(&wire, |message| message.sends("4711"));
    // Handed in, so that no other connection could look whether the server is there.
    let mut client = Client::open(wire.url()).await;
    let migrator = two().migrator();
    let migrator =
        migrator.acquire_timeout(Duration::from_millis(200)).statement_timeout(Duration::from_millis(100));
    let run = tokio::spawn(async move { in_time(client.upgrade(&migrator)).await.unwrap_err() });
    hold.is_met().await;

    let error = run.await.unwrap();

    hold.release();
    assert_eq!(error.code(), "statement_failed", "{error}");
    assert!(error.to_string().contains("no answer came for "), "{error}");
}

/// What the session of a run is set to, as a revision sees it.
fn looking_at(sql_text: &str) -> Migrations {
    history(&[sql(
        "a",
        &[],
        &format!("CREATE TABLE seen (what VARCHAR(100)); {sql_text};"),
        "DROP TABLE seen;",
    )])
}

#[tokio::test]
async fn the_server_is_told_to_notice_in_minutes_that_the_host_of_a_run_is_gone() {
    for place in places() {
        let question = if place.is_postgres() {
            "concat_ws(' ', current_setting('tcp_keepalives_idle'), current_setting('tcp_keepalives_interval'), \
             current_setting('tcp_keepalives_count'), current_setting('tcp_user_timeout'))"
        } else {
            "@@SESSION.wait_timeout"
        };
        let mut client = Client::open(place.url()).await;
        let before = client.value(&format!("SELECT {question}")).await;

        client.upgrade(&looking_at(&format!("INSERT INTO seen SELECT {question}")).migrator()).await.unwrap();

        let expected = if place.is_postgres() { "60 10 6 120000" } else { "120" };
        assert_eq!(client.value("SELECT what FROM seen").await, expected);
        assert_eq!(client.value(&format!("SELECT {question}")).await, before, "and put back");
        client.close().await;
    }
}
