//! Waiting: for another run, for a table that another session reads, for a server without room; and what is free afterwards.

use crate::client::{Client, Pool, in_time, until};
use crate::place::{Place, on_postgres, places};
use crate::support::{Rev, history, sql};
use servicekit::sqlx::{Connection as _, MySqlConnection, PgConnection};
use servicekit::{Error, Migrations, Migrator, Progress, Report};
use servicekit_test_servers::{Engine, PrivateServer};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

/// A statement that a gate holds up, as a long one.
fn behind_the_gate(place: &Place) -> String {
    if place.is_postgres() {
        "SELECT pg_advisory_xact_lock(4711)".to_owned()
    } else {
        // Locks of a name are the server's, not the database's.
        format!("SELECT 1 + GET_LOCK('{}', 600)", place.database.name())
    }
}

/// Keeps a statement from going on until it is opened.
struct Gate(Client);

impl Gate {
    async fn closed(place: &Place) -> Self {
        let mut client = Client::open(place.url()).await;
        let sql = if place.is_postgres() {
            "SELECT pg_advisory_lock(4711)".to_owned()
        } else {
            behind_the_gate(place)
        };
        client.ask(&sql).await;
        Self(client)
    }

    /// Whether a statement stands before it.
    async fn is_waited_at(&mut self) -> bool {
        let sql = match &self.0 {
            Client::Postgres(_) => {
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                 AND wait_event = 'advisory' AND query LIKE '%4711%'"
            }
            Client::MySql(_) => {
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() \
                 AND state = 'User lock' AND info LIKE '%GET_LOCK%'"
            }
        };
        self.0.value(sql).await != "0"
    }

    async fn open(self) {
        self.0.close().await;
    }
}

/// A history whose second revision stands before the gate.
fn slow(place: &Place) -> Migrations {
    history(&[
        first(),
        sql("b", &["a"], &format!("INSERT INTO a VALUES (1);\n{};", behind_the_gate(place)), ""),
    ])
}

fn first() -> Rev {
    sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")
}

/// With a limit that nothing here meets.
fn patient(migrations: Migrations) -> Migrator {
    migrations.migrator().lock_timeout(Duration::from_mins(10))
}

/// Replaces what differs from run to run by what it is.
fn anonymous(text: &str, parts: &[(&str, &str)]) -> String {
    parts.iter().fold(text.to_owned(), |text, (part, name)| text.replace(part, name))
}

#[tokio::test]
async fn a_run_that_waits_for_another_names_it_while_it_waits_and_when_it_gives_up_and_goes_on_after_it() {
    for place in places() {
        let mut gate = Gate::closed(&place).await;
        let (url, migrator) = (place.url().to_owned(), patient(slow(&place)));
        let one = tokio::spawn(async move { Pool::of(&url, 1).upgrade(&migrator).await });
        until(async || gate.is_waited_at().await).await;

        let holders = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&holders);
        let impatient = slow(&place).migrator().acquire_timeout(Duration::from_millis(300)).on_progress(
            move |progress| {
                if let Progress::Waiting { holder, .. } = progress {
                    heard.lock().unwrap().push(holder.clone());
                }
            },
        );
        let error = Pool::of(place.url(), 1).upgrade(&impatient).await.unwrap_err();

        let servicekit::ErrorKind::Locked { holder: Some(holder), waited, source: None, .. } = error.kind()
        else {
            panic!("{error}")
        };
        let heard = std::mem::take(&mut *holders.lock().unwrap());
        let told: Vec<_> = heard.iter().flatten().map(|heard| (&heard.session, &heard.statement)).collect();
        assert_eq!(told.len(), heard.len());
        assert!(!told.is_empty() && told.iter().all(|told| *told == (&holder.session, &holder.statement)));
        let (since, client) = (holder.since.clone().unwrap(), holder.client.clone().unwrap());
        assert_eq!(since.len(), "2026-11-23T10:00:00Z".len(), "{since}");
        let text = anonymous(
            &error.to_string(),
            &[
                (&format!("{:.1} s", waited.as_secs_f64()), "0.3 s"),
                (&format!("session {}", holder.session), "session 4711"),
                (&since, "2026-11-23T10:00:00Z"),
                (&client, "10.0.0.3"),
                (place.database.name(), "gate"),
            ],
        );
        if place.is_postgres() {
            insta::assert_snapshot!(text, @r#"
            another run held the database for 0.3 s: session 4711 of tests 1.0.0 as postgres from 10.0.0.3 since 2026-11-23T10:00:00Z, with `INSERT INTO a VALUES (1) ; SELECT pg_advisory_xact_lock(4711) ; UPDATE "public"."alembic_version" SET version_num = 'b' …`
            now: what was not committed has been rolled back; the database is at a
            help: wait for it, or end that session, and start again
            "#);
        } else {
            insta::assert_snapshot!(text, @"
            another run held the database for 0.3 s: session 4711 as root from 10.0.0.3 since 2026-11-23T10:00:00Z, with `SELECT 1 + GET_LOCK('gate', 600)`
            now: what was not committed has been rolled back; the database is at a
            help: wait for it, or end that session, and start again
            ");
        }

        // The next one waits for as long as it takes.
        let (url, migrator) = (place.url().to_owned(), slow(&place).migrator());
        let two = tokio::spawn(async move { Pool::of(&url, 1).upgrade(&migrator).await });
        gate.open().await;
        assert_eq!(in_time(one).await.unwrap().unwrap().to.to_string(), "b");
        assert!(in_time(two).await.unwrap().unwrap().to.to_string() == "b");
        assert_eq!(place.ask("SELECT x FROM a").await, ["1"]);
    }
}

/// How a plan keeps others away: by the lock of its transactions, or by one of its session too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    ByTransaction,
    BySession,
}

const BOTH: [Kept; 2] = [Kept::ByTransaction, Kept::BySession];

/// `a`, then a `b` that does this, then something that is left to do.
fn going_on(place: &Place, kept: Kept, b: &str) -> Migrations {
    let last = match kept {
        Kept::BySession if place.is_postgres() => "CREATE INDEX CONCURRENTLY ix_a_x ON a (x);",
        _ => "INSERT INTO a VALUES (2);",
    };
    history(&[first(), sql("b", &["a"], b, ""), sql("c", &["b"], last, "")])
}

/// Whether another run gets to the end at once: it has something to do, and may not wait.
async fn is_free(place: &Place, kept: Kept) -> bool {
    let migrator =
        going_on(place, kept, "INSERT INTO a VALUES (1);").migrator().acquire_timeout(Duration::ZERO);
    match Pool::of(place.url(), 1).upgrade(&migrator).await {
        Ok(report) => {
            assert!(!report.is_empty());
            true
        }
        Err(error) => {
            assert_eq!(error.code(), "locked", "{error}");
            false
        }
    }
}

/// A callback that panics when `b` begins.
fn panicking(migrations: Migrations) -> Migrator {
    patient(migrations).on_progress(|progress| {
        let begins = matches!(progress, Progress::Started { revision, .. } if revision.as_str() == "b");
        assert!(!begins, "in the callback");
    })
}

/// Runs to the end, whether that is a result or a panic.
async fn caught(run: impl Future<Output = Result<Report, Error>>) -> String {
    let mut run = pin!(run);
    let result = std::future::poll_fn(|context| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(context))) {
            Ok(Poll::Ready(result)) => Poll::Ready(Ok(result)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(panic) => Poll::Ready(Err(panic)),
        }
    });
    match result.await {
        Ok(Ok(report)) => format!("at {}", report.to),
        Ok(Err(error)) => error.code().to_owned(),
        Err(panic) => panic.downcast_ref::<&str>().unwrap().to_string(),
    }
}

#[tokio::test]
async fn the_database_is_free_at_once_after_a_run_on_a_pool_that_succeeds_fails_or_panics() {
    for place in places() {
        for kept in BOTH {
            let place = again(&place);
            let broken = going_on(&place, kept, "INSERT INTO nowhere VALUES (1);");
            assert_eq!(
                caught(Pool::of(place.url(), 1).upgrade(&broken.migrator())).await,
                "statement_failed"
            );
            assert!(is_free(&place, kept).await, "{kept:?}");

            let place = again(&place);
            let loud = panicking(going_on(&place, kept, "INSERT INTO a VALUES (1);"));
            assert_eq!(caught(Pool::of(place.url(), 1).upgrade(&loud)).await, "in the callback");
            // The panic ends the session, which the server may notice a little later.
            until(async || is_free(&place, kept).await).await;

            let place = again(&place);
            let good = going_on(&place, kept, "INSERT INTO a VALUES (1);").migrator();
            Pool::of(place.url(), 1).upgrade_to(&good, "b").await.unwrap();
            assert!(is_free(&place, kept).await, "{kept:?}");
        }
    }
}

/// Another database on the same server.
fn again(place: &Place) -> Place {
    Place { database: place.database.server().create_database() }
}

#[tokio::test]
async fn the_database_is_free_at_once_after_a_run_on_a_lent_connection_that_succeeds_fails_or_panics() {
    for place in places() {
        for kept in BOTH {
            let place = again(&place);
            let mut client = Client::open(place.url()).await;
            let broken = going_on(&place, kept, "INSERT INTO nowhere VALUES (1);");
            assert_eq!(caught(client.upgrade(&broken.migrator())).await, "statement_failed");
            assert!(is_free(&place, kept).await, "{kept:?}");

            let place = again(&place);
            let mut client = Client::open(place.url()).await;
            let loud = panicking(going_on(&place, kept, "INSERT INTO a VALUES (1);"));
            assert_eq!(caught(client.upgrade(&loud)).await, "in the callback");
            if place.is_postgres() {
                // What gives it back is on its way when the panic passes through.
                until(async || is_free(&place, kept).await).await;
                assert_eq!(client.value("SELECT count(*) FROM a WHERE x = 1").await, "1");
            } else {
                // Only its own session can give it back there.
                assert!(!is_free(&place, kept).await);
                client.close().await;
                until(async || is_free(&place, kept).await).await;
            }

            let place = again(&place);
            let mut client = Client::open(place.url()).await;
            let good = going_on(&place, kept, "INSERT INTO a VALUES (1);").migrator();
            client.upgrade_to(&good, "b").await.unwrap();
            assert!(is_free(&place, kept).await, "{kept:?}");
            assert_eq!(client.ask("SELECT count(*) FROM alembic_version").await, ["1"]);
        }
    }
}

#[tokio::test]
async fn a_dropped_run_on_a_pool_ends_with_its_revision_and_frees_the_database_then() {
    for place in places() {
        for kept in BOTH {
            let place = again(&place);
            let mut gate = Gate::closed(&place).await;
            let b = format!("INSERT INTO a VALUES (1);\n{};", behind_the_gate(&place));
            let pool = Pool::of(place.url(), 1);
            {
                let migrator = patient(going_on(&place, kept, &b));
                let mut run = pin!(pool.upgrade(&migrator));
                tokio::select! {
                    result = &mut run => panic!("it has passed the gate: {result:?}"),
                    () = until(async || gate.is_waited_at().await) => {}
                }
            }
            // Its statement still runs.
            assert!(!is_free(&place, kept).await);

            gate.open().await;

            // It ends before the last revision, which is left for the next.
            until(async || is_free(&place, kept).await).await;
            assert_eq!(place.rows().await, "c");
            let applied = place.ask("SELECT revision FROM alembic_journal ORDER BY seq").await;
            assert_eq!(applied, ["a", "b", "c"]);
            assert_eq!(place.ask("SELECT count(*) FROM a WHERE x = 1").await, ["1"]);
        }
    }
}

#[tokio::test]
async fn a_dropped_run_on_a_lent_connection_of_postgres_frees_the_database_when_its_statement_ends() {
    let Some(place) = on_postgres() else { return };
    for kept in BOTH {
        let place = again(&place);
        let mut gate = Gate::closed(&place).await;
        let b = format!("INSERT INTO a VALUES (1);\n{};", behind_the_gate(&place));
        let mut client = Client::open(place.url()).await;
        {
            let migrator = patient(going_on(&place, kept, &b));
            let mut run = pin!(client.upgrade(&migrator));
            tokio::select! {
                result = &mut run => panic!("it has passed the gate: {result:?}"),
                () = until(async || gate.is_waited_at().await) => {}
            }
        }
        assert!(!is_free(&place, kept).await);

        gate.open().await;

        until(async || is_free(&place, kept).await).await;
        // The revision was undone, and done by the next run.
        assert_eq!(client.value("SELECT count(*) FROM a WHERE x = 1").await, "1");
        assert_eq!(client.value("SELECT count(*) FROM alembic_journal").await, "3");
    }
}

#[tokio::test]
async fn a_dropped_run_on_a_lent_connection_of_mysql_keeps_the_database_until_it_is_closed_or_runs_again() {
    for place in places().into_iter().filter(|place| !place.is_postgres()) {
        for closes in [true, false] {
            let place = again(&place);
            let mut gate = Gate::closed(&place).await;
            let b = format!("INSERT INTO a VALUES (1);\n{};", behind_the_gate(&place));
            let mut client = Client::open(place.url()).await;
            {
                let migrator = patient(going_on(&place, Kept::ByTransaction, &b));
                let mut run = pin!(client.upgrade(&migrator));
                tokio::select! {
                    result = &mut run => panic!("it has passed the gate: {result:?}"),
                    () = until(async || gate.is_waited_at().await) => {}
                }
            }
            gate.open().await;
            assert!(!is_free(&place, Kept::ByTransaction).await);
            if closes {
                client.close().await;
            } else {
                let good = going_on(&place, Kept::ByTransaction, "INSERT INTO a VALUES (1);").migrator();
                client.upgrade_to(&good, "b").await.unwrap();
            }
            until(async || is_free(&place, Kept::ByTransaction).await).await;
            assert_eq!(place.ask("SELECT x FROM a ORDER BY x").await, ["1", "2"]);
        }
    }
}

#[tokio::test]
async fn a_change_that_waits_behind_a_reader_lets_other_readers_through_again_and_again() {
    const LOCK_WAIT: Duration = Duration::from_secs(1);
    let of_place = async |place: Place| {
        let migrations = history(&[first(), sql("b", &["a"], "ALTER TABLE a ADD COLUMN y INT;", "")]);
        Pool::of(place.url(), 1).upgrade_to(&migrations.migrator(), "a").await.unwrap();
        let mut reader = Client::open(place.url()).await;
        reader.ask("BEGIN").await;
        reader.ask("SELECT * FROM a").await;
        let mut other = Client::open(place.url()).await;
        let mut timed = async || {
            let began = Instant::now();
            other.ask("SELECT * FROM a").await;
            began.elapsed()
        };
        let mut usual = Duration::ZERO;
        for _ in 0..20 {
            usual = usual.max(timed().await);
        }
        let url = place.url().to_owned();
        let run = tokio::spawn(async move {
            Pool::of(&url, 1).upgrade(&migrations.migrator().lock_timeout(LOCK_WAIT)).await
        });

        // Each of these stood behind the change, and went on while the first reader still read.
        let (mut held_up, mut shortest) = (0, Duration::MAX);
        while held_up < 3 {
            let took = in_time(timed()).await;
            if took > usual + LOCK_WAIT / 4 {
                (held_up, shortest) = (held_up + 1, shortest.min(took));
            }
            assert!(!run.is_finished());
        }

        println!("{}: 3 readers held up, for {shortest:?} at least", place.database.name());
        // One of them at least had a machine that was not busy with something else.
        assert!(shortest < usual + LOCK_WAIT * 3, "{shortest:?}");
        reader.ask("COMMIT").await;
        assert_eq!(in_time(run).await.unwrap().unwrap().steps.len(), 1);
        assert_eq!(place.ask("SELECT y FROM a").await, Vec::<String>::new());
    };
    let mut both = places().into_iter();
    let each = async |place: Option<Place>| {
        if let Some(place) = place {
            of_place(place).await;
        }
    };
    tokio::join!(each(both.next()), each(both.next()));
}

/// Counts how often a revision begins.
fn counting(migrator: Migrator, revision: &'static str) -> (Migrator, Arc<AtomicUsize>) {
    let begun = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&begun);
    let migrator = migrator.on_progress(move |progress| {
        if matches!(progress, Progress::Started { revision: begun, .. } if begun.as_str() == revision) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    (migrator, begun)
}

#[tokio::test]
async fn a_run_that_is_the_victim_of_a_deadlock_is_tried_again_and_its_data_is_there_once() {
    for place in places() {
        let accounts = sql("a", &[], "CREATE TABLE a (id INT PRIMARY KEY, x INT);", "");
        let b = "UPDATE a SET x = x + 10 WHERE id = 1;\nUPDATE a SET x = x + 10 WHERE id = 2;";
        let migrations = history(&[accounts, sql("b", &["a"], b, "")]);
        Pool::of(place.url(), 1).upgrade_to(&migrations.migrator(), "a").await.unwrap();
        if place.is_postgres() {
            // Whoever looks for a deadlock first is its victim: let there be time to make one before the run looks.
            place.run(&format!("ALTER DATABASE {} SET deadlock_timeout = '2s'", place.database.name())).await;
        }
        let mut other = Client::open(place.url()).await;
        other.ask("INSERT INTO a VALUES (1, 0), (2, 0)").await;
        let waiting = if place.is_postgres() {
            other.ask("SET deadlock_timeout = '10min'").await;
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        } else {
            // The victim is the one that has changed less.
            other.ask("CREATE TABLE much (x INT)").await;
            // What InnoDB itself shows of its waits is renewed only when nobody has asked for a while.
            "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'UPDATE %id = 2%'"
        };
        other.ask("BEGIN").await;
        if !place.is_postgres() {
            let thousand =
                "WITH RECURSIVE seq (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < 1000)";
            other.ask(&format!("INSERT INTO much {thousand} SELECT n FROM seq")).await;
        }
        other.ask("UPDATE a SET x = x + 1 WHERE id = 2").await;
        let (migrator, begun) = counting(patient(migrations), "b");
        let url = place.url().to_owned();
        let run = tokio::spawn(async move { Pool::of(&url, 1).upgrade(&migrator).await });
        let mut watcher = Client::open(place.url()).await;
        until(async || watcher.value(waiting).await != "0").await;

        in_time(other.ask("UPDATE a SET x = x + 1 WHERE id = 1")).await;
        other.ask("COMMIT").await;

        assert_eq!(in_time(run).await.unwrap().unwrap().steps.len(), 1);
        assert!(begun.load(Ordering::Relaxed) > 1, "it was no victim");
        assert_eq!(place.ask("SELECT x FROM a").await, ["11", "11"]);
        assert_eq!(place.journal().await.len(), 2);
    }
}

#[tokio::test]
async fn what_postgres_says_is_worth_trying_again_is_tried_again() {
    for state in ["40001", "40P01", "55P03"] {
        let Some(place) = on_postgres() else { return };
        // What a sequence has given stays given when a transaction is undone.
        let b = format!(
            "INSERT INTO a VALUES (1);\n\
             DO $$ BEGIN IF nextval('tries') < 3 THEN RAISE SQLSTATE '{state}'; END IF; END $$;"
        );
        let migrations = history(&[
            sql("a", &[], "CREATE TABLE a (x INT); CREATE SEQUENCE tries;", ""),
            sql("b", &["a"], &b, ""),
        ]);
        let (migrator, begun) = counting(migrations.migrator(), "b");

        let report = Pool::of(place.url(), 1).upgrade(&migrator).await.unwrap();

        assert_eq!((report.steps.len(), begun.load(Ordering::Relaxed)), (2, 3), "{state}");
        assert_eq!(place.ask("SELECT x FROM a").await, ["1"]);
    }
}

/// A server that has room for a few connections, and those that take all of it.
async fn full(server: &PrivateServer, url: &str) -> Vec<Client> {
    let mut taken = Vec::new();
    loop {
        let one = match server.server().engine() {
            Engine::Postgres => PgConnection::connect(url).await.map(Client::Postgres),
            Engine::MySql => MySqlConnection::connect(url).await.map(Client::MySql),
        };
        match one {
            Ok(client) => taken.push(client),
            Err(_) => return taken,
        }
    }
}

/// How many clients the server has turned away.
async fn turned_away(server: &PrivateServer, taken: &mut [Client]) -> usize {
    match server.server().engine() {
        Engine::Postgres => server.log().matches("too many clients already").count(),
        Engine::MySql => {
            let row = taken[0].value("SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'").await;
            row.rsplit('|').next().unwrap().parse().unwrap()
        }
    }
}

#[tokio::test]
async fn a_server_without_room_for_another_connection_is_waited_for_and_told_from_a_pool_that_is_used_up() {
    let servers = [
        PrivateServer::postgres()
            .setting("max_connections", "4")
            .setting("superuser_reserved_connections", "0"),
        // One more is let in there for an administrator.
        PrivateServer::mysql().setting("max_connections", "10"),
    ];
    for server in servers {
        let Some(server) = server.start() else { continue };
        let database = server.create_database();
        let url = database.url();
        let mut taken = full(&server, url).await;
        let pool = Pool::impatient(url, Duration::from_millis(200));

        let migrator = history(&[first()]).migrator();
        let error =
            pool.upgrade(&migrator.clone().acquire_timeout(Duration::from_millis(300))).await.unwrap_err();
        if matches!(pool, Pool::Postgres(_)) {
            insta::assert_snapshot!(error, @"
            the database could not be opened: sorry, too many clients already
            help: the server has no room for another connection: close some, or raise `max_connections`
            ");
        } else {
            insta::assert_snapshot!(error, @"
            the database could not be opened: Too many connections
            help: the server has no room for another connection: close some, or raise `max_connections`
            ");
        }

        let before = turned_away(&server, &mut taken).await;
        let run = tokio::spawn(async move { pool.upgrade(&migrator).await });
        until(async || turned_away(&server, &mut taken).await > before + 5).await;
        assert!(!run.is_finished());
        taken.clear();

        assert_eq!(in_time(run).await.unwrap().unwrap().steps.len(), 1);
    }
}
