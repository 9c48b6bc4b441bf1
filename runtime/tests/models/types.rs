//! What a value becomes in the column of its type and back, and what is said of it without a server.
#![allow(clippy::float_cmp, reason = "a number comes back as it was")]

use servicekit::__private::model::column;
use servicekit::model::proof::Proof;
use servicekit::schema::{Column, Table, Type, enum_type};
use servicekit::sqlx::types::chrono::{self, DateTime, FixedOffset, Utc};
use servicekit::sqlx::types::uuid::fmt::{Hyphenated, Simple};
use servicekit::sqlx::types::{BigDecimal, Decimal, Json, JsonValue, Uuid, time};
use servicekit::sqlx::{self, AssertSqlSafe, Column as _, Row as _, TypeInfo as _, ValueRef as _};
use servicekit::{ColumnType, Dialect, Operations, Ulid};
use servicekit_test_servers::{mysql, postgres};

/// The statements that create a table of a column.
fn statements(table: &str, column: Column, dialect: Dialect) -> Vec<String> {
    let mut op = Operations::default();
    op.create_table(table, Table::new(table, [column]).columns);
    op.sql(dialect).unwrap()
}

/// Writes each value into a table of its own and reads it.
macro_rules! round_trips {
    ($pool:ident, $dialect:expr, $placeholder:literal, $($type:ty = [$($value:expr),* $(,)?];)*) => {
        let mut number = 0;
        $(
            number += 1;
            let table = format!("t{number}");
            let mut described = column::<$type>("v");
            if matches!(described.data_type, Type::UnconstrainedNumeric) {
                described.data_type = Type::Numeric(28, 10);
            }
            for sql in statements(&table, described, $dialect) {
                sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
            }
            let values: Vec<$type> = vec![$($value),*];
            for value in values {
                let name = std::any::type_name::<$type>();
                sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&$pool).await.unwrap();
                let insert = format!("INSERT INTO {table} VALUES ({})", $placeholder);
                let inserted = sqlx::query(AssertSqlSafe(insert)).bind(value.clone()).execute(&$pool).await;
                inserted.unwrap_or_else(|error| panic!("{name} {value:?}: {error}"));
                let select = AssertSqlSafe(format!("SELECT v FROM {table}"));
                let read = sqlx::query_scalar::<_, $type>(select).fetch_one(&$pool).await;
                let read = read.unwrap_or_else(|error| panic!("{name} {value:?}: {error}"));
                assert_eq!(read, value, "{name}");
            }
        )*
        println!("{}: {number} types", $dialect);
    };
}

/// What all three have.
macro_rules! common_round_trips {
    ($pool:ident, $dialect:expr, $placeholder:literal, $($further:tt)*) => {
        round_trips! { $pool, $dialect, $placeholder,
            bool = [true, false];
            i8 = [i8::MIN, i8::MAX];
            i16 = [i16::MIN, i16::MAX];
            i32 = [i32::MIN, i32::MAX];
            i64 = [i64::MIN, i64::MAX];
            f32 = [f32::MIN, f32::MAX, 0.5];
            f64 = [f64::MIN, f64::MAX, 0.1, 1.0];
            String = [String::new(), "007".to_owned(), "1.0".to_owned(), "å\u{1f600}'\\".repeat(99)];
            Vec<u8> = [Vec::new(), vec![0, 255, b'\'', b'\\']];
            Option<i64> = [None, Some(0)];
            Option<String> = [None, Some("null".to_owned())];
            Box<i32> = [Box::new(-1)];
            chrono::NaiveDate = [date(1, 1, 1), date(9999, 12, 31), date(1970, 1, 1)];
            chrono::NaiveTime = [clock(0, 0, 0, 0), clock(23, 59, 59, 999_999)];
            chrono::NaiveDateTime = [naive(0), naive(1), naive(2)];
            time::Date = [time::Date::MIN.replace_year(1).unwrap(), time::Date::MAX.replace_year(9999).unwrap()];
            time::Time = [time::Time::MIDNIGHT, time::Time::from_hms_micro(23, 59, 59, 999_999).unwrap()];
            time::PrimitiveDateTime = [primitive(0), primitive(1)];
            Uuid = [Uuid::nil(), Uuid::max()];
            JsonValue = [json("\"1.0\""), json("{\"a\":[1,null,\"å\"]}"), json("0.5")];
            Json<Vec<String>> = [Json(vec![]), Json(vec!["a".to_owned(), "'".to_owned()])];
            Option<Json<Vec<i32>>> = [None, Some(Json(vec![1]))];
            Ulid = [Ulid::from_bytes([0; 16]), Ulid::from_bytes([255; 16])];
            $($further)*
        }
    };
}

fn json(text: &str) -> JsonValue {
    text.parse().unwrap()
}

fn date(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn clock(hour: u32, minute: u32, second: u32, micro: u32) -> chrono::NaiveTime {
    chrono::NaiveTime::from_hms_micro_opt(hour, minute, second, micro).unwrap()
}

/// Before 1970, after 2038, and now; all within what every database has.
fn moment(number: usize) -> DateTime<Utc> {
    let texts = ["1000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2026-11-29T08:00:00.000001Z"];
    texts[number].parse().unwrap()
}

fn naive(number: usize) -> chrono::NaiveDateTime {
    moment(number).naive_utc()
}

fn offset(number: usize) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(moment(number * 2).timestamp()).unwrap()
}

fn primitive(number: usize) -> time::PrimitiveDateTime {
    time::PrimitiveDateTime::new(offset(number).date(), offset(number).time())
}

#[tokio::test]
async fn every_value_comes_back_from_sqlite() {
    let pool = sqlite().await;
    common_round_trips! { pool, Dialect::Sqlite, "?",
        u8 = [0, u8::MAX];
        u16 = [0, u16::MAX];
        u32 = [0, u32::MAX];
        Hyphenated = [Uuid::max().hyphenated()];
        Simple = [Uuid::max().simple()];
        DateTime<Utc> = [moment(0), moment(1), moment(2)];
        time::OffsetDateTime = [offset(0), offset(1)];
        DateTime<FixedOffset> = [moment(0).into(), moment(1).into()];
    }
}

#[tokio::test]
async fn every_value_comes_back_from_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    common_round_trips! { pool, Dialect::Postgres, "$1",
        Decimal = [Decimal::new(i64::MAX, 10), Decimal::new(-1, 10), Decimal::ZERO];
        BigDecimal = ["-123456789012345678.0123456789".parse::<BigDecimal>().unwrap()];
        DateTime<Utc> = [moment(0), moment(1), moment(2)];
        time::OffsetDateTime = [offset(0), offset(1)];
        DateTime<FixedOffset> = [moment(0).into(), moment(1).into()];
        Vec<String> = [vec![], vec!["a".to_owned(), "{}".to_owned()]];
        Vec<i64> = [vec![i64::MIN, i64::MAX]];
        Vec<Option<i32>> = [vec![None, Some(1)]];
        Vec<Ulid> = [vec![Ulid::from_bytes([255; 16])]];
        Vec<Uuid> = [vec![Uuid::max()]];
        Option<Vec<bool>> = [None, Some(vec![true])];
    }
    pool.close().await;
}

#[tokio::test]
async fn every_value_comes_back_from_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    common_round_trips! { pool, Dialect::Mysql, "?",
        u8 = [0, u8::MAX];
        u16 = [0, u16::MAX];
        u32 = [0, u32::MAX];
        u64 = [0, u64::MAX];
        DateTime<Utc> = [moment(2), "2037-12-31T23:59:59.999999Z".parse().unwrap()];
        time::OffsetDateTime = [offset(1)];
        Decimal = [Decimal::new(i64::MAX, 10), Decimal::new(-1, 10), Decimal::ZERO];
        BigDecimal = ["-123456789012345678.0123456789".parse::<BigDecimal>().unwrap()];
        Hyphenated = [Uuid::max().hyphenated()];
        Simple = [Uuid::max().simple()];
    }
    pool.close().await;
}

/// The column is a `DATETIME`, and sqlx binds a moment as a `TIMESTAMP`, of which MariaDB makes null before it stores it.
#[tokio::test]
async fn a_moment_that_mysqls_timestamp_does_not_have_is_lost_when_it_is_bound() {
    let Some(server) = mysql().filter(|server| server.is_mariadb()) else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    for sql in statements("t", column::<Option<DateTime<Utc>>>("v"), Dialect::Mysql) {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let mut told = Vec::new();
    for text in
        ["1000-01-01T00:00:00Z", "1960-01-01T00:00:00Z", "2040-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    {
        let value: DateTime<Utc> = text.parse().unwrap();
        sqlx::query("DELETE FROM t").execute(&pool).await.unwrap();
        sqlx::query("INSERT INTO t VALUES (?)").bind(value).execute(&pool).await.unwrap();
        let as_moment: Option<DateTime<Utc>> =
            sqlx::query_scalar("SELECT v FROM t").fetch_one(&pool).await.unwrap();
        sqlx::query("UPDATE t SET v = ?").bind(value.naive_utc()).execute(&pool).await.unwrap();
        let as_naive: Option<DateTime<Utc>> =
            sqlx::query_scalar("SELECT v FROM t").fetch_one(&pool).await.unwrap();
        assert_eq!(as_naive, Some(value));
        told.push(format!("{text}: {as_moment:?}"));
    }
    insta::assert_snapshot!(told.join("\n"));
    pool.close().await;
}

async fn sqlite() -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    options.connect("sqlite::memory:").await.unwrap()
}

/// Types of columns, each with a value that is read.
fn column_types(dialect: Dialect) -> Vec<(Type, &'static str)> {
    let binary = dialect.select("x'00'", "'\\x00'", "x'00'");
    let uuid = dialect.select("x'00'", "'00000000-0000-0000-0000-000000000000'", "x'00'");
    let types = vec![
        (Type::SmallInteger, "1"),
        (Type::Integer, "1"),
        (Type::BigInteger, "1"),
        (Type::UnsignedSmallInteger, "1"),
        (Type::UnsignedInteger, "1"),
        (Type::UnsignedBigInteger, "1"),
        (Type::Float, "0.5"),
        (Type::Double, "0.5"),
        (Type::Numeric(12, 2), "1"),
        (Type::Numeric(12, 3), "0.5"),
        (Type::UnconstrainedNumeric, "1"),
        (Type::Char(3), "'abc'"),
        (Type::Varchar(3), "'abc'"),
        (Type::UnconstrainedVarchar, "'abc'"),
        (Type::Text, "'abc'"),
        (Type::Boolean, "true"),
        (Type::Date, "'2026-11-29'"),
        (Type::Time, "'08:00:00'"),
        (Type::Timestamp, "'2026-11-29 08:00:00'"),
        (Type::TimestampTz, "'2026-11-29 08:00:00'"),
        (Type::Timestamp.precision(0), "'2026-11-29 08:00:00'"),
        (Type::Interval, "'1 day'"),
        (Type::Binary, binary),
        (Type::Json, "'[]'"),
        (Type::Jsonb, "'[]'"),
        (Type::Uuid, uuid),
        (Type::Ulid, "'00000000000000000000000000'"),
        (Type::Enum(enum_type("state", ["new"])), "'new'"),
        (Type::Text.array(), "'{a}'"),
        (Type::Integer.array(), "'{1}'"),
        (i8::column_type(), dialect.select("1", "'a'", "1")),
        (u8::column_type(), "1"),
    ];
    // What a database has not is told by the operation.
    types.into_iter().filter(|(data_type, _)| is_known(data_type, dialect)).collect()
}

fn is_known(data_type: &Type, dialect: Dialect) -> bool {
    let mut op = Operations::default();
    op.create_table("t", [Column::new("v", data_type.clone())]);
    op.sql(dialect).is_ok() && !(dialect != Dialect::Mysql && matches!(data_type, Type::Enum(_)))
}

/// For each Rust type: its name, what is said without a server, and what sqlx says of a type that a server has reported.
macro_rules! rust_types {
    ($database:ty: $($type:ty),* $(,)?) => {
        vec![$((
            stringify!($type),
            {
                let mut proof = Proof::default();
                proof.column::<$type>("M", "v", "v");
                proof
            },
            <$type as sqlx::Type<$database>>::compatible as fn(&<$database as sqlx::Database>::TypeInfo) -> bool,
        )),*]
    };
    (common $database:ty: $($further:ty),* $(,)?) => {
        rust_types!($database: bool, i8, i16, i32, i64, f32, f64, String, Vec<u8>, Ulid, Option<i64>,
            chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime, DateTime<Utc>, DateTime<chrono::Local>,
            time::Date, time::Time, time::PrimitiveDateTime, time::OffsetDateTime, Uuid, JsonValue, Json<Vec<i32>>,
            $($further),*)
    };
}

/// Compares what is said without a server with what sqlx says of what the server reports; gives the differences.
macro_rules! differences {
    ($pool:ident, $dialect:expr, $rust_types:expr) => {{
        let rust_types = $rust_types;
        let (mut pairs, mut differences) = (0, Vec::new());
        for (number, (data_type, value)) in column_types($dialect).into_iter().enumerate() {
            let table = format!("t{number}");
            let mut sql = statements(&table, Column::new("v", data_type.clone()), $dialect);
            sql.push(format!("INSERT INTO {table} VALUES ({value})"));
            for sql in sql {
                sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
            }
            let select = AssertSqlSafe(format!("SELECT v FROM {table}"));
            let row = sqlx::query(select).fetch_one(&$pool).await.unwrap();
            let value = row.try_get_raw(0).unwrap();
            let reported = value.type_info();
            for (rust, proof, compatible) in &rust_types {
                let Some(said) = proof.reads("v", &data_type, $dialect) else { continue };
                pairs += 1;
                if said != compatible(&reported) {
                    let name = row.columns()[0].type_info().name().to_owned();
                    differences.push(format!("{data_type} ({name}) as {rust}: said {said}"));
                }
            }
        }
        println!("{}: {pairs} pairs, {} differences", $dialect, differences.len());
        assert!(pairs > 400, "{pairs}");
        differences.join("\n")
    }};
}

#[tokio::test]
async fn what_is_said_of_sqlite_is_what_its_values_are() {
    let pool = sqlite().await;
    let rust = rust_types!(common sqlx::Sqlite: u8, u16, u32, Hyphenated, Simple, DateTime<FixedOffset>);
    // A number with a fraction and one without have different storage classes in one column.
    insta::assert_snapshot!(differences!(pool, Dialect::Sqlite, rust));
}

#[tokio::test]
async fn what_is_said_of_postgresql_is_what_it_reports() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    let rust = rust_types!(common sqlx::Postgres: Decimal, BigDecimal, DateTime<FixedOffset>, Vec<String>, Vec<i32>, Vec<Ulid>);
    insta::assert_snapshot!(differences!(pool, Dialect::Postgres, rust));
    pool.close().await;
}

#[tokio::test]
async fn what_is_said_of_mariadb_is_what_it_reports() {
    let Some(server) = mysql().filter(|server| server.is_mariadb()) else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    let rust = rust_types!(common sqlx::MySql: u8, u16, u32, u64, Decimal, BigDecimal, Hyphenated, Simple);
    // MySQL's JSON is no text for sqlx; MariaDB's is one.
    insta::assert_snapshot!(differences!(pool, Dialect::Mysql, rust));
    pool.close().await;
}
