//! What statements leave behind in their session.

use servicekit_chain::Dialect::{self, Mysql, Postgres, Sqlite};
use servicekit_chain::sql::{Named, ObjectName, Traces, named_traces, traces};

const NOTHING: Traces =
    Traces { leaves: false, leaves_in_transaction: false, reads: false, reads_last: false };
const SESSION: Traces = Traces { leaves: true, ..NOTHING };
const TRANSACTION: Traces = Traces { leaves_in_transaction: true, ..NOTHING };
const READS: Traces = Traces { reads: true, reads_last: true, ..NOTHING };

fn all_are(dialect: Dialect, expected: Traces, statements: &[&str]) {
    for sql in statements {
        assert_eq!(traces(dialect, sql), expected, "{dialect:?}: {sql}");
    }
}

#[test]
fn what_revisions_mostly_do_leaves_nothing() {
    for dialect in [Postgres, Mysql, Sqlite] {
        all_are(
            dialect,
            NOTHING,
            &[
                "CREATE TABLE a (id integer PRIMARY KEY, b varchar(10) DEFAULT (upper('x')), CHECK (id > 0))",
                "CREATE TABLE temperature (temp int, temporary_ int)",
                "CREATE UNIQUE INDEX i ON a (id, b)",
                "CREATE VIEW v AS SELECT set_config('a', 'b', false), anything(1) FROM a",
                "CREATE TABLE b AS SELECT id, count(*), coalesce(max(b), 'x') FROM a GROUP BY (id)",
                "ALTER TABLE a ADD COLUMN c int NOT NULL DEFAULT 0",
                "DROP TABLE IF EXISTS a",
                "INSERT INTO a (id, b) VALUES (1, 'SET x = 1'), (2, lower(concat('a', 'b')))",
                "INSERT INTO shop.a (id, b) SELECT id, replace(b, 'a', 'b') FROM a WHERE id IN (1, 2) AND (b LIKE 'x')",
                "UPDATE a SET b = trim(b) WHERE EXISTS (SELECT 1 FROM b)",
                "DELETE FROM a WHERE id NOT IN (SELECT id FROM b)",
                "WITH x AS (SELECT 1 AS id) SELECT id FROM x",
                "SELECT CAST(a AS decimal(10, 2)), round(a, 1) FROM b",
                "",
                "-- nothing",
            ],
        );
    }
}

#[test]
fn postgres_is_told_by_the_statement() {
    all_are(
        Postgres,
        SESSION,
        &[
            "SET search_path = tenant",
            "set session statement_timeout to 0",
            "SET local.name = 'x'",
            "SET ROLE clerk",
            "SET SESSION AUTHORIZATION clerk",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET TIME ZONE 'Europe/Berlin'",
            "RESET ALL",
            "SELECT pg_catalog.set_config('search_path', '', false)",
            "SELECT 1, \"set_config\"('a.b', 'c', 'f')",
            "UPDATE a SET b = set_config('a.b', 'c', false)",
            "SELECT pg_advisory_lock(1)",
            "SELECT my_function()",
            "SELECT * FROM app.my_function(1)",
            "INSERT INTO a SELECT my_function(1)",
            "CREATE TABLE a AS SELECT my_function(1)",
            "DO $$ BEGIN NULL; END $$",
            "CALL p()",
            "PREPARE p AS SELECT 1",
            "EXECUTE p",
            "LISTEN x",
            "LOAD 'auto_explain'",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            "CREATE TEMP TABLE a (id int)",
            "CREATE LOCAL TEMPORARY TABLE a (id int)",
            "CREATE OR REPLACE TEMP VIEW a AS SELECT 1",
            "CREATE TABLE pg_temp.a (id int)",
            "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql RETURN 1",
            "SELECT * INTO TEMP a FROM b",
            "ALTER ROLE app SET search_path = app",
            "ALTER DATABASE shop RESET ALL",
            "ALTER SYSTEM SET work_mem = '1GB'",
            "SELECT pg_reload_conf()",
        ],
    );
    all_are(
        Postgres,
        TRANSACTION,
        &[
            "SET LOCAL search_path = x",
            "SET CONSTRAINTS ALL DEFERRED",
            "SELECT set_config('search_path', '', true)",
        ],
    );
    all_are(Postgres, READS, &["SELECT setval('s', lastval())", "SELECT pg_catalog.lastval()"]);
    all_are(Postgres, Traces { reads: true, ..NOTHING }, &["INSERT INTO a VALUES (currval('s'))"]);
    all_are(
        Postgres,
        NOTHING,
        &[
            "SELECT pg_catalog.setval('public.a_id_seq', 12, true)",
            "SELECT pg_advisory_xact_lock(7)",
            "ALTER TABLE a ALTER b SET DEFAULT 1",
            "ALTER DATABASE shop OWNER TO clerk",
            "CREATE FUNCTION f() RETURNS void LANGUAGE sql SET search_path = x AS $$ SELECT currval('a') $$",
            "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
            "COMMENT ON TABLE a IS 'TEMP'",
            "GRANT SELECT ON a TO clerk",
            "REFRESH MATERIALIZED VIEW a",
            "CREATE INDEX CONCURRENTLY i ON a (lower(b), f(c))",
        ],
    );
}

#[test]
fn mysql_is_told_by_the_statement() {
    all_are(
        Mysql,
        SESSION,
        &[
            "SET @unit = 'L'",
            "SET sql_mode = ''",
            "SET NAMES latin1",
            "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */",
            "SET GLOBAL max_connections = 10",
            "SET ROLE NONE",
            "USE shop",
            "SELECT max(id) INTO @last FROM a",
            "SELECT @n := @n + 1 FROM a",
            "SELECT GET_LOCK('a', 1)",
            "CALL p()",
            "DO f()",
            "PREPARE p FROM 'SELECT 1'",
            "EXECUTE p",
            "HANDLER a OPEN",
            "CREATE TEMPORARY TABLE a (id int)",
            "CREATE OR REPLACE TEMPORARY TABLE a (id int)",
            "ALTER DATABASE shop CHARACTER SET latin1",
            "GRANT SELECT ON shop.* TO clerk",
            "DROP USER clerk",
            "FLUSH PRIVILEGES",
            "INSTALL SONAME 'ha_blackhole'",
        ],
    );
    all_are(Mysql, Traces { leaves: true, ..READS }, &["INSERT INTO a VALUES (LAST_INSERT_ID())"]);
    all_are(Mysql, READS, &["INSERT INTO a VALUES (@@identity)", "SELECT @@SESSION.last_insert_id"]);
    all_are(
        Mysql,
        NOTHING,
        &[
            "CREATE TABLE a (id int AUTO_INCREMENT KEY, b enum('a', 'b')) ENGINE = InnoDB",
            "INSERT a (id) VALUES (1)",
            "INSERT INTO a (id) VALUES (1) ON DUPLICATE KEY UPDATE id = VALUES(id)",
            "CREATE PROCEDURE p() BEGIN SET @a = 1; END",
            "CREATE DEFINER = root TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = f(1)",
            "CREATE USER clerk",
            "TRUNCATE TABLE a",
            "ANALYZE TABLE a",
        ],
    );
}

#[test]
fn sqlite_is_told_by_the_statement() {
    all_are(
        Sqlite,
        SESSION,
        &[
            "PRAGMA foreign_keys = OFF",
            "PRAGMA case_sensitive_like(1)",
            "PRAGMA journal_mode = TRUNCATE",
            "ATTACH 'x.db' AS x",
            "DETACH x",
            "CREATE TEMP TABLE a (id)",
            "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
            "CREATE TABLE temp.a (id)",
            "SELECT load_extension('x')",
        ],
    );
    all_are(Sqlite, TRANSACTION, &["PRAGMA defer_foreign_keys = ON"]);
    all_are(
        Sqlite,
        READS,
        &[
            "INSERT INTO a VALUES (last_insert_rowid())",
            "SELECT changes()",
            "UPDATE a SET b = total_changes()",
        ],
    );
    all_are(
        Sqlite,
        NOTHING,
        &[
            "PRAGMA foreign_keys",
            "PRAGMA user_version = 3",
            "PRAGMA foreign_key_check(a)",
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = last_insert_rowid(); END",
            "VACUUM",
            "INSERT OR REPLACE INTO a (id) VALUES (datetime('now'))",
        ],
    );
}

#[test]
fn what_no_database_lists_is_known_by_name() {
    let setting = |name: &str| Named::Setting(name.to_owned());
    let variable = |name: &str| Named::Variable(name.to_owned());
    for (sql, expected) in [
        ("SET app.tenant = '7'", vec![setting("app.tenant")]),
        ("SET SESSION app.tenant TO 7", vec![setting("app.tenant")]),
        ("SET local.tenant = 7", vec![setting("local.tenant")]),
        ("SET search_path = app", vec![]),
        ("SELECT set_config('app.tenant', 'it is. so', false)", vec![setting("app.tenant")]),
        ("SELECT 'app.tenant'", vec![]),
        ("LISTEN \"a channel\"", vec![Named::Channel("a channel".to_owned())]),
    ] {
        assert_eq!(named_traces(Postgres, sql), expected, "{sql}");
    }
    let table = |schema: Option<&str>, name: &str| {
        Named::TemporaryTable(ObjectName { schema: schema.map(str::to_owned), name: name.to_owned() })
    };
    for (sql, expected) in [
        (
            "SET @a = 1, @`b c` := @a, @@sql_mode = ''",
            vec![variable("@a"), variable("@`b c`"), variable("@a")],
        ),
        ("SELECT max(id) INTO @last FROM t", vec![variable("@last")]),
        ("CREATE TEMPORARY TABLE IF NOT EXISTS shop.t (id int)", vec![table(Some("shop"), "t")]),
        ("CREATE TABLE t (id int)", vec![]),
        ("PREPARE p FROM 'SELECT 1'", vec![Named::Prepared("p".to_owned())]),
    ] {
        assert_eq!(named_traces(Mysql, sql), expected, "{sql}");
    }
}
