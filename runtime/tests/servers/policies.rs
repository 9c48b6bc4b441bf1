//! What a start does about pending revisions, and about a database that is ahead of it.

use crate::client::{Pool, in_time};
use crate::place::{Place, places};
use crate::support::{history, sql};
use servicekit::options::{AheadPolicy, PendingPolicy};
use servicekit::{Migrations, Progress};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "CREATE TABLE b (x INT);", "DROP TABLE b;"),
    ])
}

fn one() -> Migrations {
    history(&[sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")])
}

/// The tables of the database.
async fn tables(place: &Place) -> String {
    let schema = if place.is_postgres() { "'public'" } else { "DATABASE()" };
    let sql =
        format!("SELECT table_name FROM information_schema.tables WHERE table_schema = {schema} ORDER BY 1");
    place.ask(&sql).await.join(" ")
}

const ALL: &str = "a alembic_journal alembic_version b";

#[tokio::test]
async fn a_start_that_waits_for_head_goes_on_when_another_has_applied_everything() {
    for place in places() {
        let waits = Arc::new(Notify::new());
        let notify = Arc::clone(&waits);
        let migrator = two().migrator().policy(PendingPolicy::WaitForHead).on_progress(move |progress| {
            if matches!(progress, Progress::Waiting { .. }) {
                notify.notify_one();
            }
        });
        let pool = Pool::of(place.url(), 1);
        let start = tokio::spawn(async move { pool.upgrade(&migrator).await });

        in_time(waits.notified()).await;
        // In its middle is not at its end.
        Pool::of(place.url(), 1).upgrade_to(&two().migrator(), "a").await.unwrap();
        in_time(waits.notified()).await;
        in_time(waits.notified()).await;
        assert!(!start.is_finished());
        Pool::of(place.url(), 1).upgrade(&two().migrator()).await.unwrap();

        let report = in_time(start).await.unwrap().unwrap();
        assert_eq!((report.to.to_string(), report.is_empty()), ("b".to_owned(), true));
    }
}

#[tokio::test]
async fn a_start_that_waits_for_head_in_vain_names_what_is_pending_and_changes_nothing() {
    for place in places() {
        let timeout = Duration::from_millis(200);
        let migrator = two().migrator().policy(PendingPolicy::WaitForHead).acquire_timeout(timeout);

        let error = Pool::of(place.url(), 1).upgrade(&migrator).await.unwrap_err();

        let servicekit::ErrorKind::NotAtHead { waited: Some(waited), .. } = error.kind() else {
            panic!("{error}")
        };
        assert!(*waited >= timeout);
        let text = error.to_string().replace(&format!("{:.1} s", waited.as_secs_f64()), "0.2 s");
        insta::allow_duplicates! { insta::assert_snapshot!(text, @"
        Target database is not up to date, after a wait of 0.2 s: `a`, `b` pending
        now: nothing was run; the database is at base
        help: apply the pending revisions with `servicekit migrations upgrade head`, or start with the policy that applies them
        ") }
        assert_eq!(tables(&place).await, "");
    }
}

#[tokio::test]
async fn a_start_that_fails_if_pending_does_so_and_changes_nothing() {
    for place in places() {
        one().upgrade_to(&place.opened().await, "a").await.unwrap();
        let migrator = two().migrator().policy(PendingPolicy::FailIfPending);

        let error = Pool::of(place.url(), 1).upgrade(&migrator).await.unwrap_err();

        insta::allow_duplicates! { insta::assert_snapshot!(error, @"
        Target database is not up to date: `b` pending
        now: nothing was run; the database is at a
        help: apply the pending revisions with `servicekit migrations upgrade head`, or start with the policy that applies them
        ") }
        assert_eq!(tables(&place).await, "a alembic_journal alembic_version");
        Pool::of(place.url(), 1).upgrade(&two().migrator()).await.unwrap();
        assert!(Pool::of(place.url(), 1).upgrade(&migrator).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_policy_is_for_a_start_and_not_for_what_a_person_asks_for() {
    for place in places() {
        let migrator = two().migrator().policy(PendingPolicy::Skip);
        assert!(place.service(migrator.clone()).init().await.unwrap().is_empty());
        assert_eq!(tables(&place).await, "");

        let report = Pool::of(place.url(), 1).upgrade_to(&migrator, "b").await.unwrap();

        assert_eq!(report.steps.len(), 2);
        assert_eq!(tables(&place).await, ALL);
    }
}

#[tokio::test]
async fn a_database_that_is_ahead_fails_a_start_or_is_put_up_with_and_is_left_alone_either_way() {
    for place in places() {
        place.upgrade(two()).await;

        for policy in [PendingPolicy::Apply, PendingPolicy::WaitForHead, PendingPolicy::FailIfPending] {
            let migrator = one().migrator().policy(policy).acquire_timeout(Duration::ZERO);
            let error = place.service(migrator.clone()).init().await.unwrap_err();
            assert_eq!(error.code(), "database_ahead", "{policy:?}");

            let report = place.service(migrator.when_ahead(AheadPolicy::Warn)).init().await.unwrap();
            assert_eq!((report.to.to_string(), report.is_empty()), ("b".to_owned(), true), "{policy:?}");
        }
        // Only a start puts up with it.
        let migrator = one().migrator().when_ahead(AheadPolicy::Warn);
        let error = Pool::of(place.url(), 1).upgrade_to(&migrator, "a").await.unwrap_err();
        assert_eq!(error.code(), "database_ahead");
        assert_eq!((tables(&place).await.as_str(), place.rows().await.as_str()), (ALL, "b"));
    }
}

#[tokio::test]
async fn times_of_the_journal_are_shown_to_the_millisecond() {
    for place in places() {
        place.upgrade(two()).await;
        let error = place.service(one()).init().await.unwrap_err();
        let servicekit::ErrorKind::Ahead { unknown, .. } = error.kind() else { panic!("{error}") };
        let at = unknown[0].applied_at.as_deref().unwrap();
        let milliseconds = if place.is_postgres() {
            "SELECT to_char(finished_at, 'MS') FROM alembic_journal WHERE revision = 'b'"
        } else {
            "SELECT LPAD(MICROSECOND(finished_at) DIV 1000, 3, '0') FROM alembic_journal WHERE revision = 'b'"
        };
        let expected = place.ask(milliseconds).await.concat();
        assert!(at.ends_with(&format!(".{expected}Z")), "{at} and {expected}");
    }
}
