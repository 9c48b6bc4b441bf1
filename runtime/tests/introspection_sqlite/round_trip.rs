//! A schema that is read, made again, and read again.

use crate::facts::facts;
use servicekit::Dialect;
use servicekit::introspection::Introspection;
use servicekit::operation::Operation;
use servicekit::schema::{Schema, Table};
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, SqliteConnection};

pub(crate) async fn memory() -> SqliteConnection {
    SqliteConnection::connect("sqlite::memory:").await.unwrap()
}

pub(crate) async fn run(connection: &mut SqliteConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{error}\n{sql}"));
}

pub(crate) async fn read(connection: &mut SqliteConnection) -> Schema {
    Introspection::new().read(connection).await.unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn statements(schema: &Schema) -> Vec<String> {
    schema
        .operations(Dialect::Sqlite)
        .sql(Dialect::Sqlite)
        .unwrap_or_else(|error| panic!("{error}\n{schema:#?}"))
}

pub(crate) async fn apply(connection: &mut SqliteConnection, schema: &Schema) {
    for statement in statements(schema) {
        run(connection, &statement).await;
    }
}

/// The schema as it is when everything without a name has the one that the convention gives.
pub(crate) fn named(schema: &Schema) -> Schema {
    let mut named = Schema::default();
    for recorded in schema.operations(Dialect::Sqlite).into_recorded(Dialect::Sqlite) {
        let Operation::CreateTable(create) = recorded.operation else { panic!("{recorded:?}") };
        named.tables.push(create.table);
    }
    named.tables.iter_mut().for_each(sort);
    named.tables.sort_by(|one, other| one.name.cmp(&other.name));
    named
}

/// Puts constraints and indexes in the order in which they are read.
pub(crate) fn sort(table: &mut Table) {
    table.constraints.sort_by_key(|each| (each.kind(), each.name().map(str::to_owned)));
    table.indexes.sort_by(|one, other| one.name.cmp(&other.name));
}

/// Compares line by line, so that a failure shows the lines that differ.
pub(crate) fn same(one: &Schema, other: &Schema) {
    let lines = |schema: &Schema| format!("{schema:#?}").lines().map(str::to_owned).collect::<Vec<_>>();
    let (lines, others) = (lines(one), lines(other));
    let differing = lines.iter().zip(&others).filter(|(one, other)| one != other);
    assert_eq!(differing.take(3).collect::<Vec<_>>(), [], "read, expected\n{}", statements(other).join("\n"));
    assert_eq!(one, other);
}

/// Makes what was read again, and gives back the statements.
pub(crate) async fn round_trip(connection: &mut SqliteConnection) -> Vec<String> {
    let first = read(connection).await;
    let mut again = memory().await;
    apply(&mut again, &first).await;
    let (new, old) = (facts(&mut again).await, facts(connection).await);
    let without = |all: &[String], others: &[String]| -> Vec<String> {
        all.iter().filter(|fact| !others.contains(fact)).cloned().collect()
    };
    assert_eq!((without(&new, &old), without(&old, &new)), (Vec::new(), Vec::new()), "only new, only old");
    assert_eq!(new, old);
    let second = read(&mut again).await;
    same(&second, &named(&first));
    let mut third = memory().await;
    apply(&mut third, &second).await;
    same(&read(&mut third).await, &second);
    statements(&first)
}
