//! Reading writes nothing, needs no right, and asks the same number of questions of any number of tables.

use crate::round_trip::Client;
use servicekit::ErrorKind;
use servicekit::error::IntrospectionError;
use servicekit::introspection::Introspection;
use servicekit::sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use servicekit::sqlx::{self, Connection as _, PgConnection};
use std::fmt::Write as _;
use std::future::poll_fn;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

const TABLES: &str = include_str!("../introspection/postgres/rental.sql");

#[tokio::test]
async fn a_role_without_rights_reads_the_same_in_a_read_only_session() {
    let Some(mut client) = Client::open().await else { return };
    client.run(TABLES).await;
    let all = client.read().await;
    let role = format!("reader_of_{}", client.database.name());
    client.run(&format!("CREATE ROLE {role}; SET ROLE {role}; SET default_transaction_read_only = on")).await;
    let refused = servicekit::sqlx::raw_sql("SELECT FROM film").execute(&mut client.connection).await;
    assert!(refused.is_err());
    let read = client.read().await;
    client.run("RESET ROLE; SET default_transaction_read_only = off").await;
    client.run(&format!("DROP ROLE {role}")).await;
    assert_eq!(read, all);
}

#[tokio::test]
async fn settings_of_the_session_change_nothing_and_stay() {
    let Some(mut client) = Client::open().await else { return };
    client
        .run(
            "CREATE TABLE \"Odd\" (a date DEFAULT '2020-02-01', b timestamptz DEFAULT '2020-02-01 00:00+00', c interval DEFAULT '1 day', \
             d bytea DEFAULT '\\x00ff', e double precision DEFAULT '0.1'::float8 + 0.2, f text DEFAULT E'\\\\', CHECK (a > '2020-01-02'))",
        )
        .await;
    let usual = client.read().await;
    let settings = "SET DateStyle = 'German, DMY'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'Asia/Kolkata'; \
        SET bytea_output = 'escape'; SET extra_float_digits = -15; SET quote_all_identifiers = on; SET standard_conforming_strings = off";
    client.run(settings).await;
    assert_eq!(client.read().await, usual);
    let after = "SELECT current_setting('DateStyle'), current_setting('TimeZone'), current_setting('quote_all_identifiers'), current_setting('transaction_read_only')";
    assert_eq!(client.ask(after).await, ["German, DMY|Asia/Kolkata|on|off"]);
    client.run("RESET ALL").await;
    client.round_trip("").await;
}

#[tokio::test]
async fn as_many_questions_are_asked_of_one_table_as_of_three_hundred() {
    let Some(mut client) = Client::open().await else { return };
    let answers = Arc::new(AtomicUsize::new(0));
    let port = proxy(&client, Arc::clone(&answers));
    let options: PgConnectOptions = client.database.url().parse().unwrap();
    let options = options.host("127.0.0.1").port(port).ssl_mode(PgSslMode::Disable);
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    let mut counts = Vec::new();
    for tables in [1, 300] {
        client.empty().await;
        let mut sql = String::new();
        for table in 0..tables {
            write!(
                sql,
                "CREATE TABLE t{table} (id serial PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''), b integer REFERENCES t{table}, \
                 c date DEFAULT now(), d numeric(9, 2), e text[], f varchar(9), g boolean, UNIQUE (a, b)); \
                 CREATE INDEX ON t{table} (lower(a)); COMMENT ON COLUMN t{table}.a IS 'a';"
            )
            .unwrap();
        }
        client.run(&sql).await;
        let before = answers.load(Ordering::SeqCst);
        let started = Instant::now();
        let schema = Introspection::new().read(&mut connection).await.unwrap();
        let took = started.elapsed();
        assert_eq!(schema.tables.len(), tables);
        counts.push(answers.load(Ordering::SeqCst) - before);
        println!("{tables} tables: {} statements in {took:?}", counts.last().unwrap());
    }
    assert_eq!(counts[0], counts[1]);
    assert!((10..30).contains(&counts[0]), "{counts:?}");
}

#[tokio::test]
async fn a_schema_that_changes_meanwhile_is_read_as_it_was_at_one_time() {
    let Some(mut client) = Client::open().await else { return };
    let mut other = PgConnection::connect(client.database.url()).await.unwrap();
    let is_done = Arc::new(AtomicUsize::new(0));
    let ends = Arc::clone(&is_done);
    // Both tables are there, or none.
    let changes = tokio::spawn(async move {
        let mut rounds = 0;
        while ends.load(Ordering::SeqCst) == 0 {
            for sql in [
                "CREATE TABLE a (id serial PRIMARY KEY, t text DEFAULT 'x' || 'y', p integer CHECK (p > 0)); \
                 CREATE TABLE b (a integer REFERENCES a, EXCLUDE USING btree (a WITH =)); CREATE INDEX i ON a ((p + 1)) WHERE p > 1",
                "DROP TABLE a, b",
            ] {
                servicekit::sqlx::raw_sql(sql).execute(&mut other).await.unwrap();
                tokio::time::sleep(Duration::from_millis(10 * (rounds % 5))).await;
            }
            rounds += 1;
        }
        rounds
    });
    let (mut there, mut gone, mut changing) = (0, 0, 0);
    for _ in 0..100 {
        match Introspection::new().read(&mut client.connection).await {
            Ok(schema) if schema.tables.is_empty() => gone += 1,
            Ok(schema) => {
                let [a, b] = schema.tables.as_slice() else { panic!("{schema:?}") };
                assert_eq!((a.columns.len(), a.constraints.len(), a.indexes.len()), (3, 2, 1));
                assert_eq!((b.columns.len(), b.constraints.len(), b.indexes.len()), (1, 2, 0));
                there += 1;
            }
            Err(error) => match error.kind() {
                ErrorKind::Introspection(IntrospectionError::Changing) => changing += 1,
                other => panic!("{other:?}"),
            },
        }
    }
    is_done.store(1, Ordering::SeqCst);
    let rounds = changes.await.unwrap();
    println!(
        "{rounds} changes; 100 readings: {there} with both tables, {gone} with none, {changing} given up"
    );
    assert!(there > 0 && gone > 0);
}

/// A way to the server that counts the statements which it answers.
fn proxy(client: &Client, answers: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let options: PgConnectOptions = client.database.url().parse().unwrap();
    let server = TcpStream::connect((options.get_host(), options.get_port())).unwrap();
    let (mut to_server, mut from_server) = (server.try_clone().unwrap(), server);
    thread::spawn(move || {
        let (mut from_client, _) = listener.accept().unwrap();
        let mut to_client = from_client.try_clone().unwrap();
        thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
        // Each message is a letter and a length, which counts itself; `C` ends a statement (manual, 55.7).
        let mut head = [0; 5];
        while from_server.read_exact(&mut head).is_ok() {
            let [kind, length @ ..] = head;
            let mut rest = vec![0; u32::from_be_bytes(length) as usize - 4];
            from_server.read_exact(&mut rest).unwrap();
            answers.fetch_add(usize::from(kind == b'C'), Ordering::SeqCst);
            if to_client.write_all(&[&head[..], &rest].concat()).is_err() {
                break;
            }
        }
    });
    port
}

#[tokio::test]
async fn a_transaction_of_the_caller_is_left_alone() {
    let Some(mut client) = Client::open().await else { return };
    client.run("BEGIN").await;
    client.run("CREATE TABLE kept (a int)").await;
    let error = Introspection::new().read(&mut client.connection).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InTransaction), "{error}");
    client.run("INSERT INTO kept VALUES (1); COMMIT; DROP TABLE kept").await;
}

#[tokio::test]
async fn a_read_that_is_dropped_anywhere_leaves_no_transaction_open() {
    let Some(mut client) = Client::open().await else { return };
    client.run(TABLES).await;
    let one = PgPoolOptions::new().max_connections(1);
    let pool = one.connect(client.database.url()).await.unwrap();
    let mut dropped = 0;
    for polls in 1.. {
        let is_done = polled(Box::pin(Introspection::new().read(&pool)), polls).await;
        // In the transaction of the read this would be refused.
        sqlx::query("CREATE TEMPORARY TABLE written (a int)").execute(&pool).await.unwrap();
        sqlx::query("DROP TABLE written").execute(&pool).await.unwrap();
        let is_done =
            polled(Box::pin(Introspection::new().read(&mut client.connection)), polls).await && is_done;
        client.run("CREATE TEMPORARY TABLE written (a int); DROP TABLE written").await;
        dropped += usize::from(!is_done);
        if is_done {
            break;
        }
    }
    assert!(dropped > 2, "{dropped}");
    pool.close().await;
}

/// Whether a future is done after it was polled this often; then it is dropped.
async fn polled<T>(future: impl Future<Output = T>, polls: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        if poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    false
}
