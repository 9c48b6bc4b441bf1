//! The commands of PostgreSQL 18's manual, part VI.1. What refuses to run in a transaction was tried on 15.

use super::said::{assert_rows, assert_said};
use servicekit_chain::Dialect::Postgres;
use servicekit_chain::sql::may_end_transaction;

#[test]
fn postgres_runs_nearly_everything_in_a_transaction() {
    assert_said(Postgres, "transactional", TRANSACTIONAL);
}

pub(crate) const TRANSACTIONAL: &[&str] = &[
    "",
    "-- nothing",
    "ALTER AGGREGATE a(int) OWNER TO me",
    "ALTER COLLATION c REFRESH VERSION",
    "ALTER CONVERSION c RENAME TO d",
    "ALTER DATABASE d RENAME TO e",
    "ALTER DATABASE d SET work_mem = '4MB'",
    "ALTER DATABASE d WITH CONNECTION LIMIT 5",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO me",
    "ALTER DOMAIN d SET NOT NULL",
    "ALTER EVENT TRIGGER e DISABLE",
    "ALTER EXTENSION e UPDATE",
    "ALTER FOREIGN DATA WRAPPER f OPTIONS (a 'b')",
    "ALTER FOREIGN TABLE f ADD COLUMN a int",
    "ALTER FUNCTION f() STABLE",
    "ALTER GROUP g ADD USER u",
    "ALTER INDEX i ATTACH PARTITION j",
    "ALTER LANGUAGE l RENAME TO m",
    "ALTER LARGE OBJECT 1 OWNER TO me",
    "ALTER MATERIALIZED VIEW m RENAME TO n",
    "ALTER OPERATOR @@ (a, b) OWNER TO me",
    "ALTER POLICY p ON t TO me",
    "ALTER PROCEDURE p() SET a = 1",
    "ALTER PUBLICATION p ADD TABLE t",
    "ALTER ROLE r SET a = 1",
    "ALTER ROUTINE r() RENAME TO s",
    "ALTER RULE r ON t RENAME TO s",
    "ALTER SCHEMA s RENAME TO t",
    "ALTER SEQUENCE s RESTART",
    "ALTER SERVER s VERSION '1'",
    "ALTER STATISTICS s SET STATISTICS 5",
    "ALTER SUBSCRIPTION s DISABLE",
    "ALTER SUBSCRIPTION s SKIP (lsn = '0/1')",
    "ALTER SUBSCRIPTION s CONNECTION 'refresh publication'",
    "ALTER TABLE t ADD a int",
    "ALTER TABLE t DETACH PARTITION p",
    "ALTER TABLE t DETACH PARTITION p FINALIZE",
    "ALTER TABLE t DETACH PARTITION \"concurrently\"",
    "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b",
    "ALTER TABLESPACE t RENAME TO u",
    "ALTER TEXT SEARCH DICTIONARY d (a = b)",
    "ALTER TRIGGER a ON t RENAME TO b",
    "ALTER TYPE e ADD VALUE 'x'",
    "ALTER USER MAPPING FOR me SERVER s OPTIONS (a 'b')",
    "ALTER VIEW v RENAME TO w",
    "ANALYZE",
    "ANALYZE t",
    "CALL p()",
    "CHECKPOINT",
    "CLOSE c",
    "CLUSTER t USING i",
    "CLUSTER VERBOSE t",
    "CLUSTER (VERBOSE) t",
    "COMMENT ON TABLE t IS 'VACUUM'",
    "COPY t FROM '/stdin'",
    "COPY t FROM 'STDIN'",
    "COPY t TO PROGRAM 'cat'",
    "COPY (SELECT stdout FROM t) TO '/a'",
    "CREATE ACCESS METHOD a TYPE TABLE HANDLER h",
    "CREATE EXTENSION IF NOT EXISTS e",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT pg_advisory_unlock_all()'",
    "CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT pg_advisory_unlock_all(); END",
    "CREATE INDEX i ON t (a)",
    "CREATE INDEX \"concurrently\" ON t (a)",
    "CREATE INDEX \"CONCURRENTLY\" ON t (a)",
    "CREATE INDEX concurrently_i ON t (a)",
    "CREATE INDEX ON concurrently (a)",
    "CREATE INDEX i ON t (a) WHERE b = 'CONCURRENTLY'",
    "CREATE MATERIALIZED VIEW m AS SELECT 1",
    "CREATE POLICY p ON t",
    "CREATE ROLE r",
    "CREATE SCHEMA s CREATE TABLE t (a int)",
    "CREATE TABLE database (a int)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE TRIGGER tr BEFORE INSERT ON t EXECUTE FUNCTION f()",
    "CREATE TYPE e AS ENUM ('a')",
    "CREATE USER MAPPING FOR me SERVER s",
    "CREATE VIEW v AS SELECT 1",
    "DECLARE c CURSOR FOR SELECT 1",
    "DELETE FROM t",
    "DO $$ BEGIN PERFORM 1; END $$",
    "DROP INDEX \"concurrently\"",
    "DROP INDEX i, j",
    "DROP OWNED BY me",
    "DROP TABLE database",
    "EXECUTE p(1)",
    "EXPLAIN ANALYZE INSERT INTO t VALUES (1)",
    "EXPLAIN (ANALYZE, VERBOSE) SELECT 1",
    "FETCH 1 FROM c",
    "GRANT SELECT ON t TO me",
    "IMPORT FOREIGN SCHEMA s FROM SERVER t INTO u",
    "INSERT INTO t VALUES ('VACUUM; COMMIT')",
    "LOCK TABLE t",
    "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE",
    "MOVE 1 FROM c",
    "NOTIFY n, 'x'",
    "REASSIGN OWNED BY a TO b",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
    "REINDEX TABLE t",
    "REINDEX INDEX \"concurrently\"",
    "REINDEX (VERBOSE) TABLE t",
    "REINDEX (CONCURRENTLY false) TABLE t",
    "REINDEX (VERBOSE, CONCURRENTLY off) INDEX i",
    "REINDEX (CONCURRENTLY 0) INDEX i",
    "REVOKE SELECT ON t FROM me",
    "SECURITY LABEL ON TABLE t IS 'a'",
    "SELECT 1",
    "(SELECT 1) UNION (SELECT 2)",
    "SELECT a AS pg_advisory_unlock_all FROM t",
    "SELECT 'pg_advisory_unlock_all()'",
    "SELECT set_config('a.b', '1', true)",
    "SELECT set_config('a.b', (SELECT x FROM t), false)",
    "SELECT set_config('a.b', '1', false) FROM t",
    "SET LOCAL a = 1",
    "SET CONSTRAINTS ALL DEFERRED",
    "SHOW work_mem",
    "TABLE t",
    "TRUNCATE t",
    "UPDATE t SET vacuum = 1",
    "VALUES (1)",
    "WITH d AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM d",
    "\"VACUUM\"",
    "/* VACUUM /* nested */ COMMIT */ SELECT 1",
];

#[test]
fn postgres_settings_of_the_session_are_told_from_the_rest() {
    assert_said(Postgres, "session", SESSION);
}

pub(crate) const SESSION: &[&str] = &[
    "SET a = 1",
    "SET SESSION a TO 1",
    "SET search_path TO x, public",
    "SET TIME ZONE 'UTC'",
    "SET ROLE me",
    "SET SESSION AUTHORIZATION me",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    "SET local.a = 1",
    "SET session.a = 1",
    "RESET a",
    "RESET ALL",
    "DISCARD PLANS",
    "DISCARD TEMP",
    "PREPARE p AS SELECT 1",
    "PREPARE transaction AS SELECT 'x'",
    "DEALLOCATE p",
    "DEALLOCATE PREPARE ALL",
    "LISTEN n",
    "UNLISTEN *",
    "LOAD 'x'",
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "SELECT set_config('a', 'b', FALSE);",
];

#[test]
fn postgres_statements_about_transactions_locks_and_streams_are_known() {
    assert_said(Postgres, "control", CONTROL);
    assert_said(Postgres, "drops locks", DROPS_LOCKS);
    assert_said(Postgres, "stream", STREAMS);
}

pub(crate) const CONTROL: &[&str] = &[
    "BEGIN",
    "BEGIN ISOLATION LEVEL SERIALIZABLE",
    "START TRANSACTION",
    "COMMIT",
    "COMMIT AND CHAIN",
    "COMMIT PREPARED 'x'",
    "END",
    "SET TRANSACTION READ ONLY",
    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
    "ROLLBACK",
    "ROLLBACK PREPARED 'x'",
    "ROLLBACK TO SAVEPOINT a",
    "ABORT",
    "SAVEPOINT a",
    "RELEASE SAVEPOINT a",
    "PREPARE TRANSACTION 'x'",
    "/* a /* b */ c */ -- d\n commit;",
];

pub(crate) const DROPS_LOCKS: &[&str] = &[
    "DISCARD ALL",
    "SELECT pg_advisory_unlock_all()",
    "SELECT pg_catalog . PG_ADVISORY_UNLOCK_ALL /* x */ ( )",
    "SELECT \"pg_advisory_unlock_all\"()",
    "WITH q AS (SELECT pg_advisory_unlock_all()) SELECT 1",
    "CREATE TABLE t AS SELECT pg_advisory_unlock_all()",
    "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$",
];

pub(crate) const STREAMS: &[&str] =
    &["COPY t FROM STDIN", "COPY t (a, b) FROM stdin WITH (FORMAT csv)", "COPY (SELECT 1) TO STDOUT"];

#[test]
fn postgres_statements_that_refuse_a_transaction_stand_alone() {
    assert_rows(Postgres, ALONE);
}

pub(crate) const ALONE: &[(&str, &str)] = &[
    ("CREATE INDEX CONCURRENTLY i ON t (a)", "build i on t"),
    ("CREATE UNIQUE INDEX CONCURRENTLY I ON S.T (a)", "build s.i on s.t"),
    (
        "create index concurrently if not exists \"I\"\"x\" on only \"S\".t(a)",
        "build S.I\"x on S.t unless it exists",
    ),
    ("CREATE INDEX CONCURRENTLY ON t (a)", "build unnamed on t"),
    ("CREATE INDEX concurrently ON t (a)", "build unnamed on t"),
    ("CREATE INDEX CONCURRENTLY \"concurrently\" ON \"on\" (a)", "build concurrently on on"),
    ("CREATE INDEX CONCURRENTLY if_not ON t USING gin (a)", "build if_not on t"),
    ("CREATE INDEX CONCURRENTLY \u{e9}T\u{e9} ON T (a)", "build \u{e9}t\u{e9} on t"),
    ("CREATE INDEX CONCURRENTLY U&\"d\\0061t\\+000061\" ON t (a)", "build data on t"),
    ("CREATE INDEX CONCURRENTLY i ON a.b.c (a)", "build b.i on b.c"),
    ("CREATE INDEX CONCURRENTLY 'i' ON t (a)", "ask"),
    ("CREATE INDEX CONCURRENTLY", "ask"),
    ("DROP INDEX CONCURRENTLY i", "drop i"),
    ("DROP INDEX CONCURRENTLY IF EXISTS s.\"I\" CASCADE", "drop s.I"),
    ("DROP INDEX CONCURRENTLY i, j", "ask"),
    ("DROP INDEX CONCURRENTLY U&\"d!0061t\" UESCAPE '!'", "ask"),
    ("SELECT 1; COMMIT", "ask"),
    ("REINDEX TABLE CONCURRENTLY t", "repeat"),
    ("REINDEX (VERBOSE) INDEX CONCURRENTLY i", "repeat"),
    ("REINDEX (CONCURRENTLY) INDEX i", "repeat"),
    ("REINDEX (TABLESPACE x, CONCURRENTLY true) TABLE t", "repeat"),
    ("REINDEX (CONCURRENTLY 'on') TABLE t", "repeat"),
    ("REINDEX SCHEMA s", "repeat"),
    ("REINDEX (VERBOSE) DATABASE d", "repeat"),
    ("REINDEX SYSTEM", "repeat"),
    ("VACUUM", "repeat"),
    ("VACUUM FULL t", "repeat"),
    ("VACUUM (ANALYZE, VERBOSE) t", "repeat"),
    ("CLUSTER", "repeat"),
    ("CLUSTER VERBOSE", "repeat"),
    ("CLUSTER (VERBOSE)", "repeat"),
    ("REPACK", "repeat"),
    ("REPACK (CONCURRENTLY) t", "repeat"),
    ("CREATE DATABASE d TEMPLATE x", "compare Database d"),
    ("DROP DATABASE D", "compare Database d"),
    ("DROP DATABASE IF EXISTS d WITH (FORCE)", "repeat"),
    ("ALTER DATABASE d SET TABLESPACE x", "repeat"),
    ("CREATE TABLESPACE x LOCATION '/x'", "compare Tablespace x"),
    ("DROP TABLESPACE x", "compare Tablespace x"),
    ("DROP TABLESPACE IF EXISTS x", "repeat"),
    ("ALTER SYSTEM SET a = 1", "repeat"),
    ("ALTER SYSTEM RESET ALL", "repeat"),
    ("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "compare Subscription s"),
    ("DROP SUBSCRIPTION s", "compare Subscription s"),
    ("DROP SUBSCRIPTION IF EXISTS s", "repeat"),
    ("ALTER SUBSCRIPTION s REFRESH PUBLICATION", "repeat"),
    ("ALTER SUBSCRIPTION s SET PUBLICATION p", "repeat"),
    ("ALTER SUBSCRIPTION s ADD PUBLICATION p", "compare Subscription s"),
    ("ALTER SUBSCRIPTION s DROP PUBLICATION p", "compare Subscription s"),
    ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "ask"),
    ("ALTER TABLE IF EXISTS ONLY s.t DETACH PARTITION s.\"p\" concurrently", "ask"),
];

#[test]
fn a_name_longer_than_postgres_keeps_is_cut() {
    let long = "\u{e9}".repeat(40);
    let sql = format!("DROP INDEX CONCURRENTLY {long}");
    assert_said(Postgres, &format!("drop {}", "\u{e9}".repeat(31)), &[&sql]);
}

#[test]
fn what_may_end_a_transaction_as_it_runs_is_told() {
    for sql in ["CALL p()", "DO $$ BEGIN COMMIT; END $$", "do language plpgsql 'begin rollback; end'"] {
        assert!(may_end_transaction(sql), "{sql}");
    }
    for sql in ["DO $$ BEGIN PERFORM 1; END $$", "SELECT 'COMMIT'", "CREATE PROCEDURE p() AS 'COMMIT'", ""] {
        assert!(!may_end_transaction(sql), "{sql}");
    }
}
