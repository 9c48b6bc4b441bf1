//! A run of several revisions does what as many runs would do, whatever the revisions do to their sessions.

use crate::client::{Client, Pool};
use crate::place::{Place, on_mysql, on_postgres, places};
use crate::support::{Rev, history, rounds, sql, sql_text};
use proptest::prelude::*;
use proptest::sample::subsequence;
use servicekit::Migrations;
use servicekit::options::TransactionMode;

const IDS: [&str; 5] = ["r0", "r1", "r2", "r3", "r4"];
const PARENTS: [&[&str]; 5] = [&[], &["r0"], &["r1"], &["r2"], &["r3"]];

/// What leaves something in a session of PostgreSQL, and what can be done once in a session only.
const POSTGRES: &[&str] = &[
    "SET search_path = tenant, public",
    "SET TIME ZONE 'Asia/Tokyo'",
    "SET DateStyle = 'SQL, DMY'",
    "SET app.tenant = '7'",
    "SELECT set_config('work_mem', '1MB', false)",
    "SET LOCAL search_path = tenant, public",
    "SELECT set_config('app.other', 'it''s', true)",
    "DO $$ BEGIN PERFORM set_config('extra_float_digits', '0', false); END $$",
    "CREATE TEMP TABLE helper (x serial)",
    "CREATE FUNCTION pg_temp.helper() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "PREPARE plan AS SELECT 1",
    "DECLARE reader CURSOR WITH HOLD FOR SELECT 1",
    "LISTEN \"a channel\"",
    "SELECT pg_advisory_lock(7), pg_advisory_lock_shared(8, 9)",
    "SELECT set_config('standard_conforming_strings', 'on', false)",
];

/// What a statement of PostgreSQL finds in its session.
const SEEN_IN_POSTGRES: &str = "INSERT INTO public.seen SELECT concat_ws('|', current_setting('search_path'), \
    current_setting('TimeZone'), '2025-03-01'::date, coalesce(current_setting('app.tenant', true), ''), \
    coalesce(current_setting('app.other', true), ''), current_setting('work_mem'), current_setting('extra_float_digits'), \
    current_user, to_regclass('pg_temp.helper'), (SELECT count(*) FROM pg_prepared_statements WHERE from_sql), \
    (SELECT count(*) FROM pg_cursors WHERE is_holdable), (SELECT count(*) FROM pg_listening_channels()), \
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid IN (7, 9)))";

const MYSQL: &[&str] = &[
    "SET @unit = 'L', @`a b` = 2.50",
    "SELECT count(*) INTO @unit FROM seen",
    "SET sql_mode = ''",
    "SET foreign_key_checks = 0",
    "SET NAMES latin1",
    "SET time_zone = '+05:00'",
    "SET sql_select_limit = 1",
    "SET SESSION group_concat_max_len = 10, SESSION max_sort_length = 64",
    "SET unique_checks = 0, sql_safe_updates = 1",
    "CREATE TEMPORARY TABLE helper (x int)",
    "PREPARE plan FROM 'SELECT 1'",
    "SELECT GET_LOCK('a lock of the revision', 0)",
    "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
];

const SEEN_IN_MYSQL: &str = "INSERT INTO seen SELECT concat_ws('|', coalesce(@unit, '-'), coalesce(@`a b`, '-'), @@sql_mode, \
    @@foreign_key_checks, @@character_set_client, @@time_zone, @@sql_select_limit, @@group_concat_max_len, @@max_sort_length, \
    @@unique_checks, @@sql_safe_updates, coalesce(@OLD_SQL_MODE, '-'))";

/// A revision: what it does first, and whether it has a step outside of a transaction.
#[derive(Debug, Clone)]
struct Plan {
    statements: Vec<&'static str>,
    has_step: bool,
}

fn plans(statements: &'static [&'static str]) -> impl Strategy<Value = Vec<Plan>> {
    let plan = (subsequence(statements, 0..4), proptest::bool::weighted(0.3));
    let plan = plan.prop_map(|(statements, has_step)| Plan { statements, has_step });
    proptest::collection::vec(plan, 2..=IDS.len())
}

fn revisions(plans: &[Plan], is_postgres: bool) -> Migrations {
    let seen = if is_postgres { SEEN_IN_POSTGRES } else { SEEN_IN_MYSQL };
    let revision = |(number, plan): (usize, &Plan)| {
        let first = if number > 0 {
            ""
        } else if is_postgres {
            "CREATE TABLE seen (what text); CREATE SCHEMA tenant;"
        } else {
            "CREATE TABLE seen (what text);"
        };
        let step = match (plan.has_step, is_postgres) {
            (false, _) => String::new(),
            (true, true) => format!("CREATE INDEX CONCURRENTLY i{number} ON public.seen (what);"),
            (true, false) => format!("CREATE TABLE t{number} (id int);"),
        };
        let made = if is_postgres { format!("CREATE TABLE made{number} (id int);") } else { String::new() };
        let statements = plan.statements.join(";\n");
        let upgrade = format!("{first}\n{seen};\n{made}\n{statements};\n{seen};\n{step}\n{seen};");
        sql(IDS[number], PARENTS[number], &upgrade, "")
    };
    let revisions: Vec<Rev> = plans.iter().enumerate().map(revision).collect();
    history(&revisions)
}

/// What became of the database.
async fn outcome(place: &Place) -> Vec<String> {
    let mut lines = place.ask("SELECT what FROM seen").await;
    lines.extend(
        place
            .ask(
                "SELECT concat(table_schema, '.', table_name) FROM information_schema.tables \
                 WHERE table_name LIKE 'made%' AND table_type = 'BASE TABLE' ORDER BY 1",
            )
            .await,
    );
    lines.push(place.rows().await);
    lines
}

async fn at_once_is_as_one_by_one(plans: Vec<Plan>, places: impl Fn() -> Option<Place>) {
    let Some(place) = places() else { return };
    let migrations = revisions(&plans, place.is_postgres());
    for id in &IDS[..plans.len()] {
        let pool = Pool::of(place.url(), 1);
        pool.upgrade_to(&migrations.migrator(), id).await.unwrap();
        pool.close().await;
    }
    let expected = outcome(&place).await;

    let ways = [TransactionMode::PerRevision, TransactionMode::PerRun];
    for mode in ways {
        let migrator = migrations.migrator().transaction(mode);
        let Some(place) = places() else { return };
        let pool = Pool::of(place.url(), 1);
        pool.upgrade(&migrator).await.unwrap();
        pool.close().await;
        assert_eq!(outcome(&place).await, expected, "at once, {mode:?}");

        let Some(place) = places() else { return };
        let mut client = Client::open(place.url()).await;
        client.upgrade(&migrator).await.unwrap();
        assert_eq!(outcome(&place).await, expected, "on a connection that was lent, {mode:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_postgres_a_run_of_several_revisions_is_as_many_runs(plans in plans(POSTGRES)) {
        runtime().block_on(at_once_is_as_one_by_one(plans, on_postgres));
    }

    #[test]
    fn on_mysql_a_run_of_several_revisions_is_as_many_runs(plans in plans(MYSQL)) {
        runtime().block_on(at_once_is_as_one_by_one(plans, on_mysql));
    }
}

fn cases() -> u32 {
    rounds("SERVICEKIT_SESSION_CASES", 6).try_into().unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// What sequences and rows have left counts for the revision only that asks for it.
#[tokio::test]
async fn what_was_counted_by_the_way_does_not_reach_the_next_revision() {
    for place in places() {
        let (table, insert) = if place.is_postgres() {
            (
                "CREATE TABLE a (id serial);",
                "INSERT INTO a DEFAULT VALUES;\nINSERT INTO a VALUES (lastval() + 10);",
            )
        } else {
            (
                "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);",
                "INSERT INTO a VALUES (NULL);\nINSERT INTO a VALUES (LAST_INSERT_ID() + 10);",
            )
        };
        let next = if place.is_postgres() {
            "INSERT INTO a VALUES (lastval());"
        } else {
            "INSERT INTO a VALUES (LAST_INSERT_ID() + 100);"
        };
        let migrations =
            history(&[sql("a", &[], table, ""), sql("b", &["a"], insert, ""), sql("c", &["b"], next, "")]);
        let ended = place.service(migrations).init().await;
        if place.is_postgres() {
            let error = ended.unwrap_err().to_string();
            assert!(error.contains("lastval is not yet defined in this session"), "{error}");
            assert_eq!(place.ask("SELECT id FROM a ORDER BY id").await, ["1", "11"]);
        } else {
            ended.unwrap();
            assert_eq!(place.ask("SELECT id FROM a ORDER BY id").await, ["1", "11", "100"]);
        }
    }
}

/// What a session is given when it is opened is given to the next revision too.
#[tokio::test]
async fn what_a_revision_sets_for_sessions_to_come_reaches_the_next_revision() {
    let Some(place) = on_postgres() else { return };
    let migrations = history(&[
        sql(
            "a",
            &[],
            "CREATE SCHEMA app;\n\
             DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app', current_database()); END $$;",
            "",
        ),
        sql("b", &["a"], "CREATE TABLE account (id int);", ""),
    ]);
    place.upgrade(migrations).await;
    assert_eq!(place.ask("SELECT schemaname FROM pg_tables WHERE tablename = 'account'").await, ["app"]);
    assert_eq!(place.ask("SELECT version_num FROM public.alembic_version").await, ["b"]);
}

/// What is set for sessions to come may change how the next revision is read.
#[tokio::test]
async fn a_revision_is_read_as_its_own_session_reads_it() {
    let Some(place) = on_postgres() else { return };
    let migrations = history(&[
        sql(
            "a",
            &[],
            "CREATE TABLE path (name text);\n\
             DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', current_database()); END $$;",
            "",
        ),
        sql(
            "b",
            &["a"],
            // Two statements where a backslash is a character.
            "INSERT INTO path VALUES ('it\\'); SELECT (' || 'x'); -- '\n",
            "",
        ),
        sql(
            "c",
            &["b"],
            "CREATE INDEX CONCURRENTLY i ON path (name);\nINSERT INTO path VALUES ('\\\\');",
            "",
        ),
    ]);
    place.upgrade(migrations).await;
    assert_eq!(place.ask("SELECT name FROM path ORDER BY name").await, ["\\", "it'); SELECT (x"]);
}

/// Whatever role a revision takes on, the run's own rows are written, also about a step that fails.
#[tokio::test]
async fn what_a_run_writes_is_written_by_the_role_of_the_connection() {
    let Some(place) = on_postgres() else { return };
    let role = format!("clerk_{}", std::process::id());
    place.run(&format!("CREATE ROLE {role} NOLOGIN")).await;
    let set =
        |how: &str| format!("CREATE SCHEMA IF NOT EXISTS {role} AUTHORIZATION {role};\nSET {how} {role};");
    for (how, id) in [("ROLE", "a"), ("SESSION AUTHORIZATION", "b"), ("LOCAL ROLE", "c")] {
        for off in ["", "-- +transaction off\n\n"] {
            let Some(place) = on_postgres() else { return };
            let own = |fails: &str| {
                let upgrade = format!("{}\nCREATE TABLE {role}.t (x int);\n{fails}", set(how));
                history(&[
                    sql_text(
                        id,
                        &[],
                        &format!("{off}-- +upgrade\n{upgrade}\nINSERT INTO {role}.t VALUES (1);\n"),
                    ),
                    sql(
                        "z",
                        if id == "a" {
                            &["a"]
                        } else if id == "b" {
                            &["b"]
                        } else {
                            &["c"]
                        },
                        "CREATE TABLE ours (x int);",
                        "",
                    ),
                ])
            };
            // `LOCAL` is over with its statement where each runs by itself.
            let error = place.service(own("SELECT 1 / 0;")).init().await.unwrap_err();
            assert_eq!(error.code(), "statement_failed", "{error}");
            place.upgrade(own("")).await;
            assert_eq!(place.rows().await, "z", "{how} {off}");
            let owners = place
                .ask("SELECT tableowner FROM pg_tables WHERE tablename IN ('t', 'ours') ORDER BY tablename")
                .await;
            let theirs = if how == "LOCAL ROLE" && !off.is_empty() { "postgres" } else { role.as_str() };
            assert_eq!(owners, ["postgres", theirs], "{how} {off}");
            assert_eq!(place.ask(&format!("SELECT x FROM {role}.t")).await, ["1"]);
            place.run(&format!("DROP OWNED BY {role} CASCADE")).await;
        }
    }
    place.run(&format!("DROP ROLE {role}")).await;
}

/// A server with room for one connection of this user.
#[tokio::test]
async fn another_session_needs_no_more_room_than_the_run_has() {
    let Some(place) = on_postgres() else { return };
    let role = format!("alone_{}", std::process::id());
    place
        .run(&format!("CREATE ROLE {role} LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA public TO {role}"))
        .await;
    let url = place.url().replacen("postgres@", &format!("{role}@"), 1);
    let migrations = history(&[
        sql(
            "a",
            &[],
            "SET app.tenant = '7';\nCREATE TABLE a (x int);\nCREATE INDEX CONCURRENTLY i ON a (x);",
            "",
        ),
        sql("b", &["a"], "CREATE TABLE b AS SELECT current_setting('app.tenant', true) AS x;", ""),
    ]);
    let database = crate::place::open(&url, migrations);
    database.init().await.unwrap();
    database.dispose().await;
    assert_eq!(place.ask("SELECT x FROM b").await, ["NULL"]);
    place.run(&format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}")).await;
}

/// The journal takes an id of its own in between.
#[tokio::test]
async fn what_was_counted_by_the_way_is_not_asked_for_over_steps() {
    for place in places() {
        let (table, step, insert) = if place.is_postgres() {
            (
                "a (id serial, x int)",
                "CREATE INDEX CONCURRENTLY ia ON a (x)",
                "INSERT INTO b VALUES (lastval())",
            )
        } else {
            (
                "a (id int AUTO_INCREMENT PRIMARY KEY, x int)",
                "CREATE INDEX ia ON a (x)",
                "INSERT INTO b VALUES (LAST_INSERT_ID())",
            )
        };
        let text = |last: &str| {
            let upgrade = format!("INSERT INTO a (x) VALUES (1);\n{step};\n{last};");
            history(&[
                sql("a", &[], &format!("CREATE TABLE {table};\nCREATE TABLE b (id int);"), ""),
                sql("b", &["a"], &upgrade, ""),
            ])
        };
        let error = place.service(text(insert)).init().await.unwrap_err();
        if place.is_postgres() {
            insta::assert_snapshot!(error, @"
            the upgrade of revision `b` is refused: it reads a value that an earlier stage left in the session, and the run writes to its journal in between
             --> alembic/versions/b.sql:9:1
              |
            9 | INSERT INTO b VALUES (lastval());
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
            now: nothing was run
            help: name the sequence, as in `currval('users_id_seq')`
            ");
            place.upgrade(text("INSERT INTO b VALUES (currval('a_id_seq'))")).await;
        } else {
            insta::assert_snapshot!(error, @"
            the upgrade of revision `b` is refused: it reads a value that an earlier stage left in the session, and the run writes to its journal in between
             --> alembic/versions/b.sql:9:1
              |
            9 | INSERT INTO b VALUES (LAST_INSERT_ID());
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refused
            now: nothing was run
            help: keep the value right behind that statement, as in `SET @id = LAST_INSERT_ID()`
            ");
            place.upgrade(text(&format!("INSERT INTO a (x) VALUES (2);\n{insert}"))).await;
        }
        let expected = if place.is_postgres() { "1" } else { "2" };
        assert_eq!(place.ask("SELECT id FROM b").await, [expected]);
    }
}
