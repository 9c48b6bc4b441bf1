//! A start with nothing to do, counted on the wire.

use crate::client::{Client, Pool, User, until};
use crate::place::{Place, on_postgres, places};
use crate::support::{history, sql};
use servicekit::Migrations;
use servicekit::options::PendingPolicy;
use servicekit_test_servers::WireProxy;

fn two() -> Migrations {
    history(&[
        sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;"),
        sql("b", &["a"], "INSERT INTO a VALUES (1);", "DELETE FROM a;"),
    ])
}

/// What was sent, a message a line.
fn sent(wire: &WireProxy) -> String {
    let messages = wire.messages();
    let lines = messages.iter().map(|message| match &message.text {
        Some(text) => format!("{} {text}", message.kind),
        None => message.kind.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The one message of a start with nothing to do: the simple protocol, a question, no lock and no DDL.
fn question(place: &Place) -> &'static str {
    if place.is_postgres() {
        "Query SELECT version_num FROM \"alembic_version\""
    } else {
        "COM_QUERY SELECT version_num FROM `alembic_version` LIMIT 18446744073709551615"
    }
}

#[tokio::test]
async fn a_start_with_nothing_to_do_on_a_connection_is_one_question_in_one_round_trip() {
    for place in places() {
        place.upgrade(two()).await;
        let wire = WireProxy::start(place.url());
        let mut client = Client::open(wire.url()).await;
        for policy in [PendingPolicy::Apply, PendingPolicy::WaitForHead, PendingPolicy::FailIfPending] {
            wire.clear();

            let report = client.upgrade(&two().migrator().policy(policy)).await.unwrap();

            assert!(report.is_empty());
            assert_eq!((sent(&wire).as_str(), wire.round_trips()), (question(&place), 1), "{policy:?}");
        }
    }
}

#[tokio::test]
async fn a_start_that_skips_asks_nothing() {
    for place in places() {
        let wire = WireProxy::start(place.url());
        let mut client = Client::open(wire.url()).await;
        wire.clear();

        let report = client.upgrade(&two().migrator().policy(PendingPolicy::Skip)).await.unwrap();

        assert!(report.is_empty());
        assert_eq!((sent(&wire).as_str(), wire.round_trips()), ("", 0));
    }
}

/// So many revisions, each of which leaves a row.
fn revisions(count: usize) -> Migrations {
    let ids = ["r0", "r1", "r2", "r3", "r4", "r5"];
    let list = (0..count).map(|index| {
        let before = index.checked_sub(1).and_then(|before| ids.get(before..=before)).unwrap_or_default();
        sql(
            ids[index],
            before,
            &format!("CREATE TABLE t{index} (x INT); INSERT INTO t{index} VALUES (1);"),
            "",
        )
    });
    history(&list.collect::<Vec<_>>())
}

#[tokio::test]
async fn every_revision_after_the_first_is_one_round_trip_on_postgres() {
    let mut trips = Vec::new();
    for count in [2, 3, 6] {
        let Some(place) = on_postgres() else { return };
        let wire = WireProxy::start(place.url());
        let mut client = Client::open(wire.url()).await;
        wire.clear();

        assert_eq!(client.upgrade(&revisions(count).migrator()).await.unwrap().steps.len(), count);

        trips.push(wire.round_trips());
        let last = wire.messages().into_iter().rfind(|message| message.executes("INSERT INTO t"));
        let text = last.unwrap().text.unwrap();
        assert!(text.starts_with("BEGIN") && text.ends_with("COMMIT"), "{text}");
    }
    assert_eq!((trips[1] - trips[0], trips[2] - trips[1]), (1, 3), "{trips:?}");
}

#[tokio::test]
async fn to_that_question_a_pool_adds_a_ping_before_and_one_after() {
    for place in places() {
        place.upgrade(two()).await;
        let wire = WireProxy::start(place.url());
        let pool = Pool::of(wire.url(), 1);
        pool.warm().await;
        wire.clear();

        let report = pool.upgrade(&two().migrator()).await.unwrap();

        assert!(report.is_empty());
        // The pool looks after a connection that comes back in a task of its own.
        until(async || pool.idle() == 1).await;
        let ping = if place.is_postgres() { "Sync" } else { "COM_PING" };
        assert_eq!(sent(&wire), format!("{ping}\n{}\n{ping}", question(&place)));
        assert_eq!(wire.round_trips(), 3);
        pool.close().await;
    }
}

#[tokio::test]
async fn a_start_of_a_service_opens_one_connection_and_asks_once() {
    for place in places() {
        place.upgrade(two()).await;
        let wire = WireProxy::start(place.url());
        let service = crate::place::open(wire.url(), two());

        assert!(service.init().await.unwrap().is_empty());

        let messages = wire.messages();
        let ours = messages.iter().filter(|message| message.executes("version_num")).count();
        let (first, last) = (messages.first().unwrap(), messages.last().unwrap());
        assert_eq!((ours, first.connection, last.connection), (1, 0, 0));
        assert!(messages.iter().all(|message| !message.kind.contains("PREPARE") && message.kind != "Parse"));
        service.dispose().await;
    }
}

#[tokio::test]
async fn a_start_with_nothing_to_do_needs_no_right_but_to_read_the_version_table() {
    for server in
        [servicekit_test_servers::postgres(), servicekit_test_servers::mysql()].into_iter().flatten()
    {
        let user = User::create(server).await;
        let place = Place { database: server.create_database() };
        place.upgrade(two()).await;
        let name = if place.is_postgres() {
            "alembic_version".to_owned()
        } else {
            format!("{}.alembic_version", place.database.name())
        };
        place.run(&format!("GRANT SELECT ON {name} TO {}", user.name)).await;

        let mut client = user.connect(place.url()).await;

        assert!(client.upgrade(&two().migrator()).await.unwrap().is_empty());
        let denied = client.try_ask("INSERT INTO alembic_version VALUES ('c')").await.unwrap_err();
        assert!(denied.to_string().contains("denied"), "{denied}");
    }
}
