//! What has not changed is no difference, whoever looks at it and however.

use crate::bench::Bench;
use crate::spellings::{made_of, make, of, respelt};
use servicekit::diff::Fact;
use servicekit::introspection::{Introspection, decide};
use servicekit::schema::{Constraint, Schema};
use servicekit::sqlx::{Connection as _, MySqlConnection, PgConnection};
use servicekit::{Dialect, ErrorKind};
use servicekit_test_servers::{PrivateServer, own_client, own_dump};

/// A database with a table for each of the pairs, and what is read of it.
async fn all(dialect: Dialect) -> Option<(Bench, Schema)> {
    made_of(&of(dialect), dialect).await
}

#[tokio::test]
async fn a_database_is_like_itself() {
    for dialect in Dialect::ALL {
        let Some((mut bench, first)) = all(dialect).await else { continue };
        bench.is_like(&first, "read again").await;
        bench.is_like(&respelt(&first, dialect), "in other spellings").await;
    }
}

#[tokio::test]
async fn a_dump_that_is_loaded_is_like_its_database() {
    for dialect in [Dialect::Postgres, Dialect::Mysql] {
        let Some((bench, first)) = all(dialect).await else { continue };
        let (Some(mut loaded), Some(dump)) = (Bench::open(dialect).await, own_dump(bench.url().unwrap()))
        else {
            continue;
        };
        let dump = if dialect == Dialect::Postgres { format!("DROP SCHEMA public;\n{dump}") } else { dump };
        let dump = dump.replace("CREATE SCHEMA public;", "").replacen("DROP SCHEMA public;", "", 1);
        let _ = own_client(loaded.url().unwrap(), &dump);
        loaded.is_like(&first, "dumped and loaded").await;
        loaded.is_like(&respelt(&first, dialect), "dumped and loaded, in other spellings").await;
        // A second time, the server may write it otherwise once more.
        let read = loaded.read().await;
        let Some(mut again) = Bench::open(dialect).await else { continue };
        let dump = own_dump(loaded.url().unwrap()).unwrap().replace("CREATE SCHEMA public;", "");
        let _ = own_client(again.url().unwrap(), &dump);
        again.is_like(&first, "dumped and loaded twice").await;
        again.is_like(&read, "dumped and loaded again").await;
    }
}

#[tokio::test]
async fn a_server_that_was_started_again_is_like_before() {
    let servers = [
        (Dialect::Postgres, PrivateServer::postgres().start()),
        (Dialect::Mysql, PrivateServer::mariadb().start()),
    ];
    for (dialect, server) in servers {
        let Some(server) = server else { continue };
        let mut bench = Bench::on(server.create_database(), dialect).await;
        let first = make(&mut bench, &of(dialect), dialect).await;
        server.stop();
        server.restart();
        let mut bench = bench.reconnect().await;
        bench.is_like(&first, "started again").await;
        bench.is_like(&respelt(&first, dialect), "started again, in other spellings").await;
        println!("{dialect}: {} tables are as before", first.tables.len());
    }
}

#[tokio::test]
async fn a_dump_of_sqlite_that_is_loaded_is_like_its_database() {
    let Some((Bench::Sqlite(mut connection), first)) = all(Dialect::Sqlite).await else { unreachable!() };
    let stored = servicekit::sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
    let statements: Vec<String> = stored.fetch_all(&mut connection).await.unwrap();
    let mut loaded = Bench::open(Dialect::Sqlite).await.unwrap();
    for statement in statements {
        loaded.run(&statement).await;
    }
    loaded.is_like(&first, "dumped and loaded").await;
}

#[tokio::test]
async fn the_search_path_changes_nothing() {
    let Some((mut bench, _)) = all(Dialect::Postgres).await else { return };
    bench.run("CREATE SCHEMA app; CREATE FUNCTION app.f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1'; CREATE TYPE app.mood AS ENUM ('sad', 'happy')").await;
    bench.run("CREATE TABLE app.of_app (a integer CHECK (app.f(a) > 0), m app.mood DEFAULT 'sad' CHECK (m <> 'happy'))").await;
    let mut read = Vec::new();
    for path in ["public", "app, public", "app", "pg_catalog, app"] {
        bench.run(&format!("SET search_path = {path}")).await;
        let Bench::Postgres(_, connection) = &mut bench else { unreachable!() };
        let schema =
            Introspection::new().schema("app").schema("public").read(&mut *connection).await.unwrap();
        read.push(schema);
    }
    // Which schema is the current one changes the names of tables, so each is compared with what is read by the same path.
    for (path, schema) in ["public", "app, public", "app", "pg_catalog, app"].into_iter().zip(&read) {
        bench.run(&format!("SET search_path = {path}")).await;
        let Bench::Postgres(_, connection) = &mut bench else { unreachable!() };
        let wanted = Introspection::new().schema("app").schema("public");
        let left = wanted.compare(schema, &mut *connection).await.unwrap();
        assert!(left.is_empty() && left.untold.is_empty(), "{path}: {left}");
    }
    // The names of functions and types are with or without their schema, as the path has it.
    let of_app = |schema: &Schema| {
        let mut only = Schema::default();
        only.tables.extend(schema.tables.iter().find(|table| table.name.name == "of_app").cloned());
        only.tables[0].name = ("app", "of_app").into();
        only
    };
    for one in &read {
        for other in &read {
            let difference = of_app(one).difference(&of_app(other), Dialect::Postgres);
            let Bench::Postgres(_, connection) = &mut bench else { unreachable!() };
            let decided = decide(difference, &mut *connection).await.unwrap();
            let is_check = |fact: &Fact| matches!(fact, Fact::Constraint { .. });
            assert!(!decided.facts.iter().any(is_check) && decided.untold.is_empty(), "{decided}");
        }
    }
}

#[tokio::test]
async fn the_mode_of_the_session_changes_nothing() {
    let Some((mut bench, first)) = all(Dialect::Mysql).await else { return };
    for mode in ["", "ANSI", "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT", "TRADITIONAL"] {
        bench.run(&format!("SET SESSION sql_mode = '{mode}'")).await;
        bench.is_like(&first, mode).await;
        bench.is_like(&respelt(&first, Dialect::Mysql), mode).await;
        let read = bench.read().await;
        bench.is_like(&read, mode).await;
    }
    // Without notes, and without warnings where every user may set that.
    bench.run("SET SESSION sql_notes = 0 /*M! , SESSION max_error_count = 0 */").await;
    let mut wanted = first;
    let bounded = wanted.tables.iter_mut().filter(|table| crate::spellings::number(table) < 20);
    for table in bounded {
        for constraint in &mut table.constraints {
            if let Constraint::Check(check) = constraint {
                check.condition = format!("NOT NOT ({})", check.condition.sql(Dialect::Mysql)).into();
            }
        }
    }
    bench.is_like(&wanted, "without notes").await;
    bench
        .run("SET @kept = IF(@@SESSION.sql_notes = 0 /*M! AND @@SESSION.max_error_count = 0 */, 1, NULL)")
        .await;
    bench.run("CREATE TEMPORARY TABLE kept (it INT NOT NULL); INSERT INTO kept VALUES (@kept)").await;
}

#[tokio::test]
async fn two_bars_are_what_the_session_takes_them_for() {
    let Some(mut bench) = Bench::open(Dialect::Mysql).await else { return };
    bench.run("SET SESSION sql_mode = 'PIPES_AS_CONCAT'").await;
    bench.run("CREATE TABLE t (s varchar(20), CONSTRAINT ck CHECK (s || 'x' <> 'yx'))").await;
    let mut wanted = bench.read().await;
    bench.is_like(&wanted, "read").await;
    let check = |schema: &mut Schema, condition: &str| {
        for constraint in &mut schema.tables[0].constraints {
            if let Constraint::Check(check) = constraint {
                check.condition = condition.into();
            }
        }
    };
    check(&mut wanted, "s || 'x' <> 'yx'");
    bench.is_like(&wanted, "as it was written").await;
    bench.run("SET SESSION sql_mode = ''").await;
    assert_eq!(bench.compare(&wanted).await.facts.len(), 1);
}

#[tokio::test]
async fn a_user_who_may_only_read_is_told_the_same() {
    let Some((bench, first)) = all(Dialect::Postgres).await else { return };
    let Bench::Postgres(database, mut connection) = bench else { unreachable!() };
    let role = format!("reader_{}", database.name());
    let run = async |connection: &mut PgConnection, sql: String| {
        servicekit::sqlx::raw_sql(servicekit::sqlx::AssertSqlSafe(sql)).execute(connection).await.unwrap();
    };
    run(&mut connection, format!("CREATE ROLE {role}")).await;
    let mut reader = PgConnection::connect(database.url()).await.unwrap();
    run(&mut reader, format!("SET ROLE {role}; SET default_transaction_read_only = on")).await;
    let wanted = respelt(&first, Dialect::Postgres);
    assert!(!first.difference(&wanted, Dialect::Postgres).undecided().is_empty());
    let left = Introspection::new().compare(&wanted, &mut reader).await;
    run(&mut connection, format!("DROP ROLE {role}")).await;
    let left = left.unwrap();
    assert!(left.is_empty() && left.untold.is_empty(), "{left}");
}

#[tokio::test]
async fn a_user_of_mysql_who_may_only_refer_to_tables_is_told_the_same() {
    let Some((mut bench, first)) = all(Dialect::Mysql).await else { return };
    let Bench::Mysql(database, _) = &bench else { unreachable!() };
    let (name, url) = (database.name().to_owned(), database.url().to_owned());
    let user = format!("u{}", name.get(name.len() - 16..).unwrap());
    bench.run(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'pass'")).await;
    bench.run(&format!("GRANT REFERENCES ON `{name}`.* TO '{user}'@'%'")).await;
    let (_, rest) = url.split_once('@').unwrap();
    let mut reader = MySqlConnection::connect(&format!("mysql://{user}:pass@{rest}")).await.unwrap();
    let left = Introspection::new().compare(&respelt(&first, Dialect::Mysql), &mut reader).await;
    bench.run(&format!("DROP USER '{user}'@'%'")).await;
    let left = left.unwrap();
    assert!(left.is_empty() && left.untold.is_empty(), "{left}");
}

#[tokio::test]
async fn a_database_of_another_kind_is_refused() {
    let (mut one, mut other) = (Schema::default(), Schema::default());
    for (schema, condition) in [(&mut one, "a > 0"), (&mut other, "0 < a")] {
        let column = servicekit::revision::integer("a").check(condition);
        schema.tables.push(servicekit::schema::Table::new("t", [column]));
    }
    let difference = one.difference(&other, Dialect::Postgres);
    let Some(Bench::Sqlite(mut connection)) = Bench::open(Dialect::Sqlite).await else { unreachable!() };
    let error = decide(difference, &mut connection).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Introspection(_)), "{error:?}");
    insta::assert_snapshot!(error.diagnostic().to_string(), @"
    a difference of postgres cannot be decided by a database of sqlite
    help: pass a database of postgres
    ");
}
