//! Processes that race for one database, and processes that are killed at any moment: each step exactly once.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::counted::{Ended, Goal, Hold, Quick, REVISIONS, Starter, State, Undisturbed, counted};
use crate::place::{Place, on_mysql, on_postgres};
use crate::support::rounds;
use servicekit::Progress;
use servicekit_test_servers::{PrivateServer, PrivateServerBuilder, WireProxy};
use std::cell::Cell;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const STARTERS: usize = 64;

/// Starts processes together, and gives how many revisions each ran.
fn race(url: &str, goal: Goal) -> Vec<usize> {
    let mut starters = Starter::several(STARTERS, url, goal);
    starters.iter_mut().for_each(Starter::go);
    let ended: Vec<Ended> = starters.into_iter().map(Starter::ended).collect();
    let failed: Vec<&Ended> = ended.iter().filter(|ended| ended.applied.is_none()).collect();
    assert!(failed.is_empty(), "{} failed, the first: {}", failed.len(), failed[0].text);
    ended.iter().filter_map(|ended| ended.applied).collect()
}

/// Leaves the first concurrent build, or the first change of a table, begun and not ended.
fn half_migrate(place: &Place) {
    let wire = WireProxy::start(place.url());
    let fragment = if place.is_postgres() { "CREATE INDEX CONCURRENTLY ix" } else { "ADD COLUMN email" };
    wire.cut_after(move |message| message.executes(fragment));
    let ended = Starter::new(wire.url(), Goal::Up).ended();
    assert_eq!((ended.applied, wire.cuts()), (None, 1), "{}", ended.text);
}

/// Where a race starts.
#[derive(Clone, Copy, Debug)]
enum Course {
    Fresh,
    /// A revision was begun by a run that is lost.
    StagePosition,
    /// What is left is transactions, on PostgreSQL without a lock of the session.
    Transactions,
    /// Back from the end.
    Back,
}

impl Course {
    /// Brings a database to the start; gives where to from there, how many revisions are already done, and the last
    /// row of the journal before the pass.
    async fn prepare(self, place: &Place) -> (Goal, usize, i64) {
        match self {
            Self::Fresh => (Goal::Up, 0, 0),
            Self::StagePosition => {
                half_migrate(place);
                assert_eq!(place.rows().await, "in:progress, r02");
                (Goal::Up, 2, 0)
            }
            Self::Transactions => {
                let database = place.opened().await;
                counted(place.url()).upgrade_to(&database, "r06").await.unwrap();
                database.dispose().await;
                (Goal::Up, 6, 0)
            }
            Self::Back => {
                place.go(Goal::Up).await;
                (Goal::Down, 0, place.new_pass().await)
            }
        }
    }
}

async fn race_on(place: fn() -> Option<Place>) {
    let Some(undisturbed) = Undisturbed::on(place()).await else { return };
    let mut longest = Duration::ZERO;
    for round in 0..rounds("SERVICEKIT_RACE_ROUNDS", 1) {
        for course in [Course::Fresh, Course::StagePosition, Course::Transactions, Course::Back] {
            let place = place().unwrap().with_counter().await;
            let (goal, already, since) = course.prepare(&place).await;
            let began = Instant::now();
            let counts = race(place.url(), goal);
            longest = longest.max(began.elapsed());
            assert_eq!(counts.iter().sum::<usize>(), REVISIONS - already, "{course:?}: {counts:?}");
            assert_eq!(&place.state(since).await, undisturbed.after(goal), "{course:?}");
            println!(
                "{} round {round}, {course:?}: {STARTERS} starters, {} ran {} revisions between them, {} found nothing left, \
                 0 failed",
                place.server_name(),
                counts.iter().filter(|&&count| count > 0).count(),
                REVISIONS - already,
                counts.iter().filter(|&&count| count == 0).count(),
            );
        }
    }
    println!("the longest race took {longest:?}");
}

#[tokio::test]
async fn processes_that_start_together_on_postgres_run_each_step_once_and_all_succeed() {
    race_on(on_postgres).await;
}

#[tokio::test]
async fn processes_that_start_together_on_mysql_run_each_step_once_and_all_succeed() {
    race_on(on_mysql).await;
}

/// What became of the kills.
#[derive(Debug, Default)]
struct Kills {
    all: usize,
    /// That fell into a run, so that something was left to do.
    in_a_run: usize,
    /// That left a revision partially applied.
    partial: usize,
    /// That fell before a run or after it.
    outside: usize,
}

async fn kills_on(server: Quick) {
    let Some(undisturbed) = Undisturbed::on(server.place()).await else { return };
    let place = server.place().unwrap().with_counter().await;
    // Once there and back, for how long it takes and for the tables.
    place.go(Goal::Up).await;
    place.go(Goal::Down).await;
    let undisturbed_one = Starter::new(place.url(), Goal::Up);
    let began = Instant::now();
    assert_eq!(undisturbed_one.ended().applied, Some(REVISIONS));
    let usual = began.elapsed();
    place.go(Goal::Down).await;

    let mut kills = Kills::default();
    let total = rounds("SERVICEKIT_KILL_ROUNDS", 12);
    for round in 0..total {
        let goal = Goal::BOTH[round % 2];
        let since = place.new_pass().await;
        // Up to three kills in a row, at moments that differ from round to round.
        for attempt in 0..3 {
            let mut starter = Starter::new(place.url(), goal);
            starter.go();
            std::thread::sleep(moment(round * 3 + attempt, usual));
            starter.kill();
            let ended = starter.ended();
            kills.all += 1;
            let now = place.rows().await;
            let is_over = now == undisturbed.after(goal).rows;
            kills.in_a_run += usize::from(!is_over && place.last_entry().await > since);
            kills.partial += usize::from(now.contains("in:progress"));
            kills.outside += usize::from(is_over);
            assert_eq!(ended.code, None, "{}", ended.text);
            if is_over {
                break;
            }
        }
        place.go(goal).await;
        assert_eq!(&place.state(since).await, undisturbed.after(goal), "round {round}");
    }
    let Kills { all, in_a_run, partial, outside } = kills;
    println!(
        "{}: {total} rounds, {all} kills: {in_a_run} left something begun ({partial} in the middle of a revision), {outside} \
         came too late, all finished, 0 lost, 0 twice",
        place.server_name()
    );
    assert!(in_a_run > 0, "no kill fell into a run");
}

/// A moment within a run, which differs from kill to kill.
fn moment(kill: usize, usual: Duration) -> Duration {
    let part = (kill * 104_729 + 7919) % 1009;
    usual.mul_f64(f64::from(u32::try_from(part).unwrap()) / 1009.0)
}

#[tokio::test]
async fn a_start_after_kills_on_postgres_finishes_with_nothing_lost_and_nothing_twice() {
    kills_on(Quick::postgres()).await;
}

#[tokio::test]
async fn a_start_after_kills_on_mysql_finishes_with_nothing_lost_and_nothing_twice() {
    kills_on(Quick::mysql()).await;
}

/// On a server that has room for a few of the starters only.
async fn crowd_on(server: PrivateServerBuilder) {
    let Some(server) = server.setting("max_connections", "16").start() else { return };
    let place = || Place { database: server.create_database() };
    let undisturbed = Undisturbed::on(Some(place())).await.unwrap();
    let place = place().with_counter().await;
    let counts = race(place.url(), Goal::Up);
    assert_eq!(counts.iter().sum::<usize>(), REVISIONS);
    assert_eq!(&place.state(0).await, undisturbed.after(Goal::Up));
    println!("{}: {STARTERS} starters on 16 connections, 0 failed", place.server_name());
}

#[tokio::test]
async fn starters_wait_for_room_on_a_postgres_that_has_no_more() {
    crowd_on(PrivateServer::postgres()).await;
}

#[tokio::test]
async fn starters_wait_for_room_on_a_mysql_that_has_no_more() {
    crowd_on(PrivateServer::mysql()).await;
}

#[tokio::test]
async fn the_history_goes_there_and_back_and_leaves_nothing() {
    for place in [on_postgres(), on_mysql()].into_iter().flatten() {
        let place = place.with_counter().await;
        let schema = crate::counted::schema(place.url()).await;
        place.go(Goal::Up).await;
        place.go(Goal::Down).await;
        let State { schema: after, .. } = place.state(0).await;
        let without_ours = |lines: Vec<String>| {
            lines.into_iter().filter(|line| !line.contains("alembic_")).collect::<Vec<_>>()
        };
        assert_eq!(without_ours(after), without_ours(schema));
    }
}

/// One run is in the middle of a revision, another one has read how far it is and waits; then the first goes on a
/// little and is lost.
async fn waiter_on(place: Option<Place>) {
    let Some(place) = place else { return };
    let place = place.with_counter().await;
    let undisturbed =
        Undisturbed::on(Some(Place { database: place.database.server().create_database() })).await.unwrap();
    let (first, later) = if place.is_postgres() {
        ("CONCURRENTLY ix_users", "r03 second")
    } else {
        ("COLUMN email", "r03 second")
    };

    let wire = WireProxy::start(place.url());
    wire.cut_before(move |message| message.executes(first));
    assert_eq!(Starter::new(wire.url(), Goal::Up).ended().applied, None);
    assert_eq!(place.rows().await, "in:progress, r02");

    // It holds the lock when it writes the intent again, and is held up there.
    let mut hold = Hold::before(&wire, |message| message.executes("UPDATE") && message.executes("'intent'"));
    let is_later = Cell::new(false);
    wire.cut_after(move |message| {
        is_later.set(is_later.get() || message.executes(later));
        is_later.get() && message.executes("COMMIT")
    });
    let mut holder = Starter::new(wire.url(), Goal::Up);
    holder.go();
    hold.is_met().await;

    let hold = Mutex::new(Some(hold));
    let waiter = counted(place.url()).migrator().on_progress(move |progress| {
        if let Progress::Waiting { .. } = progress {
            // Said again and again.
            hold.lock().unwrap().take().into_iter().for_each(Hold::release);
        }
    });
    let service = place.service(waiter);
    service.init().await.unwrap();
    service.dispose().await;
    let ended = holder.ended();
    assert_eq!((ended.code.as_deref(), wire.cuts()), (Some("commit_unknown"), 2), "{}", ended.text);
    assert_eq!(&place.state(0).await, undisturbed.after(Goal::Up));
}

#[tokio::test]
async fn what_a_lost_run_did_while_another_waited_is_not_done_again_on_postgres() {
    waiter_on(on_postgres()).await;
}

#[tokio::test]
async fn what_a_lost_run_did_while_another_waited_is_not_done_again_on_mysql() {
    waiter_on(on_mysql()).await;
}
