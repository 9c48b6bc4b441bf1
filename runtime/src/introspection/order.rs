//! Whatever the order of the rows of a catalogue is, the schema is the same.
//!
//! The readers are functions of rows. Each question to SQLite gets all its rows in one text, so there the database
//! shuffles; a few questions to PostgreSQL ask for an order, which is then part of the answer and stays.

use super::snapshot::Snapshot;
use crate::backend::{Answer, AnyConnection, Connection, Engine, Scope};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit_schema::table::Schema;
use servicekit_test_servers::{mysql, postgres};
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection, PgConnection, SqliteConnection};

const CASES: u32 = 64;

/// What a catalogue answered.
struct Asked {
    engine: &'static dyn Engine,
    questions: Vec<String>,
    answers: Vec<Answer>,
}

impl Asked {
    async fn new(connection: Connection<'_>, change: impl FnOnce(Vec<String>) -> Vec<String>) -> Self {
        let mut snapshot = Snapshot::open(connection).await.unwrap();
        let engine = snapshot.engine();
        let questions = change(engine.schema_questions(&Scope::default()));
        let answers = snapshot.ask(&[], &questions).await.unwrap().unwrap();
        snapshot.close(Ok(())).await.unwrap();
        Self { engine, questions, answers }
    }

    fn schema(&self, answers: &[Answer]) -> Schema {
        self.engine.read_schema(&Scope::default(), answers).unwrap()
    }

    /// The same answers with their rows in any order, but for those that have one.
    fn shuffled(&self) -> impl Strategy<Value = Vec<Answer>> + use<> {
        let answers = self.questions.iter().zip(&self.answers).map(|(question, answer)| {
            let rows = Just(answer.rows.clone());
            let rows = if question.contains("ORDER BY") { rows.boxed() } else { rows.prop_shuffle().boxed() };
            let affected = answer.affected;
            rows.prop_map(move |rows| Answer { rows, affected })
        });
        answers.collect::<Vec<_>>()
    }

    fn is_the_same_in_any_order(&self, name: &str) {
        let schema = self.schema(&self.answers);
        assert!(!schema.tables.is_empty(), "{name}");
        let config = Config { failure_persistence: None, ..Config::with_cases(CASES) };
        let done = TestRunner::new(config).run(&self.shuffled(), |answers| {
            prop_assert_eq!(&self.schema(&answers), &schema);
            Ok(())
        });
        done.unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{name}: {} tables, the same in {CASES} orders", schema.tables.len());
    }
}

/// The question with the rows of each `PRAGMA` in any order.
fn in_any_order(question: &str) -> String {
    let mut pieces = question.split("FROM pragma_");
    let first = pieces.next().unwrap_or_default().to_owned();
    let shuffled = pieces.map(|piece| {
        let end = piece.find(" AS ").unwrap_or(piece.len());
        let (function, rest) = piece.split_at(end);
        format!("FROM (SELECT * FROM pragma_{function} ORDER BY random()){rest}")
    });
    std::iter::once(first).chain(shuffled).collect()
}

#[tokio::test]
async fn the_order_of_rows_changes_nothing_on_sqlite() {
    for (name, script) in [
        ("clauses", include_str!("../../tests/introspection/sqlite/clauses.sql")),
        ("names", include_str!("../../tests/introspection/sqlite/names.sql")),
        ("rental", include_str!("../../tests/introspection/sqlite/rental.sql")),
    ] {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(script).execute(&mut connection).await.unwrap();
        let mut ask = async |is_shuffled: bool| {
            let connection = Connection::new(AnyConnection::Sqlite(&mut connection));
            let change = |questions: Vec<String>| {
                if is_shuffled {
                    questions.iter().map(|question| in_any_order(question)).collect()
                } else {
                    questions
                }
            };
            let asked = Asked::new(connection, change).await;
            (asked.answers.clone(), asked.schema(&asked.answers))
        };
        let (answers, schema) = ask(false).await;
        assert!(!schema.tables.is_empty(), "{name}");
        let mut others = 0;
        for _ in 0..CASES {
            let (shuffled, same) = ask(true).await;
            others += usize::from(shuffled != answers);
            assert_eq!(same, schema, "{name}");
        }
        assert!(others > 0, "{name}: nothing was shuffled");
        println!("{name}: {} tables, the same in {others} other orders", schema.tables.len());
    }
}

#[tokio::test]
async fn the_order_of_rows_changes_nothing_on_postgres() {
    let Some(server) = postgres() else { return };
    for (name, script) in [
        ("everything", include_str!("../../tests/introspection/postgres/everything.sql")),
        ("odd names", include_str!("../../tests/introspection/postgres/odd_names.sql")),
        ("rental", include_str!("../../tests/introspection/postgres/rental.sql")),
    ] {
        let database = server.create_database();
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        sqlx::raw_sql(script).execute(&mut connection).await.unwrap();
        let connection = Connection::new(AnyConnection::Postgres(&mut connection));
        Asked::new(connection, |questions| questions).await.is_the_same_in_any_order(name);
    }
}

#[tokio::test]
async fn the_order_of_rows_changes_nothing_on_mysql() {
    let Some(server) = mysql() else { return };
    for (name, script) in [
        ("odd", include_str!("../../tests/introspection/mysql/odd.sql")),
        ("rails", include_str!("../../tests/introspection/mysql/rails.sql")),
        ("sakila", include_str!("../../tests/introspection/mysql/sakila.sql")),
    ] {
        let database = server.create_database();
        let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
        let script = script.replace("SCHEMA`", &format!("{}`", database.name()));
        sqlx::raw_sql(AssertSqlSafe(script)).execute(&mut connection).await.unwrap();
        let connection = Connection::new(AnyConnection::MySql(&mut connection));
        Asked::new(connection, |questions| questions).await.is_the_same_in_any_order(name);
    }
}
