//! Statements that are refused, and statements that are not.

use super::*;
use proptest::prelude::*;

/// What the guard says of each statement of a text, in one run.
fn read(dialect: Dialect, texts: &[&str]) -> Vec<Option<OutsideReason>> {
    let mut guard = Guard::new(dialect, &Confinement::default());
    texts.iter().map(|sql| guard.reads(dialect.into(), sql).map(|(reason, _)| reason)).collect()
}

/// Fails with all statements that are not read as they should be.
fn all_are(dialect: Dialect, texts: &[&str], refused: bool) {
    let wrong: Vec<_> = texts
        .iter()
        .map(|text| (text, read(dialect, &[text]).remove(0)))
        .filter(|(_, reason)| reason.is_some() != refused)
        .collect();
    assert!(wrong.is_empty(), "{dialect:?}: {wrong:#?}");
}

const HOSTILE_ANYWHERE: [&str; 12] = [
    "DELETE FROM other.users",
    "INSERT INTO other.users VALUES (1)",
    "UPDATE other.users SET a = 1",
    "SELECT * FROM a, other.users",
    "SELECT * FROM a JOIN other.users ON a.id = users.id",
    "SELECT other.users.id FROM users",
    "CREATE TABLE a (x INT REFERENCES other.users (id))",
    "CREATE INDEX i ON other.users (id)",
    "CREATE VIEW v AS SELECT * FROM (a JOIN other.users ON 1 = 1)",
    "WITH x AS (SELECT * FROM other.users) SELECT * FROM x",
    "DROP TABLE a, other.users",
    "ALTER TABLE other.users ADD COLUMN x INT",
];

const HOSTILE_ON_SQLITE: [&str; 14] = [
    "ATTACH 'app.db' AS other",
    "ATTACH DATABASE 'app.db' AS other",
    "attach/* */'app.db' as o",
    "DETACH other",
    "VACUUM INTO 'copy.db'",
    "VACUUM main INTO 'copy.db'",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA data_store_directory = '/tmp'",
    "PRAGMA other.user_version = 4",
    "SELECT load_extension('x.so')",
    "SELECT writefile('a', 'b')",
    "DELETE FROM 'other'.'users'",
    "CREATE VIRTUAL TABLE t USING csv(filename = 'a.csv')",
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM other.users; END",
];

const HOSTILE_ON_POSTGRES: [&str; 65] = [
    "SELECT set_config('search_path', '' 'other', false)",
    "SELECT set_config('search_path', '' || current_setting('a'), false)",
    "SELECT set_config('search_path', E'\\157ther', false)",
    "SELECT set_config('search_path', $$other$$, false)",
    "SELECT set_config('search_path', 'public, other', false)",
    "SELECT set_config('search_path', '\"$user\"', false)",
    "SELECT set_config('search_path', '\"Public\"', false)",
    "SELECT set_config('search_path', 'pg_catalog', false)",
    "SELECT set_config('search_path', '', false), set_config('role', 'admin', false)",
    "SET search_path = public, other",
    "SET search_path TO pg_catalog, public",
    "SET search_path FROM CURRENT",
    "SET SESSION SESSION AUTHORIZATION admin",
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'CREATE '\n'ROLE r'",
    "DO E'BEGIN \\105XECUTE a; END'",
    "CREATE DATABASE other",
    "DROP DATABASE other",
    "ALTER DATABASE other SET work_mem = '1GB'",
    "ALTER SYSTEM SET work_mem = '1GB'",
    "CREATE ROLE r",
    "CREATE USER r",
    "DROP ROLE r",
    "ALTER ROLE r PASSWORD 'x'",
    "GRANT admin TO r",
    "GRANT CONNECT ON DATABASE other TO r",
    "REVOKE admin FROM r",
    "REASSIGN OWNED BY a TO b",
    "DROP OWNED BY a",
    "CREATE TABLESPACE t LOCATION '/tmp'",
    "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
    "CREATE FOREIGN TABLE t (a INT) SERVER s",
    "IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public",
    "CREATE USER MAPPING FOR r SERVER s",
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION IF NOT EXISTS postgres_fdw",
    "CREATE EXTENSION \"file_fdw\"",
    "CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()",
    "CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'lib', 'f'",
    "CREATE FUNCTION f() RETURNS void AS $$ import os $$ LANGUAGE plpython3u",
    "DO LANGUAGE plpython3u $$ import os $$",
    "SELECT dblink_exec('host=x', 'DELETE FROM users')",
    "SELECT * FROM dblink('host=x', 'SELECT 1') AS t(a int)",
    "SELECT \"dblink\"('a', 'b')",
    "SELECT U&\"d\\0062link\"('a', 'b')",
    "SELECT lo_export(1, '/tmp/x')",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_terminate_backend(1)",
    "SELECT query_to_xml('SELECT 1', true, true, '')",
    "COPY users TO PROGRAM 'sh'",
    "COPY users FROM '/tmp/x'",
    "SET search_path = other",
    "SET LOCAL search_path TO other",
    "SET SCHEMA 'other'",
    "SET ROLE admin",
    "SET SESSION AUTHORIZATION admin",
    "SELECT set_config('search_path', 'other', false)",
    "SELECT pg_catalog.set_config('search_' || 'path', 'other', false)",
    "PREPARE p AS DELETE FROM users",
    "EXECUTE p",
    "DO $$ BEGIN EXECUTE 'DELETE FROM ' || 'users'; END $$",
    "DO $$ BEGIN DELETE FROM other.users; END $$",
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'CREATE ROLE r'",
    "UPDATE pg_database SET datallowconn = false",
];

const HOSTILE_ON_MYSQL: [&str; 68] = [
    "CREATE /*!99999 TABLE a (x INT) */ DATABASE other",
    "CREATE /*M! TABLE a (x INT) */ DATABASE other",
    "UPDATE { OJ other.users LEFT JOIN b AS other ON 1 = 1 } SET a = 1",
    "SET STATEMENT max_statement_time = 1 FOR DROP DATABASE other",
    "BEGIN NOT ATOMIC DROP DATABASE other; END",
    "/*!40101 DROP DATABASE other */",
    "USE other",
    "CREATE DATABASE other",
    "CREATE SCHEMA other",
    "DROP DATABASE other",
    "DROP SCHEMA IF EXISTS other",
    "ALTER DATABASE other CHARACTER SET utf8mb4",
    "CREATE USER u",
    "CREATE OR REPLACE USER u",
    "DROP USER u",
    "RENAME USER a TO b",
    "SET PASSWORD = 'x'",
    "SET ROLE admin",
    "SET GLOBAL max_connections = 1",
    "SET @a = 1, GLOBAL max_connections = 1",
    "SET @@global.max_connections = 1",
    "SET PERSIST max_connections = 1",
    "SET sql_log_bin = 0",
    "GRANT ALL ON other.* TO u",
    "GRANT SELECT ON users TO u",
    "REVOKE ALL ON other.* FROM u",
    "FLUSH TABLES",
    "KILL 1",
    "SHUTDOWN",
    "INSTALL SONAME 'x'",
    "CREATE FUNCTION f RETURNS STRING SONAME 'x.so'",
    "LOAD DATA INFILE '/tmp/x' INTO TABLE users",
    "SELECT * FROM users INTO OUTFILE '/tmp/x'",
    "SELECT a INTO DUMPFILE '/tmp/x' FROM users",
    "SELECT LOAD_FILE('/etc/passwd')",
    "PREPARE s FROM 'DELETE FROM users'",
    "EXECUTE s",
    "EXECUTE IMMEDIATE 'DELETE FROM users'",
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'x')",
    "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://x/y/z'",
    "CREATE TABLE t (a INT) ENGINE = CONNECT",
    "ALTER TABLE t ENGINE SPIDER",
    "CREATE TABLE t (a INT) DATA DIRECTORY = '/tmp'",
    "CREATE TABLE other (a INT) ENGINE=MyISAM UNION=(other.users)",
    "DELETE a, other.users FROM a JOIN b",
    "DELETE FROM other.users USING users AS other JOIN other.users",
    "UPDATE a, other.users SET a.x = 1",
    "RENAME TABLE a TO other.a",
    "ALTER TABLE other RENAME TO other.b",
    "ALTER TABLE other RENAME other.b",
    "CREATE TABLE other LIKE other.users",
    "CREATE TABLE other (LIKE other.users)",
    "CREATE VIEW other.v AS SELECT * FROM other",
    "TRUNCATE other.users",
    "CALL other.p()",
    "CALL other.p",
    "SELECT other.f(1)",
    "SELECT NEXTVAL(other.s) FROM other",
    "SELECT NEXT VALUE FOR other.s FROM other",
    "DELETE FROM `other`.`users`",
    "DELETE FROM other . users",
    "DELETE FROM other/* */./* */users",
    "DELETE FROM /*!999999 x AS other WHERE */ other.users",
    "REPLACE other.users VALUES (1)",
    "INSERT other.users VALUES (1)",
    "CREATE PROCEDURE p() BEGIN DELETE FROM other.users; END",
    "CREATE PROCEDURE p() BEGIN DROP DATABASE other; END",
    "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN PREPARE s FROM @x; END",
];

#[test]
fn what_could_reach_outside_is_refused() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        all_are(dialect, &HOSTILE_ANYWHERE, true);
    }
    all_are(Dialect::Sqlite, &HOSTILE_ON_SQLITE, true);
    all_are(Dialect::Postgres, &HOSTILE_ON_POSTGRES, true);
    all_are(Dialect::Mysql, &HOSTILE_ON_MYSQL, true);
}

const HARMLESS_ANYWHERE: [&str; 22] = [
    "SELECT u.name FROM users u",
    "SELECT u.name, o.id FROM users AS u JOIN orders o ON o.user_id = u.id, extra e WHERE e.id = u.id",
    "SELECT u.* FROM users u ORDER BY u.name, u.id",
    "SELECT users.name FROM users",
    "WITH recent AS (SELECT * FROM orders o WHERE o.id > 4) SELECT recent.id FROM recent",
    "SELECT d.n FROM (SELECT count(*) AS n FROM users) AS d",
    "UPDATE users SET name = 'ATTACH other.users' WHERE users.id = 1",
    "INSERT INTO users (id, name) VALUES (1, 'DROP DATABASE other'), (2, 'a.b')",
    "INSERT INTO users (id) SELECT o.user_id FROM orders o WHERE o.id NOT IN (SELECT users.id FROM users)",
    "DELETE FROM users WHERE id IN (SELECT o.user_id FROM orders o)",
    "-- DELETE FROM other.users\nSELECT 1",
    "/* ATTACH 'x' AS y */ SELECT 1",
    "CREATE TABLE users (id INT PRIMARY KEY, role VARCHAR(20), load INT, grant_all INT)",
    "CREATE TABLE orders (id INT, user_id INT REFERENCES users (id) ON DELETE CASCADE ON UPDATE SET NULL)",
    "CREATE UNIQUE INDEX by_name ON users (name)",
    "CREATE VIEW v AS SELECT u.id, o.id AS order_id FROM users u LEFT JOIN orders o ON u.id = o.user_id",
    "ALTER TABLE users ADD COLUMN email VARCHAR(80) DEFAULT 'me@other.users'",
    "ALTER TABLE users RENAME COLUMN a TO b",
    "ALTER TABLE users RENAME TO people",
    "DROP TABLE IF EXISTS users",
    "DROP VIEW v",
    "UPDATE users SET name = (SELECT o.name FROM orders o WHERE o.user_id = users.id), total = 1.5",
];

const HARMLESS_ON_SQLITE: [&str; 8] = [
    "SELECT * FROM main.users",
    "CREATE TEMP TABLE t AS SELECT * FROM users",
    "PRAGMA user_version = 4",
    "PRAGMA main.table_info(users)",
    "INSERT OR REPLACE INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    "CREATE TRIGGER t AFTER UPDATE OF a, b ON users WHEN new.a > old.a BEGIN UPDATE users SET b = new.a WHERE id = new.id; END",
    "CREATE VIRTUAL TABLE notes USING fts5(body)",
    "VACUUM",
];

const HARMLESS_ON_POSTGRES: [&str; 34] = [
    "SELECT pg_catalog.set_config('search_path', '', false)",
    "SELECT set_config('search_path', 'public, pg_catalog', true)",
    "SELECT set_config('Search_Path', ' PUBLIC , \"pg_temp\" ', true)",
    "SET search_path = public, pg_catalog",
    "SET LOCAL search_path TO 'public'",
    "SET SESSION search_path TO \"public\", pg_temp",
    "SET search_path TO ''",
    "SET search_path TO DEFAULT",
    "SELECT * FROM public.users",
    "CREATE TABLE public.users (id bigint, kind public.mood)",
    "ALTER TABLE ONLY public.users ADD CONSTRAINT c CHECK ((name)::text ~ 'x'::text)",
    "COMMENT ON TABLE users IS 'DROP DATABASE other'",
    "COMMENT ON COLUMN users.name IS 'x'",
    "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"",
    "CREATE TYPE mood AS ENUM ('sad', 'other.users')",
    "CREATE INDEX CONCURRENTLY i ON users USING gin (name)",
    "CREATE INDEX ON users (lower(name))",
    "ALTER TABLE users ALTER COLUMN a TYPE bigint USING users.a::bigint",
    "ALTER SEQUENCE s OWNED BY users.id",
    "SELECT setval('users_id_seq', (SELECT max(u.id) FROM users u))",
    "SELECT EXTRACT(YEAR FROM u.born) FROM users u",
    "SELECT 1 FROM users u WHERE u.a IS DISTINCT FROM u.b",
    "SELECT g.n FROM generate_series(1, 3) AS g(n)",
    "UPDATE users SET a = s.b FROM source s WHERE s.id = users.id",
    "DELETE FROM users USING orders o WHERE o.user_id = users.id",
    "INSERT INTO users AS x (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = x.a + excluded.a",
    "GRANT SELECT ON users TO reader",
    "REVOKE ALL ON TABLE users FROM PUBLIC",
    "SET lock_timeout = '1s'",
    "SET LOCAL statement_timeout = 0",
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.a := OLD.a; RETURN NEW; END $$",
    "CREATE TRIGGER t BEFORE INSERT OR UPDATE OF a, b ON users FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION f()",
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM users LOOP UPDATE users SET a = r.b WHERE id = r.id; END LOOP; END $$",
    "CREATE FUNCTION f(a int) RETURNS TABLE (id int, name text) LANGUAGE sql AS 'SELECT u.id, u.name FROM users u'",
];

const HARMLESS_ON_MYSQL: [&str; 20] = [
    "/*!40101 SET NAMES utf8mb4 */",
    "CREATE TABLE t (a INT) /*!50100 PARTITION BY HASH (a) PARTITIONS 4 */",
    "CREATE TABLE users (id BIGINT AUTO_INCREMENT PRIMARY KEY, engine VARCHAR(9)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
    "ALTER TABLE users ENGINE = InnoDB",
    "DELETE u FROM users u JOIN orders o ON o.user_id = u.id",
    "DELETE u.* FROM users AS u",
    "UPDATE users u JOIN orders o ON o.user_id = u.id SET u.n = o.n, o.n = 0",
    "INSERT INTO users (id, n) VALUES (1, 2) ON DUPLICATE KEY UPDATE n = VALUES(n) + users.n",
    "RENAME TABLE a TO b, c TO d",
    "SET @a = 1",
    "SET foreign_key_checks = 0",
    "SET NAMES utf8mb4",
    "SELECT table_name FROM information_schema.tables",
    "CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW BEGIN SET NEW.n = OLD.n + 1; UPDATE stats SET n = NEW.n; END",
    "CREATE PROCEDURE p(IN a INT) BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION ROLLBACK; UPDATE users u SET u.n = a; END",
    "CREATE DEFINER = CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT u.id FROM users u",
    "CALL p(1)",
    "TRUNCATE TABLE users",
    "SELECT 'other.users', \"ATTACH\", TRUNCATE(1.5, 1), REPLACE('a', 'b', 'c'), INSERT('a', 1, 1, 'b')",
    "SELECT TRIM(BOTH ' ' FROM u.name) FROM users u",
];

#[test]
fn what_stays_inside_is_not_refused() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        all_are(dialect, &HARMLESS_ANYWHERE, false);
    }
    all_are(Dialect::Sqlite, &HARMLESS_ON_SQLITE, false);
    all_are(Dialect::Postgres, &HARMLESS_ON_POSTGRES, false);
    all_are(Dialect::Mysql, &HARMLESS_ON_MYSQL, false);
}

#[test]
fn a_schema_that_the_history_creates_is_one_of_the_replay() {
    let texts =
        ["CREATE SCHEMA IF NOT EXISTS shop", "CREATE TABLE shop.users (id INT)", "SELECT * FROM other.users"];
    let refused: Vec<bool> = read(Dialect::Postgres, &texts).iter().map(Option::is_some).collect();
    assert_eq!(refused, [false, false, true]);
    let refused: Vec<bool> = read(Dialect::Mysql, &texts).iter().map(Option::is_some).collect();
    assert_eq!(refused, [true, true, true]);
}

/// Names in search paths.
const PLACES: [&str; 8] =
    ["public", "shop", "pg_temp", "pg_catalog", "other", "$user", "a,public", "publics"];

/// All of these statements, each with its dialect and whether it is refused.
fn all() -> Vec<(Dialect, &'static str, bool)> {
    let kinds = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];
    let hostile: [&[&str]; 3] = [&HOSTILE_ON_SQLITE, &HOSTILE_ON_POSTGRES, &HOSTILE_ON_MYSQL];
    let harmless: [&[&str]; 3] = [&HARMLESS_ON_SQLITE, &HARMLESS_ON_POSTGRES, &HARMLESS_ON_MYSQL];
    let mut all = Vec::new();
    for ((dialect, hostile), harmless) in kinds.into_iter().zip(hostile).zip(harmless) {
        all.extend(HOSTILE_ANYWHERE.iter().chain(hostile).map(|text| (dialect, *text, true)));
        all.extend(HARMLESS_ANYWHERE.iter().chain(harmless).map(|text| (dialect, *text, false)));
    }
    all
}

proptest! {
    #[test]
    fn blanks_comments_and_the_case_of_keywords_change_nothing(seed in any::<u64>(), upper: bool) {
        let between = [" ", "\n", "\t ", " /* FROM other.users */ ", " -- JOIN\n"];
        for (dialect, text, is_refused) in all() {
            // A comment inside of one that is run by some servers would end it.
            let kinds = if text.contains("/*!") { 3 } else { between.len() };
            let mut rest = seed;
            let mut written = String::new();
            for token in tokens(dialect, text) {
                let is_keyword = token.kind == TokenKind::Word && upper;
                written += &if is_keyword { token.text.to_uppercase() } else { token.text.to_owned() };
                rest = rest.rotate_left(7).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let which = usize::try_from(rest % 5).unwrap_or_default() % kinds;
                // What is one token must stay one.
                let ends_comment = token.kind == TokenKind::Comment && token.text.starts_with("--");
                written += if ends_comment { "\n" } else { between[which] };
            }
            prop_assert_eq!(read(dialect, &[&written])[0].is_some(), is_refused, "{:?}: {}", dialect, written);
        }
    }

    #[test]
    fn a_search_path_leads_to_schemas_of_the_replay_only(
        names in prop::collection::vec(prop::sample::select(PLACES.to_vec()), 0..4),
        quoted in any::<[bool; 4]>(),
        assigned: bool,
    ) {
        let written: Vec<String> = names.iter().zip(quoted).map(|(name, is_quoted)| {
            if is_quoted || name.contains(['$', ',']) { format!("\"{name}\"") } else { name.to_uppercase() }
        }).collect();
        let list = written.join(", ");
        let set = match assigned {
            true if list.is_empty() => "SET search_path TO ''".to_owned(),
            true => format!("SET search_path = {list}"),
            false => format!("SELECT pg_catalog.set_config('search_path', '{list}', false)"),
        };
        let texts = ["CREATE SCHEMA shop", &set, "DELETE FROM other.users", "SELECT lo_export(1, '/tmp/x')"];
        let refused: Vec<bool> = read(Dialect::Postgres, &texts).iter().map(Option::is_some).collect();
        let inside = ["public", "shop", "pg_temp"];
        let leads_inside = names.iter().all(|name| inside.contains(name) || *name == "pg_catalog")
            && names.first().is_none_or(|name| inside.contains(name));
        prop_assert_eq!(refused, [false, !leads_inside, true, true], "{}", set);
    }

    #[test]
    fn no_text_makes_the_guard_fail(text in any::<String>(), words in "(select|from|[(),.;]|a|other|users|set|create|table|union|=| |\n|'|\"|`|\\$\\$|/\\*!|\\*/){0,40}") {
        for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
            read(dialect, &[&text, &words]);
        }
    }

    #[test]
    fn a_table_of_another_database_is_refused_wherever_a_table_can_stand(
        database in "[a-z]{1,8}", before in 0_usize..12, aliased: bool
    ) {
        let places = [
            "DELETE FROM {t}", "INSERT INTO {t} VALUES (1)", "UPDATE {t} SET a = 1", "SELECT 1 FROM a, {t}",
            "SELECT 1 FROM a JOIN {t} ON 1 = 1", "SELECT (SELECT 1 FROM {t})", "DROP TABLE a, {t}", "TRUNCATE TABLE {t}",
            "CREATE TABLE a (x INT REFERENCES {t} (x))", "ALTER TABLE {t} ADD COLUMN a INT",
            "INSERT INTO a SELECT * FROM b WHERE x IN (SELECT x FROM {t})", "CREATE VIEW v AS SELECT 1 FROM (a CROSS JOIN {t})",
        ];
        let table = format!("\"{database}\".users").replace('"', if aliased { "" } else { "`" });
        let place = places[before];
        // A table of the statement has the name of the database.
        let place = if aliased { place.replace("FROM a", &format!("FROM a AS {database}")) } else { place.to_owned() };
        let named = place.replace("{t}", &table);
        prop_assume!(!["main", "temp"].contains(&database.as_str()));
        prop_assert!(read(Dialect::Mysql, &[&named])[0].is_some(), "{}", named);
    }
}
