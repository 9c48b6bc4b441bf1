//! The largest and smallest values of every Rust type, through models that derive `FromRow`.

use servicekit::model::proof::check;
use servicekit::sqlx::types::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use servicekit::sqlx::types::uuid::fmt::{Hyphenated, Simple};
use servicekit::sqlx::types::{BigDecimal, Decimal, JsonValue, Uuid, time};
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit::{Dialect, Json, Model, Operations, Ulid, models};
use servicekit_test_servers::{mysql, postgres};
use std::str::FromStr;

/// A model with a field of each type, its rows, and how they are written and read.
macro_rules! extremes {
    ($model:ident, $pool:ty, $dialect:expr, { $($(#[$attribute:meta])* $field:ident: $type:ty = [$low:expr, $high:expr];)* }) => {
        #[derive(Debug, Clone, PartialEq, sqlx::FromRow, servicekit::Table)]
        #[table(unregistered)]
        struct $model {
            #[column(primary_key)]
            number: i32,
            $($(#[$attribute])* $field: $type,)*
        }

        impl $model {
            fn rows() -> [Self; 2] {
                [Self { number: 1, $($field: $low),* }, Self { number: 2, $($field: $high),* }]
            }

            async fn come_back_from(pool: $pool) {
                let told: Vec<String> = check(&models![Self], $dialect).iter().map(ToString::to_string).collect();
                assert_eq!(told, [""; 0]);
                let mut op = Operations::default();
                let table = Self::table();
                let placeholders: Vec<String> =
                    (1..=table.columns.len()).map(|number| placeholder($dialect, number)).collect();
                let insert = format!("INSERT INTO {} VALUES ({})", Self::NAME, placeholders.join(", "));
                op.create_table(table.name, table.columns);
                for sql in op.sql($dialect).unwrap() {
                    sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
                }
                for row in Self::rows() {
                    let insert = sqlx::query(AssertSqlSafe(insert.clone())).bind(row.number);
                    insert$(.bind(row.$field))*.execute(&pool).await.unwrap();
                }
                let all = AssertSqlSafe(format!("SELECT * FROM {} ORDER BY number", Self::NAME));
                let read: Vec<Self> = sqlx::query_as(all).fetch_all(&pool).await.unwrap();
                assert_eq!(read, Self::rows());
                println!("{}: {} columns", $dialect, Self::FIELDS.len());
                pool.close().await;
            }
        }
    };
}

/// With what every database has.
macro_rules! common_extremes {
    ($model:ident, $pool:ty, $dialect:expr, { $($further:tt)* }) => {
        extremes! { $model, $pool, $dialect, {
            truth: bool = [false, true];
            tiny: i8 = [i8::MIN, i8::MAX];
            small: i16 = [i16::MIN, i16::MAX];
            whole: i32 = [i32::MIN, i32::MAX];
            big: i64 = [i64::MIN, i64::MAX];
            single: f32 = [f32::MIN, f32::MAX];
            twice: f64 = [f64::MIN, f64::MAX];
            text: String = [String::new(), "å\u{1f600}'\\\n".repeat(999)];
            #[column(length = 4)]
            short: String = ["".to_owned(), "å\u{1f600}'7".to_owned()];
            number_as_text: Box<str> = ["007".into(), "1.0".into()];
            bytes: Vec<u8> = [Vec::new(), vec![0, 255, b'\'', b'\\']];
            nothing: Option<i64> = [None, Some(0)];
            no_text: Option<String> = [None, Some("null".to_owned())];
            day: NaiveDate = [read("0001-01-01"), read("9999-12-31")];
            clock: NaiveTime = [read("00:00:00"), read("23:59:59.999999")];
            at: NaiveDateTime = [read("1000-01-01T00:00:00"), read("9999-12-31T23:59:59.999999")];
            other_day: time::Date = [date(1), date(9999)];
            other_clock: time::Time = [time::Time::MIDNIGHT, time::Time::from_hms_micro(23, 59, 59, 999_999).unwrap()];
            other_at: time::PrimitiveDateTime = [date(1000).midnight(), date(9999).midnight()];
            uuid: Uuid = [Uuid::nil(), Uuid::max()];
            value: JsonValue = [read("\"1.0\""), read("{\"a\":[1,null,\"å\"]}")];
            list: Json<Vec<String>> = [Json(vec![]), Json(vec!["'".to_owned()])];
            no_list: Option<Json<Vec<i64>>> = [None, Some(Json(vec![i64::MIN]))];
            id: Ulid = [Ulid::from_bytes([0; 16]), Ulid::from_bytes([255; 16])];
            $($further)*
        } }
    };
}

fn read<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn date(year: i32) -> time::Date {
    time::Date::from_ordinal_date(year, 1).unwrap()
}

fn placeholder(dialect: Dialect, number: usize) -> String {
    dialect.select("?".to_owned(), format!("${number}"), "?".to_owned())
}

fn far(of: &str) -> DateTime<Utc> {
    read(of)
}

common_extremes! { OfSqlite, sqlx::SqlitePool, Dialect::Sqlite, {
    unsigned_tiny: u8 = [0, u8::MAX];
    unsigned_small: u16 = [0, u16::MAX];
    unsigned: u32 = [0, u32::MAX];
    with_hyphens: Hyphenated = [Uuid::nil().hyphenated(), Uuid::max().hyphenated()];
    without: Simple = [Uuid::nil().simple(), Uuid::max().simple()];
    moment: DateTime<Utc> = [far("0001-01-01T00:00:00Z"), far("9999-12-31T23:59:59.999999Z")];
    zoned: DateTime<FixedOffset> = [read("1000-01-01T00:00:00+14:00"), read("9999-12-31T23:59:59-11:00")];
    other_moment: time::OffsetDateTime = [date(1000).midnight().assume_utc(), date(9999).midnight().assume_utc()];
} }

common_extremes! { OfPostgres, sqlx::PgPool, Dialect::Postgres, {
    moment: DateTime<Utc> = [far("0001-01-01T00:00:00Z"), far("9999-12-31T23:59:59.999999Z")];
    zoned: DateTime<FixedOffset> = [read("1000-01-01T00:00:00+14:00"), read("9999-12-31T23:59:59-11:00")];
    other_moment: time::OffsetDateTime = [date(1000).midnight().assume_utc(), date(9999).midnight().assume_utc()];
    #[column(precision = 28, scale = 10)]
    decimal: Decimal = [Decimal::new(i64::MIN, 10), Decimal::new(i64::MAX, 10)];
    any_decimal: Decimal = [Decimal::new(-1, 28), Decimal::MAX];
    #[column(precision = 28, scale = 10)]
    large_decimal: BigDecimal = [read("-123456789012345678.0123456789"), read("999999999999999999.9999999999")];
    texts: Vec<String> = [vec![], vec!["{}".to_owned(), String::new()]];
    numbers: Vec<Option<i32>> = [vec![None, Some(i32::MIN)], vec![Some(i32::MAX)]];
    ids: Option<Vec<Ulid>> = [None, Some(vec![Ulid::from_bytes([255; 16])])];
} }

common_extremes! { OfMysql, sqlx::MySqlPool, Dialect::Mysql, {
    unsigned_tiny: u8 = [0, u8::MAX];
    unsigned_small: u16 = [0, u16::MAX];
    unsigned: u32 = [0, u32::MAX];
    unsigned_big: u64 = [0, u64::MAX];
    with_hyphens: Hyphenated = [Uuid::nil().hyphenated(), Uuid::max().hyphenated()];
    without: Simple = [Uuid::nil().simple(), Uuid::max().simple()];
    // What a `TIMESTAMP` has, see the known losses.
    moment: DateTime<Utc> = [far("1970-01-01T00:00:01Z"), far("2038-01-19T03:14:07.999999Z")];
    other_moment: time::OffsetDateTime = [date(1971).midnight().assume_utc(), date(2038).midnight().assume_utc()];
    #[column(precision = 28, scale = 10)]
    decimal: Decimal = [Decimal::new(i64::MIN, 10), Decimal::new(i64::MAX, 10)];
    #[column(precision = 28, scale = 10)]
    large_decimal: BigDecimal = [read("-123456789012345678.0123456789"), read("999999999999999999.9999999999")];
} }

#[tokio::test]
async fn extreme_rows_come_back_from_sqlite() {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    OfSqlite::come_back_from(options.connect("sqlite::memory:").await.unwrap()).await;
}

#[tokio::test]
async fn extreme_rows_come_back_from_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    OfPostgres::come_back_from(sqlx::PgPool::connect(database.url()).await.unwrap()).await;
}

#[tokio::test]
async fn extreme_rows_come_back_from_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    OfMysql::come_back_from(sqlx::MySqlPool::connect(database.url()).await.unwrap()).await;
}
