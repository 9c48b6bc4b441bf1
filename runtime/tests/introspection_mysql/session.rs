//! What is asked, in which sessions, and by whom.

use crate::bench::Bench;
use servicekit::error::{ErrorKind, IntrospectionError};
use servicekit::introspection::Introspection;
use servicekit::schema::{Schema, TableName};
use servicekit::sqlx::{Connection as _, MySqlConnection, MySqlPool};
use std::time::Instant;

const SHOP: &str = "
    CREATE TABLE users (id INT PRIMARY KEY, `na\"me` VARCHAR(20) DEFAULT 'it''s \\\\ \"x\"', CHECK (`na\"me` <> 'a\\\\b'));
    CREATE TABLE orders (id INT PRIMARY KEY, user_id INT, total INT AS (id + 1) VIRTUAL,
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
    CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY);
    CREATE VIEW names AS SELECT `na\"me` FROM users";

fn names(schema: &Schema) -> Vec<String> {
    schema.tables.iter().map(|table| table.name.to_string()).collect()
}

/// How many statements the server has been sent on this connection.
async fn statements(bench: &mut Bench) -> u64 {
    let answer = bench.ask("SHOW SESSION STATUS LIKE 'Questions'").await.concat();
    answer.rsplit_once('|').unwrap().1.parse().unwrap()
}

#[tokio::test]
async fn as_many_statements_are_sent_for_one_table_as_for_300() {
    let Some(mut bench) = Bench::open().await else { return };
    let mut counts = Vec::new();
    for tables in [1, 300] {
        bench.empty().await;
        for at in 0..tables {
            let reference = if at == 0 {
                String::new()
            } else {
                format!(", FOREIGN KEY (a) REFERENCES t{} (id)", at - 1)
            };
            bench
                .run(&format!("CREATE TABLE t{at} (id INT PRIMARY KEY, a INT CHECK (a > 0), b VARCHAR(9) DEFAULT 'x' UNIQUE, c INT, KEY (c, b){reference})"))
                .await;
        }
        let before = statements(&mut bench).await;
        let start = Instant::now();
        assert_eq!(bench.read().await.tables.len(), tables);
        let took = start.elapsed();
        counts.push(statements(&mut bench).await - before);
        println!("{tables} tables read in {took:?} with {} statements", counts.last().unwrap());
    }
    assert_eq!(counts.first(), counts.last());
}

#[tokio::test]
async fn settings_of_the_session_change_nothing_and_are_put_back() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    let expected = bench.read().await;
    bench
        .run(
            "SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT', sql_quote_show_create = 0, \
             character_set_results = latin1, sql_select_limit = 1; SET SESSION TRANSACTION READ ONLY",
        )
        .await;
    let question = "SELECT @@SESSION.sql_mode, @@SESSION.sql_quote_show_create, @@SESSION.character_set_results, \
                    @@SESSION.sql_select_limit, @@SESSION.transaction_isolation";
    // Of MariaDB before 11.1.
    let question = if bench.is_mariadb {
        question.replace("transaction_isolation", "tx_isolation")
    } else {
        question.to_owned()
    };
    let before = bench.ask(&question).await;
    assert_eq!(bench.read().await, expected);
    assert_eq!(bench.ask(&question).await, before);
    bench.run("SET SESSION character_set_results = NULL").await;
    assert_eq!(bench.read().await, expected);
    assert_eq!(bench.ask("SELECT COALESCE(@@SESSION.character_set_results, 'nothing')").await, ["nothing"]);
}

#[tokio::test]
async fn a_transaction_that_is_open_is_left_alone_and_a_pool_is_read_too() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    let mut transaction = bench.connection.begin().await.unwrap();
    let error = Introspection::new().read(&mut *transaction).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::InTransaction), "{error}");
    drop(transaction);
    let pool = MySqlPool::connect(bench.database.url()).await.unwrap();
    assert_eq!(Introspection::new().read(&pool).await.unwrap(), bench.read().await);
    pool.close().await;
}

#[tokio::test]
async fn a_transaction_that_only_the_server_knows_of_is_left_alone() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    let insert = "INSERT INTO alembic_version VALUES ('a')";
    for (begin, end) in [
        (format!("START TRANSACTION; {insert}"), "ROLLBACK"),
        (format!("SET autocommit = 0; {insert}"), "ROLLBACK; SET autocommit = 1"),
    ] {
        bench.run(&begin).await;
        let error = Introspection::new().read(&mut bench.connection).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::InTransaction), "{error}");
        assert_eq!(bench.ask("SELECT version_num FROM alembic_version").await, ["a"]);
        bench.run(end).await;
        assert_eq!(bench.ask("SELECT version_num FROM alembic_version").await, [""; 0]);
    }
    assert_eq!(names(&bench.read().await), ["orders", "users"]);
    bench.run(&format!("START TRANSACTION; {insert}; COMMIT")).await;
    assert_eq!(bench.ask("SELECT version_num FROM alembic_version").await, ["a"]);
}

#[tokio::test]
async fn only_what_was_asked_for_is_read() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    assert_eq!(names(&bench.read().await), ["orders", "users"]);
    let connection = &mut bench.connection;
    let read = Introspection::new().table("users").read(&mut *connection).await.unwrap();
    assert_eq!(names(&read), ["users"]);
    let read = Introspection::new().without(["users"]).read(&mut *connection).await.unwrap();
    assert_eq!(names(&read), ["alembic_version", "orders"]);
    // The current schema is none in a name, however it was asked for.
    let read = Introspection::new().schema(bench.database.name()).read(&mut *connection).await.unwrap();
    assert_eq!(names(&read), ["orders", "users"]);
    let name = TableName::from((bench.database.name(), "users"));
    let read = Introspection::new().table(name).read(&mut *connection).await.unwrap();
    assert_eq!(names(&read), ["users"]);
}

#[tokio::test]
async fn another_schema_is_in_the_names() {
    let (Some(mut bench), Some(mut other)) = (Bench::open().await, Bench::open().await) else { return };
    let here = bench.database.name().to_owned();
    bench.run(SHOP).await;
    other
        .run(&format!(
            "CREATE TABLE notes (id INT PRIMARY KEY, s VARCHAR(9), user_id INT, order_id INT, FULLTEXT KEY ft (s),
             CONSTRAINT u FOREIGN KEY (user_id) REFERENCES `{here}`.users (id))"
        ))
        .await;
    let there = other.database.name().to_owned();
    let read = Introspection::new().schema(&there).read(&mut bench.connection).await.unwrap();
    assert_eq!(names(&read), [format!("{there}.notes")]);
    let table = &read.tables[0];
    assert_eq!(table.remainders[0].sql, format!("CREATE FULLTEXT INDEX `ft` ON `{there}`.`notes` (`s`)"));
    let shown = format!("{:?}", table.constraints);
    assert!(shown.contains("schema: None, name: \"users\""), "{shown}");
    // What is made again in its place is the same.
    let from_there = other.round_trip("another schema").await;
    assert_eq!(names(&from_there), ["notes"]);
    let both = Introspection::new().schema(&here).schema(&there).read(&mut bench.connection).await.unwrap();
    assert_eq!(both.tables.len(), 3);
    for besides in [&there, &here] {
        let current = Introspection::new().and_schema(&there).and_schema(besides);
        assert_eq!(current.read(&mut bench.connection).await.unwrap(), both, "each table once");
    }
    other.empty().await;
}

#[tokio::test]
async fn a_schema_can_have_any_name() {
    let Some(mut bench) = Bench::open().await else { return };
    let name = format!("{} it's \"ü☂\" \\", bench.database.name());
    let quoted = format!("`{name}`");
    bench
        .run(&format!(
            "CREATE DATABASE {quoted}; CREATE TABLE {quoted}.a (id INT PRIMARY KEY, b INT, FOREIGN KEY (b) REFERENCES {quoted}.a (id))"
        ))
        .await;
    let read = Introspection::new().schema(&name).read(&mut bench.connection).await;
    bench.run(&format!("USE {quoted}")).await;
    let current = bench.read().await;
    bench.run(&format!("DROP DATABASE {quoted}")).await;
    assert_eq!(names(&read.unwrap()), [format!("{name}.a")]);
    assert_eq!(names(&current), ["a"]);
}

#[tokio::test]
async fn what_is_not_there_is_an_error_that_says_what_is() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    for (name, expected) in [("userz", "userz"), ("names", "names")] {
        let error = Introspection::new().table(name).read(&mut bench.connection).await.unwrap_err();
        let ErrorKind::Introspection(IntrospectionError::NoTable { table, tables, .. }) = error.kind() else {
            panic!("{error}")
        };
        assert_eq!(table.to_string(), expected);
        assert_eq!(*tables, ["alembic_version", "orders", "users"]);
    }
    let error = Introspection::new().schema("no such one 😀").read(&mut bench.connection).await.unwrap_err();
    let ErrorKind::Introspection(IntrospectionError::NoSchema { schema, .. }) = error.kind() else {
        panic!("{error}")
    };
    assert_eq!(schema, "no such one 😀");
    let url = bench.database.url().rsplit_once('/').unwrap().0.to_owned();
    let mut nowhere = MySqlConnection::connect(&url).await.unwrap();
    let error = Introspection::new().read(&mut nowhere).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Introspection(IntrospectionError::NoSchema { .. })), "{error}");
}

#[tokio::test]
async fn a_user_sees_what_rights_allow_and_nothing_half() {
    let Some(mut bench) = Bench::open().await else { return };
    bench.run(SHOP).await;
    let expected = bench.read().await;
    let (name, url) = (bench.database.name().to_owned(), bench.database.url().to_owned());
    let user = format!("u{}", name.get(name.len() - 16..).unwrap());
    bench.run(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'pass'")).await;
    let mut read = Vec::new();
    for right in ["CREATE TEMPORARY TABLES", "SELECT", "REFERENCES"] {
        bench.run(&format!("GRANT {right} ON `{name}`.* TO '{user}'@'%'")).await;
        let (_, rest) = url.split_once('@').unwrap();
        let mut connection = MySqlConnection::connect(&format!("mysql://{user}:pass@{rest}")).await.unwrap();
        read.push(Introspection::new().read(&mut connection).await);
        connection.close().await.unwrap();
    }
    bench.run(&format!("DROP USER '{user}'@'%'")).await;
    let [nothing, select, references] = <[_; 3]>::try_from(read).unwrap();
    // Any right on all tables of a schema shows them, so this may be all or nothing, but no error.
    let nothing = names(&nothing.unwrap());
    println!("with a right on no table: {nothing:?}");
    assert_eq!(references.unwrap(), expected);
    if bench.is_mariadb {
        let error = select.unwrap_err();
        let ErrorKind::Introspection(IntrospectionError::HiddenForeignKey { constraint, .. }) = error.kind()
        else {
            panic!("{error}")
        };
        assert_eq!(constraint, "orders_ibfk_1");
    } else {
        assert_eq!(select.unwrap(), expected);
    }
}
