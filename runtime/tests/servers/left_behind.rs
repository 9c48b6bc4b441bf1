//! What a lost run leaves on the server: a session that still works, an index that is not valid.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::counted::{Goal, OtherSession, Starter, State, go, long};
use crate::place::{Place, ask, on_mysql, on_postgres};
use crate::support::{history, sql, sql_text};
use servicekit::Migrations;
use servicekit_test_servers::PrivateServer;
use std::time::{Duration, Instant};

impl Place {
    /// Waits until the answer is this one.
    async fn wait_until(&self, question: &str, answer: &str) {
        let began = Instant::now();
        while self.ask(question).await != [answer] {
            assert!(began.elapsed() < Duration::from_mins(1), "{question} is not {answer}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Whether the long step is being worked on.
const COPIES: &str = "SELECT count(*) FROM /*!80022 performance_schema */ /*M!100601 information_schema */ .processlist WHERE db = DATABASE() AND \
                      state = 'copy to tmp table' AND info LIKE 'ALTER TABLE big%'";

/// What [`long`] leaves behind when nothing disturbs it.
async fn undisturbed(place: &Place, goal: Goal) -> State {
    go(place.url(), long(place.url()), Goal::Up).await.unwrap();
    if goal == Goal::Down {
        let since = place.new_pass().await;
        go(place.url(), long(place.url()), Goal::Down).await.unwrap();
        return place.state(since).await;
    }
    place.state(0).await
}

#[tokio::test]
async fn a_change_of_a_table_that_goes_on_without_its_client_is_waited_for_on_mysql() {
    let Some(place) = on_mysql() else { return };
    let place = place.with_many_rows().await;
    for goal in Goal::BOTH {
        let since = if goal == Goal::Up { 0 } else { place.new_pass().await };
        let mut starter = Starter::of_long(place.url(), goal);
        starter.go();
        place.wait_until(COPIES, "1").await;
        starter.kill();
        assert_eq!(starter.ended().code, None);
        let goes_on = place.ask(COPIES).await == ["1"];
        // A statement that makes MySQL's `information_schema.processlist` an error, in a session that has nothing to do with it.
        let url = place.url().to_owned();
        let other = tokio::spawn(async move { ask(&url, "DO SLEEP(60) /* 🦀 */").await });
        go(place.url(), long(place.url()), goal).await.unwrap();
        other.abort();
        let state = place.state(since).await;

        let other = on_mysql().unwrap().with_many_rows().await;
        assert_eq!(state, undisturbed(&other, goal).await);
        println!("{}: killed in the copy, which went on: {goes_on}", goal.name());
    }
}

#[tokio::test]
async fn a_build_that_goes_on_without_its_client_is_ended_and_done_again_on_postgres() {
    // Before 14 a statement that runs does not notice that its client is gone, and its session keeps the lock.
    let Some(place) = on_postgres().filter(|place| place.version() >= 14) else { return };
    let place = place.with_many_rows().await;
    for goal in Goal::BOTH {
        let since = if goal == Goal::Up { 0 } else { place.new_pass().await };
        // The build, or the drop, waits for this transaction; so it would go on for ever.
        let other_session =
            OtherSession::saying(place.url(), "BEGIN; LOCK TABLE big IN ROW EXCLUSIVE MODE").await;
        let mut starter = Starter::of_long(place.url(), goal);
        starter.go();
        place.wait_until_blocked("INDEX CONCURRENTLY ix_big").await;
        let orphan = place
            .ask(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
                 AND query LIKE '%INDEX CONCURRENTLY ix_big%' AND pid <> pg_backend_pid()",
            )
            .await
            .join(" OR pid = ");
        starter.kill();
        assert_eq!(starter.ended().code, None);
        let (url, migrations) = (place.url().to_owned(), long(place.url()));
        let next = tokio::spawn(async move { go(&url, migrations, goal).await });
        let is_there = format!("SELECT count(*) FROM pg_stat_activity WHERE pid = {orphan}");
        place.wait_until(&is_there, "0").await;
        other_session.leave().await;
        next.await.unwrap().unwrap();
        let state = place.state(since).await;

        let other = on_postgres().unwrap().with_many_rows().await;
        assert_eq!(state, undisturbed(&other, goal).await);
    }
}

#[tokio::test]
async fn a_mysql_that_is_killed_in_a_change_of_a_table_has_done_it_once_in_the_end() {
    let Some(server) = PrivateServer::mysql().durable().start() else { return };
    let place = Place { database: server.create_database() }.with_many_rows().await;
    for goal in Goal::BOTH {
        let since = if goal == Goal::Up { 0 } else { place.new_pass().await };
        let mut starter = Starter::of_long(place.url(), goal);
        starter.go();
        place.wait_until(COPIES, "1").await;
        server.kill();
        let ended = starter.ended();
        assert_eq!(ended.code.as_deref(), Some("statement_failed"), "{}", ended.text);
        server.restart();
        go(place.url(), long(place.url()), goal).await.unwrap();
        let state = place.state(since).await;

        let other = Place { database: server.create_database() }.with_many_rows().await;
        assert_eq!(state, undisturbed(&other, goal).await);
    }
}

#[tokio::test]
async fn a_postgres_that_is_killed_in_a_build_has_one_valid_index_in_the_end() {
    let Some(server) = PrivateServer::postgres().durable().start() else { return };
    let place = Place { database: server.create_database() }.with_many_rows().await;
    for goal in Goal::BOTH {
        let since = if goal == Goal::Up { 0 } else { place.new_pass().await };
        let other_session =
            OtherSession::saying(place.url(), "BEGIN; LOCK TABLE big IN ROW EXCLUSIVE MODE").await;
        let mut starter = Starter::of_long(place.url(), goal);
        starter.go();
        place.wait_until_blocked("INDEX CONCURRENTLY ix_big").await;
        server.kill();
        drop(other_session);
        let ended = starter.ended();
        assert_eq!(ended.code.as_deref(), Some("statement_failed"), "{}", ended.text);
        server.restart();
        let index = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_big')";
        assert_eq!(place.ask(index).await, ["f"], "the build, or the drop, was in the middle");
        go(place.url(), long(place.url()), goal).await.unwrap();
        let state = place.state(since).await;

        let other = Place { database: server.create_database() }.with_many_rows().await;
        assert_eq!(state, undisturbed(&other, goal).await);
    }
}

fn unique(if_not_exists: &str) -> Migrations {
    let build = format!("CREATE UNIQUE INDEX CONCURRENTLY {if_not_exists} ux_people ON people (email);");
    history(&[sql("unique", &[], &build, "DROP INDEX CONCURRENTLY ux_people;")])
}

const INDEXES: &str =
    "SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid = 'people'::regclass";

#[tokio::test]
async fn an_index_that_could_not_be_built_is_dropped_and_built_by_the_next_run() {
    for if_not_exists in ["", "IF NOT EXISTS"] {
        let Some(place) = on_postgres() else { return };
        place.run("CREATE TABLE people (email TEXT); INSERT INTO people VALUES ('a'), ('b'), ('a')").await;
        // Twice: what the first left behind must not be taken for built, nor be in the way.
        for _ in 0..2 {
            let error = go(place.url(), unique(if_not_exists), Goal::Up).await.unwrap_err();
            let text = error.to_string();
            assert_eq!(error.code(), "statement_failed", "{text}");
            assert!(text.contains("could not create unique index \"ux_people\""), "{text}");
            assert!(text.contains("Key (email)=(a) is duplicated"), "{text}");
            assert_eq!(place.ask(INDEXES).await, ["ux_people|f"]);
            assert_eq!(place.rows().await, "in:progress");
            assert_eq!(place.journal().await, ["unique upgrade 1/1 failed"]);
        }
        place.run("DELETE FROM people WHERE ctid = (SELECT min(ctid) FROM people WHERE email = 'a')").await;
        go(place.url(), unique(if_not_exists), Goal::Up).await.unwrap();
        assert_eq!(place.ask(INDEXES).await, ["ux_people|t"]);
        assert_eq!(place.rows().await, "unique");
        assert_eq!(place.journal().await, ["unique upgrade 1/1 done"]);
    }
}

/// A procedure that commits in the middle, and then meets a lock.
#[tokio::test]
async fn a_statement_that_may_have_done_a_part_is_not_tried_again_by_itself() {
    for place in [on_postgres(), on_mysql()].into_iter().flatten() {
        let place = place.with_counter().await;
        place.run("CREATE TABLE locked (id INT PRIMARY KEY, x INT)").await;
        place.run("INSERT INTO locked VALUES (1, 1)").await;
        let body =
            "BEGIN INSERT INTO counter VALUES ('call'); COMMIT; UPDATE locked SET x = 2 WHERE id = 1; END";
        let create = if place.is_postgres() {
            format!("CREATE PROCEDURE part() LANGUAGE plpgsql AS '{}'", body.replace('\'', "''"))
        } else {
            format!("CREATE PROCEDURE part() {body}")
        };
        place.run(&create).await;
        let lock = if place.is_postgres() {
            "BEGIN; UPDATE locked SET x = 3"
        } else {
            "START TRANSACTION; UPDATE locked SET x = 3"
        };
        let other_session = OtherSession::saying(place.url(), lock).await;
        let migrations =
            history(&[sql_text("call", &[], "-- +transaction off\n\n-- +upgrade\nCALL part();\n")]);
        let migrator = migrations.migrator().acquire_timeout(Duration::from_secs(4));
        let service = place.service(migrator);
        let error = service.init().await.unwrap_err();
        other_session.leave().await;
        assert_eq!(error.code(), "statement_failed", "{error}");
        assert_eq!(place.ask("SELECT step FROM counter").await, ["call"], "{error}");
        // Nor is it by the next start: a person must say.
        let error = service.init().await.unwrap_err();
        assert_eq!(error.code(), "in_doubt", "{error}");
        assert_eq!(place.ask("SELECT step FROM counter").await, ["call"], "{error}");
    }
}
