//! A run that is lost at each point where a step can be: the next one leads to where an undisturbed one would have.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::counted::{Goal, Hold, OtherSession, Quick, Starter, Undisturbed, signal};
use crate::place::Place;
use servicekit_test_servers::{Message, Then, WireProxy};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Where a run is lost, seen from one statement of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Point {
    BeforeIntent,
    BeforeCommitOfIntent,
    AfterIntent,
    InStatement,
    AfterStatement,
    BeforeCommit,
    AfterCommit,
    AfterDone,
}

impl Point {
    pub(crate) const ALL: [Self; 8] = [
        Self::BeforeIntent,
        Self::BeforeCommitOfIntent,
        Self::AfterIntent,
        Self::InStatement,
        Self::AfterStatement,
        Self::BeforeCommit,
        Self::AfterCommit,
        Self::AfterDone,
    ];

    fn says(self) -> &'static str {
        match self {
            Self::BeforeIntent => "before the intent",
            Self::BeforeCommitOfIntent => "intent written, not committed",
            Self::AfterIntent => "after the intent",
            Self::InStatement => "in the statement",
            Self::AfterStatement => "after the statement, unanswered",
            Self::BeforeCommit => "done noted, before COMMIT",
            Self::AfterCommit => "after COMMIT, unanswered",
            Self::AfterDone => "after done",
        }
    }

    /// Whether it is one where something is done when the server has answered.
    pub(crate) fn is_after(self) -> bool {
        matches!(self, Self::AfterStatement | Self::AfterCommit)
    }
}

/// A statement at which runs are lost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    kind: &'static str,
    pub(crate) goal: Goal,
    /// What no other message has in it.
    pub(crate) statement: &'static str,
    /// Its place in the journal, where it is a stage outside a transaction.
    pub(crate) intent: Option<&'static str>,
    /// What another session says that it has to wait for, where there is such a thing.
    pub(crate) in_the_way: Option<&'static str>,
    /// Whether it is sent with all of its transaction, so that nothing comes between it and COMMIT.
    pub(crate) with_commit: bool,
}

impl At {
    /// The points that there are for it.
    pub(crate) fn points(&self) -> impl Iterator<Item = Point> {
        Point::ALL.into_iter().filter(|point| match point {
            Point::BeforeIntent | Point::BeforeCommitOfIntent => self.intent.is_some(),
            Point::InStatement => self.in_the_way.is_some(),
            Point::BeforeCommit => !self.with_commit,
            _ => true,
        })
    }

    /// Finds the message at a point.
    pub(crate) fn finds(&self, point: Point) -> impl Fn(&Message) -> bool + Send + use<> {
        let (statement, intent) = (self.statement, self.intent.unwrap_or_default());
        let (met, committed) = (Cell::new(false), Cell::new(false));
        move |message| {
            let is_statement = message.executes(statement);
            let is_intent = message.executes("'intent'") && message.executes(intent);
            let begins = if point == Point::BeforeCommitOfIntent { is_intent } else { is_statement };
            met.set(met.get() || begins);
            let is_commit = met.get() && message.runs.as_ref().is_some_and(|sql| sql.ends_with("COMMIT"));
            let was_committed = committed.get();
            let found = match point {
                Point::BeforeIntent => is_intent,
                Point::AfterIntent | Point::InStatement | Point::AfterStatement => is_statement,
                Point::BeforeCommitOfIntent | Point::BeforeCommit | Point::AfterCommit => is_commit,
                Point::AfterDone => was_committed,
            };
            committed.set(was_committed || is_commit);
            found
        }
    }
}

pub(crate) const ON_POSTGRES: &[At] = &[
    At {
        kind: "a transaction",
        goal: Goal::Up,
        statement: "CREATE TABLE orders",
        intent: None,
        // Nobody can lock a table that does not exist.
        in_the_way: None,
        with_commit: false,
    },
    At {
        kind: "a transaction in one message",
        goal: Goal::Up,
        statement: "ADD COLUMN email",
        intent: None,
        in_the_way: Some("BEGIN; LOCK TABLE users IN ACCESS SHARE MODE"),
        with_commit: true,
    },
    At {
        kind: "a build of an index",
        goal: Goal::Up,
        statement: "CREATE INDEX CONCURRENTLY ix_users_name",
        intent: Some("'r03', 'upgrade', 2, 5,"),
        // The index is there by then, and not valid.
        in_the_way: Some("BEGIN; LOCK TABLE users IN ROW EXCLUSIVE MODE"),
        with_commit: false,
    },
    At {
        kind: "a step in a transaction of its own",
        goal: Goal::Up,
        statement: "'up r03 second'",
        intent: None,
        in_the_way: Some("BEGIN; LOCK TABLE counter IN SHARE MODE"),
        with_commit: false,
    },
    At {
        kind: "a build with transaction off",
        goal: Goal::Up,
        statement: "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_orders",
        intent: Some("'r04', 'upgrade', 3, 4,"),
        in_the_way: Some("BEGIN; LOCK TABLE orders IN ROW EXCLUSIVE MODE"),
        with_commit: false,
    },
    At {
        kind: "a statement with transaction off",
        goal: Goal::Up,
        statement: "'up r04 second'",
        intent: None,
        in_the_way: Some("BEGIN; LOCK TABLE counter IN SHARE MODE"),
        with_commit: false,
    },
    At {
        kind: "a transaction",
        goal: Goal::Down,
        statement: "DROP COLUMN email",
        intent: None,
        in_the_way: Some("BEGIN; LOCK TABLE users IN ACCESS SHARE MODE"),
        with_commit: false,
    },
    At {
        kind: "a drop of an index",
        goal: Goal::Down,
        statement: "DROP INDEX CONCURRENTLY ix_users_name",
        intent: Some("'r03', 'downgrade', 4, 5,"),
        in_the_way: Some("BEGIN; LOCK TABLE users IN ROW EXCLUSIVE MODE"),
        with_commit: false,
    },
    At {
        kind: "a statement with transaction off",
        goal: Goal::Down,
        statement: "'down r04 second'",
        intent: None,
        in_the_way: Some("BEGIN; LOCK TABLE counter IN SHARE MODE"),
        with_commit: false,
    },
];

pub(crate) const ON_MYSQL: &[At] = &[
    At {
        kind: "rows only",
        goal: Goal::Up,
        statement: "'up r02'",
        intent: None,
        in_the_way: Some("LOCK TABLES counter READ"),
        with_commit: false,
    },
    At {
        kind: "CREATE TABLE",
        goal: Goal::Up,
        statement: "CREATE TABLE orders",
        intent: Some("'r01', 'upgrade', 3, 4,"),
        // Nobody can lock a table that does not exist.
        in_the_way: None,
        with_commit: false,
    },
    At {
        kind: "ALTER TABLE",
        goal: Goal::Up,
        statement: "ADD COLUMN email",
        intent: Some("'r03', 'upgrade', 2, 6,"),
        in_the_way: Some("LOCK TABLES users READ"),
        with_commit: false,
    },
    At {
        kind: "rows between",
        goal: Goal::Up,
        statement: "'up r03 second'",
        intent: None,
        in_the_way: Some("LOCK TABLES counter READ"),
        with_commit: false,
    },
    At {
        kind: "CREATE INDEX",
        goal: Goal::Up,
        statement: "CREATE INDEX ix_users_name",
        intent: Some("'r03', 'upgrade', 4, 6,"),
        in_the_way: Some("LOCK TABLES users READ"),
        with_commit: false,
    },
    At {
        kind: "with transaction off",
        goal: Goal::Up,
        statement: "'up r04 second'",
        intent: None,
        in_the_way: Some("LOCK TABLES counter READ"),
        with_commit: false,
    },
    At {
        kind: "RENAME TABLE",
        goal: Goal::Up,
        statement: "RENAME TABLE orders",
        intent: Some("'r05', 'upgrade', 1, 4,"),
        in_the_way: Some("LOCK TABLES orders READ"),
        with_commit: false,
    },
    At {
        kind: "rows only",
        goal: Goal::Down,
        statement: "'down r02'",
        intent: None,
        in_the_way: Some("LOCK TABLES counter READ"),
        with_commit: false,
    },
    At {
        kind: "ALTER TABLE",
        goal: Goal::Down,
        statement: "DROP COLUMN email",
        intent: Some("'r03', 'downgrade', 5, 6,"),
        in_the_way: Some("LOCK TABLES users READ"),
        with_commit: false,
    },
    At {
        kind: "DROP TABLE",
        goal: Goal::Down,
        statement: "DROP TABLE orders",
        intent: Some("'r01', 'downgrade', 2, 4,"),
        in_the_way: Some("LOCK TABLES orders READ"),
        with_commit: false,
    },
    At {
        kind: "rows between",
        goal: Goal::Down,
        statement: "'down r03 second'",
        intent: None,
        in_the_way: Some("LOCK TABLES counter READ"),
        with_commit: false,
    },
];

/// How a run is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// Its process is killed.
    Kill,
    /// Its connection is cut, and it can say so.
    Cut,
}

/// Loses a run; gives the code of its error, where it could say one.
async fn lose(place: &Place, at: &At, point: Point, fault: Fault) -> String {
    let wire = WireProxy::start(place.url());
    let mut starter = Starter::new(wire.url(), at.goal);
    let pid = starter.pid();
    let is_met = Arc::new(AtomicBool::new(false));
    if point == Point::InStatement {
        let mut hold = Hold::before(&wire, at.finds(point));
        starter.go();
        hold.is_met().await;
        is_met.store(true, Ordering::SeqCst);
        let other_session = OtherSession::saying(place.url(), at.in_the_way.unwrap()).await;
        hold.release();
        place.wait_until_blocked(at.statement).await;
        match fault {
            Fault::Kill => starter.kill(),
            Fault::Cut => wire.cut(),
        }
        other_session.leave().await;
    } else {
        let met = Arc::clone(&is_met);
        let act = move || {
            met.store(true, Ordering::SeqCst);
            if fault == Fault::Kill {
                signal("KILL", pid);
            }
            Then::Cut
        };
        if point.is_after() {
            wire.act_after(at.finds(point), act);
        } else {
            wire.act_before(at.finds(point), act);
        }
    }
    let ended = starter.ended();
    assert!(is_met.load(Ordering::SeqCst), "no message at {at:?}, {point:?}");
    match (fault, ended.code) {
        (Fault::Kill, None) if ended.applied.is_none() => "killed".to_owned(),
        (Fault::Cut, Some(code)) => code,
        (_, code) => panic!("{at:?}, {point:?}, {fault:?}: ended with {code:?}: {}", ended.text),
    }
}

impl Place {
    /// Waits until a session with this statement waits for a lock.
    pub(crate) async fn wait_until_blocked(&self, statement: &str) {
        let pattern = format!("%{}%", statement.replace('\'', "''"));
        let question = if self.is_postgres() {
            format!(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                 AND state = 'active' AND wait_event_type = 'Lock' AND query LIKE '{pattern}'"
            )
        } else {
            format!(
                "SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() \
                 AND state LIKE 'Waiting for%lock' AND info LIKE '{pattern}'"
            )
        };
        let began = Instant::now();
        while self.ask(&question).await == ["0"] {
            assert!(began.elapsed() < Duration::from_secs(20), "nobody waits with {statement}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

async fn every_point(server: Quick, list: &'static [At]) {
    let Some(undisturbed) = Undisturbed::on(server.place()).await else { return };
    let place = server.place().unwrap().with_counter().await;
    place.go(Goal::Up).await;
    place.go(Goal::Down).await;
    let mut at_head = false;
    let mut table: BTreeMap<Point, [usize; 4]> = BTreeMap::new();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, point, fault) in there_and_back(list) {
        if at_head == (at.goal == Goal::Up) {
            place.go(if at_head { Goal::Down } else { Goal::Up }).await;
        }
        let since = place.new_pass().await;
        *ends.entry(lose(&place, at, point, fault).await).or_default() += 1;
        place.go(at.goal).await;
        assert_eq!(&place.state(since).await, undisturbed.after(at.goal), "{at:?}, {point:?}, {fault:?}");
        at_head = at.goal == Goal::Up;
        *kinds.entry(at.kind).or_default() += 1;
        let column = usize::from(at.goal == Goal::Down) * 2 + usize::from(fault == Fault::Cut);
        table.entry(point).or_insert([0; 4])[column] += 1;
    }
    println!("{}: lost and led to the end by the next start", place.server_name());
    println!("{:34} {:>7} {:>7} {:>7} {:>7}", "", "up", "", "down", "");
    println!("{:34} {:>7} {:>7} {:>7} {:>7}", "", "killed", "cut", "killed", "cut");
    for (point, [up_kill, up_cut, down_kill, down_cut]) in &table {
        println!("{:34} {up_kill:>7} {up_cut:>7} {down_kill:>7} {down_cut:>7}", point.says());
    }
    println!("at {kinds:?}\nended: {ends:?}; 0 lost, 0 twice");
    assert_eq!(table.len(), Point::ALL.len());
}

/// Every case, upgrades and downgrades in turn for as long as there are both.
fn there_and_back(list: &'static [At]) -> Vec<(&'static At, Point, Fault)> {
    let cases = |goal| {
        list.iter()
            .filter(move |at| at.goal == goal)
            .flat_map(|at| at.points().map(move |point| (at, point)))
            .flat_map(|(at, point)| [Fault::Kill, Fault::Cut].map(|fault| (at, point, fault)))
    };
    let (mut up, mut down) = (cases(Goal::Up), cases(Goal::Down));
    let mut all = Vec::new();
    loop {
        let two = [up.next(), down.next()];
        if two.iter().all(Option::is_none) {
            return all;
        }
        all.extend(two.into_iter().flatten());
    }
}

#[tokio::test]
async fn a_run_that_is_lost_at_any_point_on_postgres_is_finished_by_the_next() {
    every_point(Quick::postgres(), ON_POSTGRES).await;
}

#[tokio::test]
async fn a_run_that_is_lost_at_any_point_on_mysql_is_finished_by_the_next() {
    every_point(Quick::mysql(), ON_MYSQL).await;
}

/// Loses runs in the middle of a revision, and sends the next one the other way.
async fn turned_around(server: Quick, list: &'static [At]) {
    let Some(undisturbed) = Undisturbed::on(server.place()).await else { return };
    let place = server.place().unwrap().with_counter().await;
    place.go(Goal::Up).await;
    place.go(Goal::Down).await;
    let mut all = 0;
    for at in list.iter().filter(|at| at.intent.is_some()) {
        for point in [Point::AfterIntent, Point::AfterStatement, Point::AfterDone] {
            // From where the run that is lost starts, there and back to it.
            let back = if at.goal == Goal::Up { Goal::Down } else { Goal::Up };
            place.go(back).await;
            let since = place.new_pass().await;
            lose(&place, at, point, Fault::Kill).await;
            place.go(back).await;

            let state = place.state(since).await;
            let expected = undisturbed.after(back);
            assert_eq!((&state.rows, &state.schema), (&expected.rows, &expected.schema), "{at:?}, {point:?}");
            assert!(state.journal.iter().all(|row| row.ends_with("done")), "{:?}", state.journal);
            let revision = |step: &String| step.split(' ').nth(1).unwrap().to_owned();
            let moved: BTreeSet<String> = state.counted.iter().map(revision).collect();
            assert!(!moved.is_empty());
            let mut steps: Vec<String> = Goal::BOTH
                .into_iter()
                .flat_map(|goal| &undisturbed.after(goal).counted)
                .filter(|step| moved.contains(&revision(step)))
                .cloned()
                .collect();
            steps.sort();
            assert_eq!(state.counted, steps, "{at:?}, {point:?}: each step once there and once back");
            all += 1;
        }
    }
    println!(
        "{}: {all} runs were lost in a revision and the next went back: 0 lost, 0 twice",
        place.server_name()
    );
}

#[tokio::test]
async fn a_revision_that_is_partially_applied_is_finished_before_it_is_undone_on_postgres() {
    turned_around(Quick::postgres(), ON_POSTGRES).await;
}

#[tokio::test]
async fn a_revision_that_is_partially_applied_is_finished_before_it_is_undone_on_mysql() {
    turned_around(Quick::mysql(), ON_MYSQL).await;
}
