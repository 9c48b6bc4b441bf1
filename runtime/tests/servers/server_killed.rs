//! A server that is killed in the middle of a run: when it is back, the next run leads to the end.
#![allow(clippy::print_stdout, reason = "a log shows what was proved")]

use crate::counted::{Goal, Starter, Undisturbed};
use crate::fault_points::{At, ON_MYSQL, ON_POSTGRES, Point};
use crate::place::Place;
use crate::support::rounds;
use servicekit_test_servers::{PrivateServer, PrivateServerBuilder, Then, WireProxy};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The cases in an order that soon has had each point and each kind.
fn cases(list: &'static [At], count: usize) -> Vec<(&'static At, Point)> {
    let all: Vec<_> = list
        .iter()
        .flat_map(|at| at.points().map(move |point| (at, point)))
        .filter(|(_, point)| *point != Point::InStatement)
        .collect();
    // A step that has no divisor in common with how many there are visits all of them.
    let step = (5..all.len()).find(|step| gcd(*step, all.len()) == 1).unwrap();
    (0..count).map(|index| all[index * step % all.len()]).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

async fn killed_on(builder: PrivateServerBuilder, list: &'static [At]) {
    let Some(server) = builder.durable().start() else { return };
    let server = Arc::new(server);
    let undisturbed = Undisturbed::on(Some(Place { database: server.create_database() })).await.unwrap();
    let place = Place { database: server.create_database() }.with_counter().await;
    place.go(Goal::Up).await;
    place.go(Goal::Down).await;
    let mut at_head = false;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let count = rounds("SERVICEKIT_SERVER_KILLS", 6);
    for (at, point) in cases(list, count) {
        if at_head == (at.goal == Goal::Up) {
            place.go(if at_head { Goal::Down } else { Goal::Up }).await;
        }
        let since = place.new_pass().await;
        let wire = WireProxy::start(place.url());
        let killed = Arc::clone(&server);
        let act = move || {
            killed.kill();
            Then::GoOn
        };
        if point.is_after() {
            wire.act_after(at.finds(point), act);
        } else {
            wire.act_before(at.finds(point), act);
        }
        let ended = Starter::new(wire.url(), at.goal).ended();
        let code = ended.code.unwrap_or_else(|| panic!("{at:?}, {point:?}: it did not fail: {}", ended.text));
        *codes.entry(code).or_default() += 1;
        server.restart();
        place.go(at.goal).await;
        assert_eq!(&place.state(since).await, undisturbed.after(at.goal), "{at:?}, {point:?}");
        at_head = at.goal == Goal::Up;
    }
    println!(
        "{}: killed {count} times in a run and started again ({codes:?}): all finished, 0 lost, 0 twice",
        place.server_name()
    );
}

#[tokio::test]
async fn a_run_on_a_postgres_that_is_killed_is_finished_by_the_next() {
    killed_on(PrivateServer::postgres(), ON_POSTGRES).await;
}

#[tokio::test]
async fn a_run_on_a_mysql_that_is_killed_is_finished_by_the_next() {
    killed_on(PrivateServer::mysql(), ON_MYSQL).await;
}
