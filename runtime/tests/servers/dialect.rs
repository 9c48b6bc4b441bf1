//! What only one of the servers has, and what both have in their own way: kinds of statements, names, characters.

use crate::client::{Client, OtherDatabase, Pool};
use crate::place::{Place, on_mysql, on_postgres, places};
use crate::support::{Rev, history, history_with, sql, sql_text};
use servicekit::Migrations;
use servicekit::history::Revision;
use servicekit::options::TransactionMode;
use std::fmt::Write as _;

const MODES: [TransactionMode; 2] = [TransactionMode::PerRevision, TransactionMode::PerRun];

async fn upgrade(place: &Place, migrations: Migrations) -> servicekit::Report {
    Pool::of(place.url(), 1).upgrade(&migrations.migrator()).await.unwrap()
}

fn first() -> Rev {
    sql("a", &[], "CREATE TABLE a (x INT);", "DROP TABLE a;")
}

#[tokio::test]
async fn a_value_of_an_enumeration_is_used_by_the_revision_that_adds_it_and_by_the_next_in_both_modes() {
    for mode in MODES {
        let Some(place) = on_postgres() else { return };
        let migrations = history(&[
            sql(
                "a",
                &[],
                "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE a (x mood);",
                "DROP TABLE a;\nDROP TYPE mood;",
            ),
            sql(
                "b",
                &["a"],
                "ALTER TYPE mood ADD VALUE 'it''s sad';\nINSERT INTO a VALUES ('it''s sad');",
                "DELETE FROM a;",
            ),
            sql("c", &["b"], "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'wild' BEFORE 'ok';", "SELECT 1;"),
            sql("d", &["c"], "INSERT INTO a VALUES ('wild');", "DELETE FROM a;"),
        ]);
        let migrator = migrations.migrator().transaction(mode);
        let pool = Pool::of(place.url(), 1);

        assert_eq!(pool.upgrade(&migrator).await.unwrap().steps.len(), 4);

        assert_eq!(place.ask("SELECT x FROM a ORDER BY x").await, ["wild", "it's sad"]);
        pool.close().await;
        let mut client = Client::open(place.url()).await;
        assert_eq!(client.downgrade_to(&migrator, "base").await.unwrap().steps.len(), 4);
    }
}

#[tokio::test]
async fn statements_that_postgres_runs_outside_of_transactions_only_need_no_word_in_the_file() {
    for mode in MODES {
        let Some(place) = on_postgres() else { return };
        let alone = "INSERT INTO a VALUES (1);\nVACUUM (ANALYZE) a;\nREINDEX TABLE CONCURRENTLY a;\n\
                     CREATE INDEX CONCURRENTLY ix ON a (x);\nREINDEX INDEX CONCURRENTLY ix;\nINSERT INTO a VALUES (2);\n\
                     DROP INDEX CONCURRENTLY ix;\nINSERT INTO a VALUES (3);";
        let migrations = history(&[
            first(),
            sql("b", &["a"], alone, ""),
            sql("c", &["b"], "INSERT INTO a VALUES (4);", ""),
        ]);

        Pool::of(place.url(), 1).upgrade(&migrations.migrator().transaction(mode)).await.unwrap();

        assert_eq!(place.ask("SELECT x FROM a ORDER BY x").await, ["1", "2", "3", "4"]);
        assert_eq!(place.rows().await, "c");
    }
}

#[tokio::test]
async fn a_revision_that_changes_the_search_path_does_not_make_the_run_lose_its_tables() {
    let ways = [
        "SET search_path = other;",
        "SET LOCAL search_path TO other;",
        "SELECT set_config('search_path', 'other', false);",
        "SELECT pg_catalog.set_config('search_path', '', false);",
        "CREATE INDEX CONCURRENTLY ix ON a (x);\nSET search_path = other;\n\
         CREATE INDEX CONCURRENTLY iy ON public.a (x);\nCREATE INDEX CONCURRENTLY iz ON public.a (x);",
    ];
    for way in ways {
        for mode in MODES {
            let Some(place) = on_postgres() else { return };
            place.run("CREATE SCHEMA other").await;
            let migrations = history(&[
                first(),
                sql("b", &["a"], &format!("INSERT INTO a VALUES (1);\n{way}"), ""),
                sql("c", &["b"], "INSERT INTO public.a VALUES (2);", ""),
            ]);
            let mut client = Client::open(place.url()).await;

            let report = client.upgrade(&migrations.migrator().transaction(mode)).await.unwrap();

            assert_eq!(report.to.to_string(), "c", "{way}");
            let tables = "SELECT concat(nspname, '.', relname) FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace \
                          WHERE relname LIKE 'alembic%' AND relkind = 'r' ORDER BY 1";
            assert_eq!(
                place.ask(tables).await,
                ["public.alembic_journal", "public.alembic_version"],
                "{way}"
            );
            assert_eq!(place.rows().await, "c");
            assert_eq!(place.ask("SELECT x FROM a ORDER BY x").await, ["1", "2"], "{way}");
            assert!(place.journal().await.iter().all(|row| row.ends_with("done")));
        }
    }
}

#[tokio::test]
async fn a_revision_that_uses_another_database_does_not_make_the_run_lose_its_tables() {
    let Some(place) = on_mysql() else { return };
    let second = place.database.server().create_database();
    let uses = format!("USE {};\nCREATE TABLE there (x INT);\nINSERT INTO there VALUES (1);", second.name());
    let migrations = history(&[
        first(),
        sql("b", &["a"], &uses, ""),
        // It starts from the database of the connection again.
        sql("c", &["b"], "INSERT INTO a VALUES (2);", ""),
    ]);

    let report = upgrade(&place, migrations).await;

    assert_eq!((report.steps.len(), place.rows().await.as_str()), (3, "c"));
    assert_eq!(crate::place::ask(second.url(), "SHOW TABLES").await, ["there"]);
    assert_eq!(crate::place::ask(second.url(), "SELECT x FROM there").await, ["1"]);
    assert_eq!(place.ask("SELECT x FROM a").await, ["2"]);
    assert!(upgrade(&place, migrations).await.is_empty());
}

#[tokio::test]
async fn tables_in_a_schema_of_their_own_are_found_there_whatever_the_search_path() {
    for place in places() {
        let second = place.database.server().create_database();
        let schema: &'static str =
            if place.is_postgres() { "state" } else { second.name().to_owned().leak() };
        let migrations =
            history_with(&[first(), sql("b", &["a"], "ALTER TABLE a ADD COLUMN y INT;", "")], |embedded| {
                embedded.schema = Some(schema);
            });
        let pool = Pool::of(place.url(), 1);
        if place.is_postgres() {
            let error = pool.upgrade(&migrations.migrator()).await.unwrap_err();
            insta::assert_snapshot!(error, @r#"
            the version table and the journal could not be created: schema "state" does not exist
            now: what was not committed has been rolled back; the database is at base
            help: create the schema first, or add an existing one to `search_path`
            "#);
            place.run("CREATE SCHEMA state").await;
        }

        assert_eq!(pool.upgrade(&migrations.migrator()).await.unwrap().steps.len(), 2);

        let rows = format!("SELECT version_num FROM {schema}.alembic_version");
        assert_eq!(place.ask(&rows).await, ["b"]);
        let journal = format!("SELECT count(*) FROM {schema}.alembic_journal");
        let count = place.ask(&journal).await;
        assert!(pool.upgrade(&migrations.migrator()).await.unwrap().is_empty());
        assert_eq!(place.ask(&journal).await, count);
        let tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name LIKE 'alembic%' AND table_schema = ";
        let here = if place.is_postgres() { "'public'" } else { "DATABASE()" };
        assert_eq!(place.ask(&format!("{tables}{here}")).await, ["0"]);
        pool.close().await;
    }
}

/// A name in the quotes of the server.
fn quoted(place: &Place, name: &str) -> String {
    let quote = if place.is_postgres() { "\"" } else { "`" };
    format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)))
}

/// A history of several steps with tables of any name; the index of the second step is on this column.
fn in_tables(place: &Place, schema: Option<&'static str>, column: &str) -> Migrations {
    let how = if place.is_postgres() { "CONCURRENTLY" } else { "" };
    let steps =
        format!("CREATE TABLE a (x INT);\nCREATE INDEX {how} ix ON a ({column});\nINSERT INTO a VALUES (1);");
    let revisions = [sql("a", &[], &steps, "DROP TABLE a;"), sql("b", &["a"], "SELECT 1;", "SELECT 1;")];
    history_with(&revisions, |embedded| {
        embedded.version_table = VERSION;
        embedded.journal_table = r#"jour"nal` $1 ? :x %s ß."#;
        embedded.schema = schema;
    })
}

const VERSION: &str = r#"ver"si`on 'of' \ ä→ü; -- /*"#;

#[tokio::test]
async fn tables_and_schemas_may_have_any_name() {
    for place in places() {
        // A database of MySQL is one of the whole server.
        let name: &'static str = format!(r#"d"`b's \ →{}"#, place.database.name()).leak();
        let name_quoted = quoted(&place, name);
        let _other = if place.is_postgres() {
            place.run(&format!("CREATE SCHEMA {name_quoted}")).await;
            None
        } else {
            Some(OtherDatabase::create(place.url(), &name_quoted).await)
        };
        let mut client = Client::open(place.url()).await;
        for schema in [None, Some(name)] {
            let table = match schema {
                Some(_) => format!("{name_quoted}.{}", quoted(&place, VERSION)),
                None => quoted(&place, VERSION),
            };
            let rows = format!("SELECT version_num FROM {table} ORDER BY 1");
            let (broken, good) =
                (in_tables(&place, schema, "nope").migrator(), in_tables(&place, schema, "x").migrator());

            let error = client.upgrade(&broken).await.unwrap_err();

            assert_eq!(
                (error.code(), client.ask(&rows).await),
                ("statement_failed", vec!["in:progress".to_owned()])
            );
            assert_eq!(client.status(&good).await.partial.unwrap().revision, "a");
            assert_eq!(client.upgrade(&good).await.unwrap().steps.len(), 2);
            assert!(client.upgrade(&good).await.unwrap().is_empty());
            assert_eq!(client.ask(&rows).await, ["b"]);
            client.stamp(&good, "a").await.unwrap();
            client.downgrade_to(&good, "base").await.unwrap();
            assert_eq!(client.ask(&rows).await, Vec::<String>::new());
        }
    }
}

#[tokio::test]
async fn two_histories_with_tables_of_their_own_share_a_database_and_no_lock() {
    for place in places() {
        let of = |table: &'static str, id: &'static str| {
            history_with(&[sql(id, &[], &format!("CREATE TABLE t_{id} (x INT);"), "")], |embedded| {
                embedded.version_table = table;
            })
        };
        upgrade(&place, of("one_version", "x1")).await;
        upgrade(&place, of("two_version", "x2")).await;
        assert_eq!(place.ask("SELECT version_num FROM one_version").await, ["x1"]);
        assert_eq!(place.ask("SELECT version_num FROM two_version").await, ["x2"]);
        assert!(upgrade(&place, of("one_version", "x1")).await.is_empty());
    }
}

#[tokio::test]
async fn ids_that_differ_in_case_only_are_different_ones() {
    for place in places() {
        let two_heads = history(&[
            sql("root", &[], "CREATE TABLE a (x INT);", ""),
            sql("AbC1", &["root"], "INSERT INTO a VALUES (1);", "DELETE FROM a WHERE x = 1;"),
            sql("aBc1", &["root"], "INSERT INTO a VALUES (2);", "DELETE FROM a WHERE x = 2;"),
        ]);
        assert_eq!(upgrade(&place, two_heads).await.steps.len(), 3);
        let mut ids = place.ask("SELECT version_num FROM alembic_version").await;
        ids.sort();
        assert_eq!(ids, ["AbC1", "aBc1"]);
        let mut client = Client::open(place.url()).await;
        client.downgrade_to(&two_heads.migrator(), "root").await.unwrap();
        assert_eq!(place.rows().await, "root");

        // One after the other also fit into a table that Alembic has made, which compares without regard to case.
        let place = Place { database: place.database.server().create_database() };
        let collation =
            if place.is_postgres() { "" } else { "CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci" };
        place
            .run(&format!(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY) {collation}"
            ))
            .await;
        let linear = history(&[
            first(),
            sql("AbC1", &["a"], "SELECT 1;", "SELECT 1;"),
            sql("aBc1", &["AbC1"], "SELECT 1;", "SELECT 1;"),
            sql("größe", &["aBc1"], "SELECT 1;", "SELECT 1;"),
            sql("GRÖSSE", &["größe"], "SELECT 1;", "SELECT 1;"),
        ]);
        assert_eq!(upgrade(&place, linear).await.steps.len(), 5);
        assert_eq!(place.rows().await, "GRÖSSE");
        let mut client = Client::open(place.url()).await;
        client.downgrade_to(&linear.migrator(), "größe").await.unwrap();
        assert_eq!(place.rows().await, "größe");
        client.downgrade_to(&linear.migrator(), "AbC1").await.unwrap();
        assert_eq!(place.rows().await, "AbC1");
    }
}

/// What a person can write into a message: everything, and what means something at the end of a literal.
const MESSAGES: [&str; 3] =
    [r#"it's "new" \ \' \\ `x` 😀 ü; -- DROP TABLE a /* $1 ? :x %s {} "#, r"C:\new\", r#"it's \""#];

/// A revision with such a message, by an application of that name.
fn with_message(message: &'static str) -> Migrations {
    history_with(&[first()], |embedded| {
        let facts = format!("a\n\n\n\n\n\n{message}\nalembic/versions/a.sql").leak();
        let text = "-- x\n--\n-- revision: a\n\n-- +upgrade\nCREATE TABLE a (x VARCHAR(20));\n\n-- +downgrade\nDROP TABLE a;\n";
        embedded.revisions = vec![Revision::sql(facts, text)].leak();
        embedded.application = message;
    })
}

#[tokio::test]
async fn messages_keep_every_character_however_the_server_is_set() {
    let settings = |place: &Place| -> &'static [&'static str] {
        if place.is_postgres() {
            &[
                "SET standard_conforming_strings = on",
                "SET standard_conforming_strings = off; SET escape_string_warning = off; SET backslash_quote = off",
            ]
        } else {
            &[
                "SET SESSION sql_mode = ''",
                "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "SET SESSION sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'",
                "SET SESSION sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES,TRADITIONAL'",
                "SET SESSION sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,NO_ZERO_DATE,PIPES_AS_CONCAT'",
            ]
        }
    };
    for place in places() {
        let of_mariadb = ["SET SESSION sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,ORACLE'"];
        let more = if place.database.server().is_mariadb() { &of_mariadb[..] } else { &[] };
        for setting in settings(&place).iter().chain(more) {
            let place = Place { database: place.database.server().create_database() };
            let mut client = Client::open(place.url()).await;
            client.ask(setting).await;

            for message in MESSAGES {
                let migrator = with_message(message).migrator();
                let report = client.upgrade(&migrator).await.unwrap();

                assert_eq!(report.steps[0].message, message);
                let kept = "SELECT message, application FROM alembic_journal ORDER BY seq DESC LIMIT 1";
                assert_eq!(place.ask(kept).await, [format!("{message}|{message}")], "{setting}");
                assert_eq!(client.downgrade_to(&migrator, "base").await.unwrap().steps.len(), 1);
            }
        }
    }
}

#[tokio::test]
async fn data_in_a_file_keeps_every_character() {
    for place in places() {
        let literal =
            if place.is_postgres() { "E'a\\\\b''c \\'; -- x\\n'" } else { "'a\\\\b''c \\'; -- x\\n'" };
        let text =
            format!("CREATE TABLE t (x VARCHAR(50));\nINSERT INTO t VALUES ({literal}), ('😀→ü\t;/*');\n");
        upgrade(&place, history(&[sql("a", &[], &text, "")])).await;
        assert_eq!(place.ask("SELECT x FROM t ORDER BY x DESC").await.len(), 2);
        let mut rows = place.ask("SELECT x FROM t").await;
        rows.sort();
        assert_eq!(rows, ["a\\b'c '; -- x\n", "😀→ü\t;/*"]);
    }
}

#[tokio::test]
async fn functions_triggers_and_procedures_stand_in_files_with_their_bodies() {
    let on_postgres_text = "\
-- +upgrade
CREATE TABLE a (x INT, log TEXT DEFAULT 'none; -- really');
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- a comment; with 'a quote and $$ in it
    NEW.log := 'x is ' || NEW.x || $q$; $body $q$;
    IF NEW.x > 1 THEN NEW.log := NEW.log || '!'; END IF;
    RETURN NEW;
END;
$body$;
CREATE TRIGGER note BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION note();
CREATE FUNCTION twice(n INT) RETURNS INT LANGUAGE sql BEGIN ATOMIC SELECT n * 2; SELECT n + n; END;
CREATE PROCEDURE fill(INT) LANGUAGE sql AS $$ INSERT INTO a VALUES (twice($1)); $$;
CALL fill(1);
DO $$ BEGIN PERFORM twice(3); INSERT INTO a VALUES (0); END $$;
-- +downgrade
DROP PROCEDURE fill(INT);
DROP FUNCTION twice(INT);
DROP TABLE a;
DROP FUNCTION note();
";
    let on_mysql_text = "\
-- +upgrade
CREATE TABLE a (x INT, log VARCHAR(50) DEFAULT 'none; -- really');
CREATE TRIGGER note BEFORE INSERT ON a FOR EACH ROW
BEGIN
    -- a comment; with 'a quote
    SET NEW.log = CONCAT('x is ', NEW.x, '; ');
    IF NEW.x > 1 THEN SET NEW.log = CONCAT(NEW.log, '!'); END IF;
END;
CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2;
CREATE PROCEDURE fill(IN n INT)
BEGIN
    DECLARE i INT DEFAULT 0;
    filling: WHILE i < 1 DO
        CASE WHEN n > 0 THEN INSERT INTO a (x) VALUES (twice(n)); ELSE BEGIN END; END CASE;
        SET i = i + 1;
    END WHILE filling;
END;
CALL fill(1);
INSERT INTO a (x) VALUES (0);
-- +downgrade
DROP PROCEDURE fill;
DROP FUNCTION twice;
DROP TABLE a;
";
    for place in places() {
        let text = if place.is_postgres() { on_postgres_text } else { on_mysql_text };
        let text = if place.is_postgres() && place.version() < 14 {
            // Bodies that are no strings came with 14.
            text.replace(
                "BEGIN ATOMIC SELECT n * 2; SELECT n + n; END",
                "AS $$ SELECT n * 2; SELECT n + n; $$",
            )
        } else {
            text.to_owned()
        };
        let migrations = history(&[sql_text("a", &[], &text)]);
        for _ in 0..2 {
            upgrade(&place, migrations).await;
            let rows = place.ask("SELECT x, log FROM a ORDER BY x DESC").await;
            let tail = if place.is_postgres() { "; $body " } else { "; " };
            assert_eq!(rows, [format!("2|x is 2{tail}!"), format!("0|x is 0{tail}")]);
            let mut client = Client::open(place.url()).await;
            client.downgrade_to(&migrations.migrator(), "base").await.unwrap();
            assert_eq!(place.rows().await, "");
        }
    }
}

#[tokio::test]
async fn a_revision_of_hundreds_of_statements_and_one_of_megabytes_are_run_whole() {
    const STATEMENTS: usize = 600;
    const MEGABYTES: usize = 3 * 1024 * 1024;
    for place in places() {
        let mut many = String::new();
        for number in 0..STATEMENTS {
            let _ = writeln!(many, "INSERT INTO a VALUES ({number}, 'ü{number}'); UPDATE a SET x = x + 1;");
        }
        let long = "é".repeat(MEGABYTES / 2);
        let type_ = if place.is_postgres() { "TEXT" } else { "LONGTEXT" };
        let migrations = history(&[
            sql("a", &[], &format!("CREATE TABLE a (x INT, y {type_});"), ""),
            sql("b", &["a"], &many, ""),
            sql(
                "c",
                &["b"],
                &format!("INSERT INTO a VALUES (-1, '{long}');\nINSERT INTO a VALUES (-2, '{long}');"),
                "",
            ),
        ]);

        assert_eq!(upgrade(&place, migrations).await.steps.len(), 3);

        let sums = place.ask("SELECT COUNT(*), SUM(x) FROM a WHERE x > 0").await;
        // Each row goes up once with every later one, and by its own.
        let sum: usize = (0..STATEMENTS).map(|number| number + STATEMENTS - number).sum();
        assert_eq!(sums, [format!("{STATEMENTS}|{sum}")]);
        assert_eq!(place.ask("SELECT x, LENGTH(y) FROM a WHERE x < 0 ORDER BY x").await.len(), 2);
        assert_eq!(
            place.ask("SELECT MIN(CHAR_LENGTH(y)) FROM a WHERE x < 0").await,
            [(MEGABYTES / 2).to_string()]
        );
    }
}

#[tokio::test]
async fn temporary_tables_and_variables_last_through_a_revision_of_several_steps() {
    let Some(place) = on_mysql() else { return };
    let upgrade_text = "CREATE TABLE a (x INT);\nSET @n = 41;\nCREATE TEMPORARY TABLE t (x INT);\nINSERT INTO t VALUES (@n + 1);\n\
                        ALTER TABLE a ADD COLUMN y INT;\nINSERT INTO a (x) SELECT x FROM t;\nDROP TEMPORARY TABLE t;";
    upgrade(&place, history(&[sql("a", &[], upgrade_text, "")])).await;
    assert_eq!(place.ask("SELECT x FROM a").await, ["42"]);
}
