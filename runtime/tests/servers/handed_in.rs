//! A connection that is handed in belongs to the caller: whatever becomes of the run, it is as it was.

use crate::client::Client;
use crate::place::{Place, on_mysql, on_postgres, places};
use crate::support::{Rev, history, sql};
use servicekit::options::{PendingPolicy, TransactionMode};
use servicekit::sqlx;
use servicekit::sqlx::mysql::MySqlPoolOptions;
use servicekit::{Error, Migrations, Migrator, Report};
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

fn first() -> Rev {
    sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")
}

/// A history that has transactions, and steps outside of them on either server.
fn mixed(place: &Place) -> Migrations {
    let how = if place.is_postgres() { "CONCURRENTLY" } else { "" };
    history(&[
        first(),
        sql("b", &["a"], "INSERT INTO a VALUES (1);", "DELETE FROM a;"),
        sql(
            "c",
            &["b"],
            &format!("INSERT INTO a VALUES (2);\nCREATE INDEX {how} ix ON a (x);\nINSERT INTO a VALUES (3);"),
            "",
        ),
    ])
}

/// Settings of the caller's own, none of them as the server has it.
async fn client_with_settings(place: &Place) -> Client {
    let mut client = Client::open(place.url()).await;
    let settings = if place.is_postgres() {
        // The setting that came with 14 is set where it exists.
        "SELECT set_config(name, '5s', false) FROM pg_settings WHERE name = 'client_connection_check_interval'; \
         SET lock_timeout = '7s'; SET statement_timeout = '11min'; \
         SET tcp_keepalives_idle = 77; SET tcp_keepalives_interval = 78; SET tcp_keepalives_count = 9; \
         SET application_name = 'it''s \\mine'; SET search_path = public, pg_catalog; \
         SET default_transaction_isolation = 'repeatable read'"
    } else {
        "SET SESSION lock_wait_timeout = 77; SET SESSION innodb_lock_wait_timeout = 78"
    };
    client.ask(settings).await;
    client
}

/// Every setting of the session.
async fn settings(client: &mut Client) -> Vec<String> {
    let sql = match client {
        Client::Postgres(_) => "SELECT name, setting FROM pg_settings ORDER BY name",
        Client::MySql(_) => {
            "SELECT variable_name, variable_value \
             FROM /*!80000 performance_schema */ /*M!100601 information_schema */ .session_variables \
             WHERE variable_name NOT IN ('timestamp', 'last_insert_id', 'identity', 'insert_id', 'rand_seed1', 'rand_seed2', \
             'last_gtid', 'gtid_binlog_pos', 'gtid_current_pos', 'gtid_executed', 'statement_id', 'error_count', 'warning_count') ORDER BY 1"
        }
    };
    client.ask(sql).await
}

/// The settings that are not as they were.
async fn changed(client: &mut Client, before: &[String]) -> Vec<String> {
    settings(client).await.into_iter().filter(|setting| !before.contains(setting)).collect()
}

#[tokio::test]
async fn every_setting_is_as_it_was_after_a_run_whatever_its_end() {
    for place in places() {
        let broken = |b: &str| history(&[first(), sql("b", &["a"], b, "")]).migrator();
        let strict = |migrator: Migrator| {
            migrator
                .statement_timeout(Duration::from_mins(1))
                .lock_timeout(Duration::from_secs(2))
                .acquire_timeout(Duration::ZERO)
        };
        let runs: Vec<(&str, Migrator)> = vec![
            ("done", strict(mixed(&place).migrator())),
            ("done", strict(mixed(&place).migrator().transaction(TransactionMode::PerRun))),
            ("statement_failed", strict(broken("INSERT INTO nowhere VALUES (1);"))),
            (
                "statement_failed",
                strict(broken("ALTER TABLE a ADD COLUMN y INT;\nCREATE INDEX ix ON a (nope);")),
            ),
            ("statement_refused", strict(broken("ROLLBACK;"))),
            ("not_at_head", strict(mixed(&place).migrator().policy(PendingPolicy::FailIfPending))),
            ("not_at_head", strict(mixed(&place).migrator().policy(PendingPolicy::WaitForHead))),
        ];
        for (end, migrator) in runs {
            let place = Place { database: place.database.server().create_database() };
            let mut client = client_with_settings(&place).await;
            let (session, before) = (client.session().await, settings(&mut client).await);

            let result = client.upgrade(&migrator).await;

            assert_eq!(result.as_ref().map_or_else(Error::code, |_| "done"), end);
            assert_eq!(client.session().await, session);
            assert_eq!(changed(&mut client, &before).await, Vec::<String>::new(), "{end} on {}", place.url());
        }
    }
}

/// Polls a run so often and drops it then, with its last question answered or not; what it gave, when it ended
/// before.
async fn dropped_after(
    run: impl Future<Output = Result<Report, Error>>,
    polls: usize,
    answered: bool,
) -> Option<Report> {
    let mut run = pin!(run);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match run.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result.unwrap())),
            Poll::Pending if left == 0 && !answered => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn a_run_on_postgres_that_is_dropped_anywhere_leaves_the_settings_as_they_were_and_the_next_one_finishes()
 {
    let Some(place) = on_postgres() else { return };
    let mut client = client_with_settings(&place).await;
    let before = settings(&mut client).await;
    let mut dropped = 0;
    for polls in 1.. {
        client.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;
        let migrator = mixed(&place).migrator();
        let ended = dropped_after(client.upgrade(&migrator), polls, polls % 2 == 0).await;
        if polls % 4 < 2 {
            // sqlx gives an error in the answer to what was dropped to whoever asks next.
            let _ = client.try_ask("SELECT 1").await;
        } else if ended.is_none() {
            let report = client.upgrade_to(&mixed(&place).migrator(), "c").await.unwrap();
            assert_eq!(report.to.to_string(), "c", "after {polls} polls");
        }
        assert_eq!(changed(&mut client, &before).await, Vec::<String>::new(), "after {polls} polls");
        assert_eq!(
            client
                .value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
                .await,
            "0"
        );
        if ended.is_some() {
            break;
        }
        dropped += 1;
        client.upgrade(&mixed(&place).migrator()).await.unwrap();
        assert_eq!(client.value("SELECT version_num FROM alembic_version").await, "c", "after {polls} polls");
        assert_eq!(client.ask("SELECT x FROM a ORDER BY x").await, ["1", "2", "3"], "after {polls} polls");
    }
    println!("{dropped} runs dropped, 0 connections lost");
    // How often a run waits depends on how fast the server answers.
    assert!(dropped > 3, "{dropped}");
}

#[tokio::test]
async fn a_run_on_mysql_that_is_dropped_anywhere_leaves_a_connection_on_which_the_next_one_finishes_after_a_rollback()
 {
    let Some(place) = on_mysql() else { return };
    let mut client = Client::open(place.url()).await;
    let (mut dropped, mut open) = (0, 0);
    for polls in 1.. {
        client.ask("DROP TABLE IF EXISTS a, alembic_version, alembic_journal").await;
        let migrator = mixed(&place).migrator();
        if dropped_after(client.upgrade(&migrator), polls, polls % 2 == 0).await.is_some() {
            break;
        }
        dropped += 1;
        // sqlx does not know of a transaction that was about to begin. A run refuses to go on in one.
        let report = match client.upgrade(&mixed(&place).migrator()).await {
            Err(error) if error.code() == "in_transaction" => {
                open += 1;
                client.ask("ROLLBACK").await;
                client.upgrade(&mixed(&place).migrator()).await.unwrap()
            }
            result => result.unwrap(),
        };
        assert_eq!(report.to.to_string(), "c", "after {polls} polls");
        assert_eq!(client.ask("SELECT x FROM a ORDER BY x").await, ["1", "2", "3"], "after {polls} polls");
    }
    println!("{dropped} runs dropped, {open} in a transaction afterwards, 0 connections lost");
    // How often a run waits depends on how fast the server answers.
    assert!(dropped > 3, "{dropped}");
}

#[tokio::test]
async fn a_connection_without_autocommit_is_refused_because_nobody_can_tell_whose_transaction_is_open() {
    let Some(place) = on_mysql() else { return };
    place.upgrade(history(&[first()])).await;
    let mut client = Client::open(place.url()).await;
    client.ask("SET SESSION autocommit = 0").await;
    client.ask("INSERT INTO a VALUES (0)").await;

    let error = client.upgrade(&mixed(&place).migrator()).await.unwrap_err();

    assert_eq!(error.code(), "setting_in_the_way");
    insta::assert_snapshot!(error.to_string(), @"
    `autocommit` is off on the connection, so every query opens a transaction on it
    now: nothing was run
    help: turn it on for that connection (`SET autocommit = 1`), or pass a pool
    ");
    assert_eq!(client.value("SELECT @@autocommit").await, "0");
    client.ask("ROLLBACK").await;
    assert_eq!(
        place.ask("SELECT x FROM a").await,
        Vec::<String>::new(),
        "nothing was committed on its behalf"
    );
    assert!(client.upgrade(&history(&[first()]).migrator()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_pool_whose_connections_have_no_autocommit_is_migrated() {
    let Some(place) = on_mysql() else { return };
    let pool = MySqlPoolOptions::new()
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::raw_sql("SET SESSION autocommit = 0").execute(connection).await?;
                Ok(())
            })
        })
        .connect_lazy(place.url())
        .unwrap();
    for target in ["a", "b", "c"] {
        let report = mixed(&place).upgrade_to(&pool, target).await.unwrap();
        assert_eq!((report.to.to_string(), place.rows().await), (target.to_owned(), target.to_owned()));
    }
    assert!(mixed(&place).upgrade(&pool).await.unwrap().is_empty());
    assert_eq!(place.ask("SELECT x FROM a ORDER BY x").await, ["1", "2", "3"]);
}

#[tokio::test]
async fn a_connection_inside_a_transaction_is_refused_and_left_alone() {
    for place in places() {
        place.run("CREATE TABLE mine (x INT)").await;
        place.upgrade(history(&[first()])).await;
        let mut client = Client::open(place.url()).await;
        client.ask("BEGIN").await;
        client.ask("INSERT INTO mine VALUES (1)").await;

        let error = client.upgrade(&mixed(&place).migrator()).await.unwrap_err();

        assert_eq!(error.code(), "in_transaction");
        client.ask("COMMIT").await;
        assert_eq!(place.ask("SELECT x FROM mine").await, ["1"]);
        assert_eq!(client.upgrade(&mixed(&place).migrator()).await.unwrap().steps.len(), 2);
    }
}

#[tokio::test]
async fn a_connection_inside_a_transaction_is_refused_where_the_version_table_is_missing_too() {
    for place in places() {
        let mut client = Client::open(place.url()).await;
        client.ask("BEGIN").await;

        let error = client.upgrade(&mixed(&place).migrator()).await.unwrap_err();

        assert_eq!(error.code(), "in_transaction");
        client.ask("ROLLBACK").await;
        assert_eq!(client.upgrade(&mixed(&place).migrator()).await.unwrap().steps.len(), 3);
    }
}

#[tokio::test]
async fn how_a_transaction_ends_on_a_connection_of_mysql_is_put_back() {
    let Some(place) = on_mysql() else { return };
    let mut client = Client::open(place.url()).await;
    for (completion, target) in [("CHAIN", "a"), ("RELEASE", "b"), ("NO_CHAIN", "c")] {
        client.ask(&format!("SET SESSION completion_type = '{completion}'")).await;

        let report = client.upgrade_to(&mixed(&place).migrator(), target).await.unwrap();

        assert_eq!((report.to.to_string(), place.rows().await), (target.to_owned(), target.to_owned()));
        assert_eq!(client.value("SELECT @@completion_type").await, completion);
    }
    client.close().await;
}
