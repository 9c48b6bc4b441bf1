//! A run that is paused (a stopped container, a laptop that sleeps) and wakes up when another has done its work: it
//! fails, and changes nothing.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::counted::{Goal, Hold, Quick, Starter, State, Undisturbed, signal};
use crate::fault_points::{At, ON_MYSQL, ON_POSTGRES, Point};
use crate::place::Place;
use servicekit_test_servers::WireProxy;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

impl Place {
    /// Ends every session on the database but the one that asks; returns when they are gone.
    async fn end_sessions(&self) {
        let began = Instant::now();
        let (others, end) = if self.is_postgres() {
            let others =
                "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            (format!("SELECT pid {others}"), format!("SELECT pg_terminate_backend(pid) {others}"))
        } else {
            let others =
                "FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
            let ids = self.ask(&format!("SELECT id {others}")).await;
            let kills: Vec<String> = ids.iter().map(|id| format!("KILL {id}")).collect();
            (format!("SELECT id {others}"), kills.join(";"))
        };
        self.run(&end).await;
        while !self.ask(&others).await.is_empty() {
            assert!(began.elapsed() < Duration::from_mins(1), "a session does not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The whole state with everything that stands in the journal.
    async fn everything(&self) -> (State, Vec<String>) {
        (self.state(0).await, self.ask("SELECT * FROM alembic_journal ORDER BY seq").await)
    }
}

/// Which cases: each point of each kind of step in one direction or the other.
fn cases(list: &'static [At]) -> impl Iterator<Item = (&'static At, Point)> {
    // In the statement it is the server that works, whoever is paused.
    list.iter()
        .flat_map(|at| at.points().filter(|point| *point != Point::InStatement).map(move |point| (at, point)))
}

async fn paused_on(server: Quick, list: &'static [At]) {
    let Some(undisturbed) = Undisturbed::on(server.place()).await else { return };
    let place = server.place().unwrap().with_counter().await;
    place.go(Goal::Up).await;
    place.go(Goal::Down).await;
    let mut at_head = false;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for (at, point) in cases(list) {
        if at_head == (at.goal == Goal::Up) {
            place.go(if at_head { Goal::Down } else { Goal::Up }).await;
        }
        let since = place.new_pass().await;
        let wire = WireProxy::start(place.url());
        let mut starter = Starter::new(wire.url(), at.goal);
        let pid = starter.pid();
        let (mut hold, act) = Hold::new(move || signal("STOP", pid));
        if point.is_after() {
            wire.act_after(at.finds(point), act);
        } else {
            wire.act_before(at.finds(point), act);
        }
        starter.go();
        hold.is_met().await;

        place.end_sessions().await;
        place.go(at.goal).await;
        assert_eq!(&place.state(since).await, undisturbed.after(at.goal), "{at:?}, {point:?}");
        at_head = at.goal == Goal::Up;
        let before = place.everything().await;

        signal("CONT", pid);
        hold.release();
        let ended = starter.ended();
        let code = ended.code.unwrap_or_else(|| panic!("{at:?}, {point:?}: it did not fail: {}", ended.text));
        assert_eq!(place.everything().await, before, "{at:?}, {point:?}");
        *codes.entry(code).or_default() += 1;
        all += 1;
    }
    println!(
        "{}: {all} runs were paused, lost their session and woke up: all failed ({codes:?}), 0 changed anything",
        place.server_name()
    );
    let known = ["commit_unknown", "database_error", "statement_failed"];
    assert!(codes.keys().all(|code| known.contains(&code.as_str())), "{codes:?}");
}

#[tokio::test]
async fn a_run_on_postgres_that_wakes_up_after_another_has_finished_fails_and_changes_nothing() {
    paused_on(Quick::postgres(), ON_POSTGRES).await;
}

#[tokio::test]
async fn a_run_on_mysql_that_wakes_up_after_another_has_finished_fails_and_changes_nothing() {
    paused_on(Quick::mysql(), ON_MYSQL).await;
}
