//! How many rows hazards are about, on every database.

use crate::database::{Place, hazards_of_rows};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use servicekit::Dialect;
use servicekit::diff::Difference;
use servicekit::introspection::{Count, count};
use servicekit::revision::*;
use servicekit::schema::{Constraint, Schema, Value};
use servicekit::sqlx::{self, Connection as _, MySqlConnection, PgConnection, Row as _};
use servicekit_test_servers::{PgBouncer, PoolMode};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

const EVERYWHERE: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

/// A name that is a word of SQL, and one with a quote of each kind.
const TABLE: &str = "order";
const COLUMN: &str = "say \"a\" `b` 'c'";

fn schema(orders: Option<Table>) -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(Table::new("parents", [integer("id").primary_key()]));
    schema.tables.extend(orders);
    schema
}

fn orders(columns: Vec<Column>) -> Table {
    let mut all = vec![integer("id").primary_key()];
    all.extend(columns);
    Table::new(TABLE, all)
}

/// The columns before: numbers that may be null, and texts.
fn before() -> Table {
    orders(vec![integer(COLUMN), big_integer("big"), string("word", 20)])
}

async fn create(place: &mut Place, dialect: Dialect, schema: &Schema) {
    place.empty().await;
    for sql in schema.operations(dialect).sql(dialect).unwrap() {
        place.run(&sql).await.unwrap();
    }
}

#[derive(Debug, Clone)]
struct Row {
    number: Option<i32>,
    big: Option<i64>,
    word: Option<String>,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let big = prop_oneof![-3_i64..3, Just(2_147_483_647), Just(2_147_483_648), Just(-2_147_483_649)];
    let row = (prop::option::of(-2..4), prop::option::of(big), prop::option::of("[ab]{0,4} {0,3}"));
    prop::collection::vec(row.prop_map(|(number, big, word)| Row { number, big, word }), 0..12)
}

async fn insert(place: &mut Place, dialect: Dialect, rows: &[Row]) {
    let mut op = Operations::default();
    let value = |value: Option<Value>| value.unwrap_or(Value::Null);
    let values = rows.iter().zip(1_i64..).map(|(row, id)| {
        vec![
            Value::from(id),
            value(row.number.map(Value::from)),
            value(row.big.map(Value::from)),
            value(row.word.clone().map(Value::from)),
        ]
    });
    op.bulk_insert("parents", ["id"], [vec![Value::from(1)], vec![Value::from(2)]]);
    let values: Vec<Vec<Value>> = values.collect();
    if !values.is_empty() {
        op.bulk_insert(TABLE, ["id", COLUMN, "big", "word"], values);
    }
    for sql in op.sql(dialect).unwrap() {
        place.run(&sql).await.unwrap();
    }
}

/// A change of the table, and what a loop over the rows counts for its only hazard.
struct Change {
    name: &'static str,
    to: Option<Table>,
    expected: fn(&[Row]) -> Count,
    only: &'static [Dialect],
}

fn rows_that(rows: &[Row], meant: impl Fn(&Row) -> bool) -> Count {
    Count::Rows(rows.iter().filter(|row| meant(row)).count() as u64)
}

fn groups(rows: &[Row]) -> Count {
    let mut seen: HashMap<i32, u64> = HashMap::new();
    for number in rows.iter().filter_map(|row| row.number) {
        *seen.entry(number).or_default() += 1;
    }
    Count::Groups(seen.values().filter(|number| **number > 1).count() as u64)
}

fn changes() -> Vec<Change> {
    const SERVERS: &[Dialect] = &[Dialect::Postgres, Dialect::Mysql];
    let others = || [big_integer("big"), string("word", 20)];
    let with = |column: Column| [vec![column], others().to_vec()].concat();
    let change = |name, to, expected| Change { name, to, expected, only: &EVERYWHERE };
    let retyped = |big: Column, word: Column| Some(orders(vec![integer(COLUMN), big, word]));
    let before_with = |part: Constraint| Some(before().with(part));
    let unique_index = index([COLUMN]).name("ix").unique();
    vec![
        change("not null", Some(orders(with(integer(COLUMN).not_null()))), |rows| {
            rows_that(rows, |row| row.number.is_none())
        }),
        change(
            "new column",
            Some(orders([before().columns[1..].to_vec(), vec![integer("x").not_null()]].concat())),
            |rows| rows_that(rows, |_| true),
        ),
        change("column goes", Some(orders(others().to_vec())), |rows| {
            rows_that(rows, |row| row.number.is_some())
        }),
        change("table goes", None, |rows| rows_that(rows, |_| true)),
        change("unique", before_with(unique([COLUMN]).name("uq").into()), groups),
        change("unique index", Some(before().with(unique_index)), groups),
        change("check", before_with(check("big > 0 -- not all").name("ck").into()), |rows| {
            rows_that(rows, |row| row.big.is_some_and(|big| big <= 0))
        }),
        change(
            "foreign key",
            before_with(foreign_key([COLUMN], "parents", ["id"]).name("fk").into()),
            |rows| rows_that(rows, |row| row.number.is_some_and(|number| ![1, 2].contains(&number))),
        ),
        Change {
            only: SERVERS,
            ..change("shorter", retyped(big_integer("big"), string("word", 3)), |rows| {
                let is_long = |word: &String| word.trim_end_matches(' ').chars().count() > 3;
                rows_that(rows, |row| row.word.as_ref().is_some_and(is_long))
            })
        },
        Change {
            only: SERVERS,
            ..change("smaller", retyped(integer("big"), string("word", 20)), |rows| {
                rows_that(rows, |row| row.big.is_some_and(|big| i32::try_from(big).is_err()))
            })
        },
        Change {
            only: SERVERS,
            ..change("numeric", retyped(numeric("big", 3, 2), string("word", 20)), |rows| {
                rows_that(rows, |row| row.big.is_some_and(|big| big.abs() >= 10))
            })
        },
    ]
}

async fn every_count_is_what_a_loop_counts(dialect: Dialect) {
    let Some(mut place) = Place::open(dialect).await else { return };
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let from = schema(Some(before()));
    create(&mut place, dialect, &from).await;
    let mut values: HashSet<String> = HashSet::new();
    for round in 0..25 {
        let rows = rows().new_tree(&mut runner).unwrap().current();
        let name = match dialect {
            Dialect::Mysql => "`order`",
            _ => "\"order\"",
        };
        place.run(&format!("DELETE FROM {name}; DELETE FROM parents")).await.unwrap();
        insert(&mut place, dialect, &rows).await;
        for change in changes().into_iter().filter(|change| change.only.contains(&dialect)) {
            let difference = from.difference(&schema(change.to), dialect);
            let counted = place.counts(&difference).await;
            let expected = (change.expected)(&rows);
            assert_eq!(
                counted,
                std::slice::from_ref(&expected),
                "{dialect}, {}, round {round}: {rows:?}",
                change.name
            );
            values.insert(format!("{} {expected}", change.name));
        }
    }
    println!("{} different counts on {dialect}", values.len());
    assert!(values.len() > 30, "{values:?}");
}

#[tokio::test]
async fn every_count_is_what_a_loop_counts_on_sqlite() {
    every_count_is_what_a_loop_counts(Dialect::Sqlite).await;
}

#[tokio::test]
async fn every_count_is_what_a_loop_counts_on_postgres() {
    every_count_is_what_a_loop_counts(Dialect::Postgres).await;
}

#[tokio::test]
async fn every_count_is_what_a_loop_counts_on_mysql() {
    every_count_is_what_a_loop_counts(Dialect::Mysql).await;
}

#[tokio::test]
async fn what_takes_too_long_or_is_not_allowed_is_not_counted_and_the_next_one_is() {
    let mut said = String::new();
    for dialect in EVERYWHERE {
        let Some(mut place) = Place::open(dialect).await else { continue };
        let from = schema(Some(before()));
        create(&mut place, dialect, &from).await;
        let row = Row { number: None, big: Some(0), word: None };
        insert(&mut place, dialect, &[row]).await;
        let endless = match dialect {
            Dialect::Postgres => "(SELECT pg_sleep(20)) IS NOT NULL",
            Dialect::Mysql => "SLEEP(20) = 0",
            _ => {
                "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n) = 0"
            }
        };
        let columns = vec![integer(COLUMN).not_null(), big_integer("big"), string("word", 20)];
        let mut to =
            orders(columns).with(check(endless).name("a_long")).with(check("nowhere > 0").name("b_no"));
        to = to.with(foreign_key(["big"], "missing", ["id"]).name("fk"));
        let difference = from.difference(&schema(Some(to)), dialect);
        let counts = place.counts(&difference).await;
        for (hazard, count) in hazards_of_rows(&difference).iter().zip(&counts) {
            let count = count.to_string().replace(&database_of(&mut place, dialect).await, "[database]");
            // As MariaDB and MySQL write it.
            let count = count.replace("'where clause'", "'WHERE'");
            writeln!(said, "{dialect}: {hazard} ({count})").unwrap();
        }
        // The connection is as it was.
        place.run("SELECT 1").await.unwrap();
    }
    insta::assert_snapshot!(said);
}

/// The name of the database, which is in messages of MySQL.
async fn database_of(place: &mut Place, dialect: Dialect) -> String {
    match dialect {
        Dialect::Mysql => place.rows("SELECT DATABASE()").await.concat().swap_remove(0).unwrap(),
        _ => "nothing to replace".to_owned(),
    }
}

/// The difference in which the number must not be null, for a table with a row that has none.
async fn with_a_null(place: &mut Place, dialect: Dialect) -> Difference {
    let from = schema(Some(before()));
    create(place, dialect, &from).await;
    insert(place, dialect, &[Row { number: None, big: Some(0), word: None }]).await;
    let columns = vec![integer(COLUMN).not_null(), big_integer("big"), string("word", 20)];
    from.difference(&schema(Some(orders(columns))), dialect)
}

#[tokio::test]
async fn what_a_role_may_not_read_is_not_counted() {
    let Some(mut place) = Place::open(Dialect::Postgres).await else { return };
    let difference = with_a_null(&mut place, Dialect::Postgres).await;
    let Place::Postgres(_, database) = &place else { unreachable!() };
    let role = format!("reader_{}", database.name());
    place
        .run(&format!("CREATE ROLE {role}; GRANT USAGE ON SCHEMA public TO {role}; SET ROLE {role}"))
        .await
        .unwrap();
    let without_right = place.counts(&difference).await;
    let policy = format!(
        "RESET ROLE; GRANT SELECT ON \"order\" TO {role}; ALTER TABLE \"order\" ENABLE ROW LEVEL SECURITY; \
         CREATE POLICY hides ON \"order\" USING (id > 100); SET ROLE {role}"
    );
    place.run(&policy).await.unwrap();
    let with_policy = place.counts(&difference).await;
    // Its rows are hidden from whoever does not look at the setting.
    let seen = place.rows("SELECT count(*) FROM \"order\"").await;
    place
        .run(&format!(
            "RESET ROLE; GRANT {role} TO CURRENT_USER; ALTER TABLE \"order\" OWNER TO {role}; SET ROLE {role}"
        ))
        .await
        .unwrap();
    let of_owner = place.counts(&difference).await;
    place.run(&format!("RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
    assert_eq!(seen, [[Some("0".to_owned())]]);
    let said = [without_right, with_policy, of_owner].map(|counts| counts[0].to_string());
    insta::assert_snapshot!(said.join("\n"), @r#"
    not counted: permission denied for table order
    not counted: query would be affected by row-level security policy for table "order"
    1 row
    "#);
}

#[tokio::test]
async fn what_a_user_of_mysql_may_not_read_is_not_counted() {
    let Some(mut place) = Place::open(Dialect::Mysql).await else { return };
    let difference = with_a_null(&mut place, Dialect::Mysql).await;
    let Place::Mysql(_, database) = &place else { unreachable!() };
    let (name, url) = (database.name().to_owned(), database.url().to_owned());
    let user = format!("u{}", name.get(name.len() - 16..).unwrap());
    place.run(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'pass'")).await.unwrap();
    place.run(&format!("GRANT INSERT ON `{name}`.* TO '{user}'@'%'")).await.unwrap();
    let (_, rest) = url.split_once('@').unwrap();
    let mut reader = MySqlConnection::connect(&format!("mysql://{user}:pass@{rest}")).await.unwrap();
    let counts = count(&difference, &hazards_of_rows(&difference), &mut reader).await;
    place.run(&format!("DROP USER '{user}'@'%'")).await.unwrap();
    let [Count::NotCounted(reason)] = &counts.unwrap()[..] else { panic!("it was counted") };
    let reason = reason.replace(&user, "[user]").replace(&name, "[database]");
    // MariaDB quotes the table, with its database.
    let refused = reason.starts_with("SELECT command denied to user '[user]'@'") && reason.contains("order");
    assert!(refused, "{reason}");
}

#[tokio::test]
async fn behind_a_pooler_the_same_is_counted_and_no_setting_is_left() {
    let Some(mut place) = Place::open(Dialect::Postgres).await else { return };
    let difference = with_a_null(&mut place, Dialect::Postgres).await;
    let Place::Postgres(_, database) = &place else { unreachable!() };
    let Some(bouncer) = PgBouncer::start(database.url(), PoolMode::Transaction, 1) else { return };
    let mut pooled = PgConnection::connect(bouncer.url()).await.unwrap();
    // Each transaction of the other client can come between two of the counts.
    let mut other = PgConnection::connect(bouncer.url()).await.unwrap();
    let hazards = hazards_of_rows(&difference);
    let settings = "SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('row_security'), \
                    current_setting('transaction_read_only'), current_setting('search_path'))";
    let ask = async |connection: &mut PgConnection| -> String {
        sqlx::raw_sql(settings).fetch_one(connection).await.unwrap().get(0)
    };
    let before = ask(&mut other).await;
    for _ in 0..20 {
        let (counts, between) = tokio::join!(count(&difference, &hazards, &mut pooled), ask(&mut other));
        assert_eq!(counts.unwrap(), [Count::Rows(1)]);
        assert_eq!(between, before);
    }
    assert_eq!(ask(&mut other).await, before);
}
