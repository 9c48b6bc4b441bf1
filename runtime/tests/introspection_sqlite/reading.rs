//! What is read, how often is asked, and what is left alone.

use crate::facts::ask;
use crate::round_trip::{apply, memory, read, run};
use servicekit::introspection::Introspection;
use servicekit::revision::*;
use servicekit::schema::{Schema, TableName, Value};
use servicekit::sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use servicekit::sqlx::{ConnectOptions as _, SqliteConnection};

fn names(schema: &Schema) -> Vec<String> {
    schema.tables.iter().map(|table| table.name.to_string()).collect()
}

async fn failure(introspection: &Introspection, connection: &mut SqliteConnection) -> String {
    introspection.read(connection).await.unwrap_err().to_string()
}

#[tokio::test]
async fn only_ordinary_tables_are_read() {
    let mut connection = memory().await;
    let sql = "CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE \"A\" (x); CREATE VIEW v AS SELECT 1; \
               CREATE VIEW broken AS SELECT * FROM nowhere; \
               CREATE TRIGGER r AFTER INSERT ON b BEGIN SELECT 1; END; CREATE TEMP TABLE t (x); CREATE TEMP TABLE b (other); \
               CREATE VIRTUAL TABLE f USING fts5(x); CREATE TABLE alembic_version (x); ANALYZE;";
    run(&mut connection, sql).await;
    assert_eq!(names(&read(&mut connection).await), ["A", "b"]);
    let all = Introspection::new().without(["a"]).read(&mut connection).await.unwrap();
    assert_eq!(names(&all), ["alembic_version", "b"]);
    assert_eq!(all.tables[1].columns[0].name, "id");
    let asked = Introspection::new().table("alembic_version").read(&mut connection).await.unwrap();
    assert_eq!(names(&asked), ["alembic_version"]);
    assert_eq!(read(&mut memory().await).await, Schema::default());
}

#[tokio::test]
async fn a_table_or_a_schema_that_is_not_there_is_an_error() {
    let mut connection = memory().await;
    run(&mut connection, "CREATE TABLE b (x); CREATE TABLE a (x); CREATE VIEW v AS SELECT 1").await;
    let message = failure(&Introspection::new().table("B").table("v"), &mut connection).await;
    assert!(message.contains("there is no table `v`"), "{message}");
    for introspection in [
        Introspection::new().schema("no\"where"),
        Introspection::new().table(TableName::from(("no\"where", "a"))),
    ] {
        let message = failure(&introspection, &mut connection).await;
        assert!(message.contains("there is no schema `no\"where`"), "{message}");
    }
    // The connection is as it was.
    run(&mut connection, "BEGIN; ROLLBACK").await;
}

#[tokio::test]
async fn attached_schemas_are_read_by_name() {
    let mut connection = memory().await;
    let sql = "ATTACH ':memory:' AS \"Other one\"; CREATE TABLE t (a); CREATE TABLE only_main (a); \
               CREATE TABLE \"Other one\".t (id INTEGER PRIMARY KEY, p REFERENCES t); \
               CREATE INDEX \"Other one\".ix ON t (p DESC) WHERE p > 1;";
    run(&mut connection, sql).await;
    let read = Introspection::new().schema("other ONE").read(&mut connection).await.unwrap();
    insta::assert_snapshot!(crate::round_trip::statements(&read).join("\n"), @r#"
    CREATE TABLE "Other one"."t" (
        "id" INTEGER,
        "p",
        CONSTRAINT "pk_t" PRIMARY KEY ("id"),
        CONSTRAINT "fk_t_p_t" FOREIGN KEY ("p") REFERENCES "t" ("id")
    )
    CREATE INDEX "Other one"."ix" ON "t" (`p` DESC) WHERE (p > 1)
    "#);
    let both = Introspection::new().schema("main").schema("other one").read(&mut connection).await.unwrap();
    assert_eq!(names(&both), ["only_main", "t", "Other one.t"]);
    let besides = Introspection::new().and_schema("main").and_schema("other one");
    assert_eq!(besides.read(&mut connection).await.unwrap(), both, "each table once");
    let one = Introspection::new().table("t").table(("other one", "T")).read(&mut connection).await.unwrap();
    assert_eq!(names(&one), ["t", "Other one.t"]);
    let temp = Introspection::new().schema("temp").read(&mut connection).await.unwrap();
    assert_eq!(temp, Schema::default());
}

#[tokio::test]
async fn a_text_that_does_not_fit_the_catalogue_is_kept_whole() {
    let mut connection = memory().await;
    let sql = "CREATE TABLE t (a TEXT NOT NULL DEFAULT 'x', b INT, UNIQUE (b)); CREATE INDEX ix ON t (a); \
               PRAGMA writable_schema = ON;";
    run(&mut connection, sql).await;
    // SQLite goes on with what it has in memory, and the text says something else.
    let change = "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a TEXT)' WHERE name = 't'; PRAGMA writable_schema = OFF";
    run(&mut connection, change).await;
    let schema = read(&mut connection).await;
    let texts = crate::round_trip::statements(&schema).join("\n");
    insta::assert_snapshot!(texts, @r#"
    CREATE TABLE "t" (
        "a" TEXT NOT NULL DEFAULT 'x',
        "b" INT,
        CONSTRAINT "uq_t_b" UNIQUE ("b")
    )
    CREATE INDEX "ix" ON "t" (`a`)
    CREATE TABLE IF NOT EXISTS t (a TEXT)
    "#);
    let mut again = memory().await;
    crate::round_trip::apply(&mut again, &schema).await;
}

#[tokio::test]
async fn a_connection_that_only_reads_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    run(&mut connection, "CREATE TABLE t (a TEXT NOT NULL UNIQUE)").await;
    let expected = read(&mut connection).await;
    run(&mut connection, "PRAGMA query_only = ON").await;
    assert_eq!(read(&mut connection).await, expected);
    drop(connection);
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let pool = SqlitePoolOptions::new().connect_with(options.read_only(true)).await.unwrap();
    assert_eq!(Introspection::new().read(&pool).await.unwrap(), expected);
}

#[tokio::test]
async fn a_transaction_of_the_caller_is_refused_and_left_alone() {
    let mut connection = memory().await;
    run(&mut connection, "CREATE TABLE t (a); BEGIN; INSERT INTO t VALUES (1)").await;
    let error = Introspection::new().read(&mut connection).await.unwrap_err();
    assert_eq!(error.code(), "in_transaction");
    run(&mut connection, "COMMIT").await;
    assert_eq!(ask(&mut connection, "SELECT a FROM t").await.unwrap(), ["1"]);
    read(&mut connection).await;
    run(&mut connection, "BEGIN; ROLLBACK").await;
}

#[tokio::test]
async fn a_thousand_tables_are_read_fast() {
    let mut connection = memory().await;
    let mut sql = String::from("BEGIN;");
    for number in 0..1000 {
        let columns: Vec<String> =
            (0..9).map(|at| format!("c{at} VARCHAR(20) DEFAULT 'x' COLLATE NOCASE")).collect();
        let (columns, next) = (columns.join(", "), (number + 1) % 1000);
        let table = format!(
            "CREATE TABLE t{number} (id INTEGER PRIMARY KEY, {columns}, CHECK (c0 <> ''), \
             FOREIGN KEY (c1) REFERENCES t{next}); \
             CREATE INDEX i{number} ON t{number} (c2 DESC) WHERE c3 > 1;"
        );
        sql.push_str(&table);
    }
    run(&mut connection, &(sql + "COMMIT")).await;
    let begun = std::time::Instant::now();
    let schema = read(&mut connection).await;
    println!("1,000 tables, 10,000 columns: {:?}", begun.elapsed());
    assert_eq!((schema.tables.len(), schema.tables[0].columns.len()), (1000, 10));
}

#[tokio::test]
async fn the_encoding_of_the_database_does_not_matter() {
    let schema = "CREATE TABLE \"täble 🦀:-1:\" (\"é-\" TEXT DEFAULT '🦀 1:-', x INT CHECK (x <> 'ß')); \
                  CREATE INDEX \"ïx\" ON \"täble 🦀:-1:\" (\"é-\");";
    let mut all = Vec::new();
    for encoding in ["UTF-8", "UTF-16le", "UTF-16be"] {
        let mut connection = memory().await;
        run(&mut connection, &format!("PRAGMA encoding = '{encoding}'; {schema}")).await;
        assert_eq!(ask(&mut connection, "PRAGMA encoding").await.unwrap(), [encoding]);
        all.push(read(&mut connection).await);
    }
    assert_eq!(names(&all[0]), ["täble 🦀:-1:"]);
    assert!(all.iter().all(|schema| *schema == all[0]), "{all:?}");
}

/// They stand in the program that SQLite makes of an expression.
#[tokio::test]
async fn bytes_that_are_no_text_are_compared() {
    let schema = |default: Value| {
        let mut schema = Schema::default();
        schema.tables.push(Table::new("files", [binary("head").default(default)]));
        schema
    };
    let mut connection = memory().await;
    let bytes = |byte: u8| Value::Bytes(vec![byte]);
    apply(&mut connection, &schema(bytes(0x80))).await;
    for (other, expected) in [
        (bytes(0x80), true),
        (bytes(0x81), false),
        (sql("X'80'").into(), true),
        (sql("X'80' || '1'").into(), false),
        (sql("lower('A')").into(), false),
    ] {
        let left = Introspection::new().compare(&schema(other.clone()), &mut connection).await;
        let left = left.unwrap_or_else(|error| panic!("{error}\n{other:?}"));
        assert!(left.untold.is_empty(), "{other:?}: {:?}", left.untold);
        assert_eq!(left.is_empty(), expected, "{other:?}: {left}");
    }
}
