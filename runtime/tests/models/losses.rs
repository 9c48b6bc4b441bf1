//! Values that do not come back as they were written: the table of the guide, row by row.

use servicekit::__private::model::column;
use servicekit::schema::{Column, Table, Type};
use servicekit::sqlx::types::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use servicekit::sqlx::types::time::{OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use servicekit::sqlx::types::{Decimal, JsonValue};
use servicekit::sqlx::{self, AssertSqlSafe, Row as _};
use servicekit::{Dialect, Operations};
use servicekit_test_servers::{mysql, postgres};
use std::fmt::Debug;

/// What becomes of a value; nothing where it comes back as it was.
fn became<T: Debug>(value: &T, read: Result<Option<T>, sqlx::Error>) -> Option<String> {
    match read {
        Ok(Some(read)) if format!("{read:?}") == format!("{value:?}") => None,
        Ok(Some(read)) => Some(format!("`{read:?}`")),
        Ok(None) => Some("null".to_owned()),
        Err(sqlx::Error::ColumnDecode { .. }) => Some("refused when it is read".to_owned()),
        Err(_) => Some("refused when it is written".to_owned()),
    }
}

/// The rows of a database in the table of the guide are these.
fn assert_told(database: &str, rows: &[String]) {
    let guide = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/models.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let told: Vec<&str> = guide.lines().filter(|line| line.contains(&format!("| {database} |"))).collect();
    assert_eq!(told, rows, "the table in `docs/guide/models.md` should be\n{}\n", rows.join("\n"));
}

/// Writes each value into a column of its own and reads it; gives a row for each that is lost.
macro_rules! losses {
    ($pool:ident, $dialect:expr, $database:literal,
     $($what:literal, $type:ty, $column:expr => [$($text:literal => $value:expr),* $(,)?];)*) => {{
        let (mut rows, mut number) = (Vec::new(), 0);
        $(
            number += 1;
            let table = format!("t{number}");
            let mut described: Column = $column;
            described.nullable = true;
            let mut op = Operations::default();
            op.create_table(table.as_str(), Table::new(table.as_str(), [described]).columns);
            for sql in op.sql($dialect).unwrap() {
                sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
            }
            $({
                let value: $type = $value;
                sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&$pool).await.unwrap();
                let insert = format!("INSERT INTO {table} VALUES ({})", $dialect.select("?", "$1", "?"));
                let written = sqlx::query(AssertSqlSafe(insert)).bind(value.clone()).execute(&$pool).await;
                let select = AssertSqlSafe(format!("SELECT v FROM {table}"));
                let read = match written {
                    Ok(_) => sqlx::query_scalar::<_, Option<$type>>(select).fetch_one(&$pool).await,
                    Err(error) => Err(error),
                };
                let became = became(&value, read);
                rows.extend(became.map(|became| format!("| {} | {} | {} | {became} |", $what, $database, $text)));
            })*
        )*
        rows
    }};
}

/// Values that one of them loses, on all of them.
macro_rules! common_losses {
    ($pool:ident, $dialect:expr, $database:literal, $($further:tt)*) => {
        losses! { $pool, $dialect, $database,
            "`f32`, `f64`", f64, column::<f64>("v") => [
                "`NaN`" => f64::NAN,
                "`inf`" => f64::INFINITY,
                "`-0.0`" => -0.0,
                "`5e-324`" => f64::from_bits(1),
            ];
            "`String`", String, column::<String>("v") => [r#"`"a\0b"`"# => "a\0b".to_owned(), "`\"a  \"`" => "a  ".to_owned()];
            "`String`, `length = 2`", String, Column::new("v", Type::Varchar(2)) => [
                "`\"ab  \"`" => "ab  ".to_owned(),
                "`\"abc\"`" => "abc".to_owned(),
            ];
            "`String`, `type = char(4)`", String, Column::new("v", Type::Char(4)) => [
                "`\"ab\"`" => "ab".to_owned(),
                "`\"ab \"`" => "ab ".to_owned(),
            ];
            "`chrono::NaiveTime`", NaiveTime, column::<NaiveTime>("v") => [
                "`12:00:00.123456789`" => read("12:00:00.123456789"),
                "`23:59:60`" => read("23:59:60"),
            ];
            "`chrono::NaiveDate`", NaiveDate, column::<NaiveDate>("v") => [
                "`-0001-01-01`" => read("-0001-01-01"),
                "`+10000-01-01`" => read("+10000-01-01"),
            ];
            "`chrono::NaiveDateTime`", NaiveDateTime, column::<NaiveDateTime>("v") => [
                "`2026-11-29T08:00:00.123456789`" => read("2026-11-29T08:00:00.123456789"),
            ];
            "`chrono::DateTime<Utc>`", DateTime<Utc>, column::<DateTime<Utc>>("v") => [
                "`2026-11-29T08:00:00.123456789Z`" => read("2026-11-29T08:00:00.123456789Z"),
                "`1960-01-01T00:00:00Z`" => read("1960-01-01T00:00:00Z"),
                "`2040-01-01T00:00:00Z`" => read("2040-01-01T00:00:00Z"),
            ];
            "`time::Time`", Time, column::<Time>("v") => [
                "`1:02:03.123456789`" => Time::from_hms_nano(1, 2, 3, 123_456_789).unwrap(),
            ];
            "`time::PrimitiveDateTime`", PrimitiveDateTime, column::<PrimitiveDateTime>("v") => [
                "`1970-01-01 0:00:00.123456789`" => primitive(123_456_789),
            ];
            "`time::OffsetDateTime`", OffsetDateTime, column::<OffsetDateTime>("v") => [
                "`1970-01-01 0:00:01.123456789 +00:00:00`" => offset(1_123_456_789),
                "`1970-01-01 2:00:01.0 +02:00:00`" => offset(1_000_000_000).to_offset(UtcOffset::from_hms(2, 0, 0).unwrap()),
                "`1960-01-01 0:00:00.0 +00:00:00`" => offset(-315_619_200_000_000_000),
            ];
            "`serde_json::Value`, `Json<…>`", JsonValue, column::<JsonValue>("v") => [
                r#"`"a\u0000b"`"# => read("\"a\\u0000b\""),
                "`1.7976931348623157e308`" => read("1.7976931348623157e308"),
                "`18446744073709551615`" => read("18446744073709551615"),
                "`1e-7`" => read("1e-7"),
                "`1.0`" => read("1.0"),
            ];
            $($further)*
        }
    };
}

fn read<T: std::str::FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn offset(nanoseconds: i128) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).unwrap()
}

fn primitive(nanoseconds: i128) -> PrimitiveDateTime {
    PrimitiveDateTime::new(offset(nanoseconds).date(), offset(nanoseconds).time())
}

#[tokio::test]
async fn the_guide_tells_what_sqlite_loses() {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect("sqlite::memory:").await.unwrap();
    let rows = common_losses! { pool, Dialect::Sqlite, "SQLite",
        "`chrono::DateTime<FixedOffset>`", DateTime<FixedOffset>, column::<DateTime<FixedOffset>>("v") => [
            "`2026-11-29T08:00:00+02:00`" => read("2026-11-29T08:00:00+02:00"),
        ];
    };
    assert_told("SQLite", &rows);
}

#[tokio::test]
async fn the_guide_tells_what_postgresql_loses() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    let rows = common_losses! { pool, Dialect::Postgres, "PostgreSQL",
        "`chrono::DateTime<FixedOffset>`", DateTime<FixedOffset>, column::<DateTime<FixedOffset>>("v") => [
            "`2026-11-29T08:00:00+02:00`" => read("2026-11-29T08:00:00+02:00"),
        ];
        "`Decimal`, `scale = 2`", Decimal, Column::new("v", Type::Numeric(12, 2)) => ["`1.005`" => read("1.005")];
        "`Decimal`", Decimal, column::<Decimal>("v") => ["`0.5`" => read("0.5"), "`1.500`" => read("1.500")];
    };
    assert_told("PostgreSQL", &rows);
    pool.close().await;
}

#[tokio::test]
async fn the_guide_tells_what_mariadb_loses() {
    let Some(server) = mysql().filter(|server| server.is_mariadb()) else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    let mut rows = common_losses! { pool, Dialect::Mysql, "MariaDB",
        "`Decimal`, `scale = 2`", Decimal, Column::new("v", Type::Numeric(12, 2)) => ["`1.005`" => read("1.005")];
    };
    // As text, which is how the answer of a statement comes that was not prepared.
    sqlx::raw_sql("CREATE TABLE singles (v FLOAT)").execute(&pool).await.unwrap();
    let insert = sqlx::query("INSERT INTO singles VALUES (?)").bind(16_777_216.0_f32);
    insert.execute(&pool).await.unwrap();
    let row = sqlx::raw_sql("SELECT v FROM singles").fetch_one(&pool).await.unwrap();
    let single: f32 = row.get(0);
    rows.push(format!("| `f32`, by `sqlx::raw_sql` | MariaDB | `16777216.0` | `{single:?}` |"));
    assert_told("MariaDB", &rows);
    pool.close().await;
}
