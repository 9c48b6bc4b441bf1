//! Enums and newtypes as columns, by their derives: the tables, and rows that are written and read.

use servicekit::model::UnknownValue;
use servicekit::model::proof::check;
use servicekit::schema::{Hints, Table};
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit::{ColumnType, DbEnum, Dialect, Model, Operations, Ulid, models};
#[cfg(feature = "introspection")]
use servicekit::{
    introspection::Introspection,
    schema::{Schema, one_of},
};
use servicekit_test_servers::{mysql, postgres};

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[sqlx(rename_all = "snake_case")]
enum State {
    New,
    #[column(renamed_from = "paid")]
    PaidInFull,
    #[sqlx(rename = "it's gone")]
    Shipped,
}

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[db_enum(native)]
enum ParcelKind {
    #[column(renamed_from = "Mail")]
    Letter,
    Crate,
}

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[repr(i16)]
enum Size {
    Small = -1,
    Large = 1 << 4,
}

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[repr(i64)]
enum Priority {
    Low = 0,
    High = i64::MAX,
}

#[derive(Debug, Clone, PartialEq, sqlx::Type, ColumnType)]
#[sqlx(transparent, type_name = "varchar(40)")]
struct Address(String);

/// Every kind of them.
#[derive(servicekit::Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "the rows are read as tuples")]
struct Parcel {
    #[column(primary_key)]
    id: Ulid,
    #[column(default = "new")]
    state: State,
    /// A reserved word of MySQL.
    before: Option<State>,
    wanted: Option<State>,
    kind: ParcelKind,
    size: Size,
    priority: Option<Priority>,
    address: Address,
}

type Row = (Ulid, State, Option<State>, Option<State>, ParcelKind, Size, Option<Priority>, Address);

fn rows() -> [Row; 2] {
    let address = |text: &str| Address(text.to_owned());
    let ids = [Ulid::from_bytes([0; 16]), Ulid::from_bytes([1; 16])];
    [
        (ids[0], State::New, None, None, ParcelKind::Letter, Size::Small, None, address("Oslo")),
        (
            ids[1],
            State::Shipped,
            Some(State::PaidInFull),
            Some(State::New),
            ParcelKind::Crate,
            Size::Large,
            Some(Priority::High),
            address("Rome"),
        ),
    ]
}

async fn sqlite() -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    options.connect("sqlite::memory:").await.unwrap()
}

/// The statements that create the table, and on PostgreSQL the type before it.
fn statements(dialect: Dialect) -> Vec<String> {
    let mut op = Operations::default();
    if let (Dialect::Postgres, servicekit::schema::Type::Enum(of)) = (dialect, ParcelKind::column_type()) {
        op.create_enum(of);
    }
    let Table { name, columns, .. } = Parcel::table();
    op.create_table(name, columns);
    op.sql(dialect).unwrap()
}

/// What the database should be found to have.
#[cfg(feature = "introspection")]
fn schema(dialect: Dialect) -> Schema {
    let mut schema = Schema::default();
    let mut table = Parcel::table();
    for column in &mut table.columns {
        // SQLite has no enums: such a column is a text with a check.
        if let (Dialect::Sqlite, servicekit::schema::Type::Enum(of)) = (dialect, &column.data_type) {
            column.checks.push(servicekit::schema::check(one_of(&column.name, of.values.clone())));
            column.data_type = servicekit::schema::Type::Text;
        }
    }
    schema.tables.push(table);
    if let (Dialect::Postgres, servicekit::schema::Type::Enum(of)) = (dialect, ParcelKind::column_type()) {
        schema.enums.push(of);
    }
    schema
}

#[test]
fn former_names_of_values_are_hints_of_each_column() {
    let hints = models![Parcel].hints();
    let expected = Hints::default()
        .value_renamed_from("state", "paid_in_full", "paid")
        .value_renamed_from("before", "paid_in_full", "paid")
        .value_renamed_from("wanted", "paid_in_full", "paid")
        .value_renamed_from("kind", "Letter", "Mail");
    assert_eq!(hints, [("parcels".into(), expected)]);
}

#[test]
fn each_kind_of_enum_has_its_column() {
    let sql = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql]
        .map(|dialect| format!("-- {dialect}\n{}", statements(dialect).join(";\n")));
    insta::assert_snapshot!(sql.join("\n\n"));
}

#[test]
fn enums_are_read_from_their_columns() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql] {
        let told: Vec<String> = check(&models![Parcel], dialect).iter().map(ToString::to_string).collect();
        assert_eq!(told, [""; 0], "{dialect}");
    }
}

/// Writes the rows and reads them; a text that is none of the list is refused.
macro_rules! round_trip {
    ($pool:ident, $dialect:expr, $placeholders:literal) => {
        for sql in statements($dialect) {
            sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
        }
        for (id, state, before, wanted, kind, size, priority, address) in rows() {
            let insert = sqlx::query(concat!("INSERT INTO parcels VALUES (", $placeholders, ")"));
            let insert = insert.bind(id).bind(state).bind(before).bind(wanted).bind(kind).bind(size);
            insert.bind(priority).bind(address).execute(&$pool).await.unwrap();
        }
        let read: Vec<Row> =
            sqlx::query_as("SELECT * FROM parcels ORDER BY id").fetch_all(&$pool).await.unwrap();
        assert_eq!(read, rows());
        let quote = $dialect.select("\"", "\"", "`");
        let before = format!("{quote}before{quote} = 'lost'");
        for wrong in
            ["state = 'lost'", &before, "wanted = 'lost'", "kind = 'lost'", "size = 3", "priority = 3"]
        {
            let update = AssertSqlSafe(format!("UPDATE parcels SET {wrong}"));
            assert!(sqlx::query(update).execute(&$pool).await.is_err(), "{wrong}");
        }
        #[cfg(feature = "introspection")]
        {
            let left = Introspection::new().compare(&schema($dialect), &$pool).await.unwrap();
            assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
        }
    };
}

#[tokio::test]
async fn enums_come_back_from_sqlite() {
    let pool = sqlite().await;
    round_trip!(pool, Dialect::Sqlite, "?, ?, ?, ?, ?, ?, ?, ?");
}

#[tokio::test]
async fn enums_come_back_from_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    round_trip!(pool, Dialect::Postgres, "$1, $2, $3, $4, $5, $6, $7, $8");
    pool.close().await;
}

#[tokio::test]
async fn enums_come_back_from_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    round_trip!(pool, Dialect::Mysql, "?, ?, ?, ?, ?, ?, ?, ?");
    pool.close().await;
}

#[tokio::test]
async fn lists_of_enums_come_back_from_postgresql() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    let mut op = Operations::default();
    if let servicekit::schema::Type::Enum(of) = ParcelKind::column_type() {
        op.create_enum(of);
    }
    let column = servicekit::__private::model::column::<Vec<State>>("states");
    let kinds = servicekit::__private::model::column::<Vec<ParcelKind>>("kinds");
    let sizes = servicekit::__private::model::column::<Option<Vec<Size>>>("sizes");
    op.create_table("lists", [column, kinds, sizes]);
    for sql in op.sql(Dialect::Postgres).unwrap() {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let states = vec![State::Shipped, State::New];
    let kinds = vec![ParcelKind::Crate];
    let sizes = Some(vec![Size::Large, Size::Small]);
    let insert = sqlx::query("INSERT INTO lists VALUES ($1, $2, $3)");
    insert.bind(states.clone()).bind(kinds.clone()).bind(sizes.clone()).execute(&pool).await.unwrap();
    let read: (Vec<State>, Vec<ParcelKind>, Option<Vec<Size>>) =
        sqlx::query_as("SELECT * FROM lists").fetch_one(&pool).await.unwrap();
    assert_eq!(read, (states, kinds, sizes));
    pool.close().await;
}

/// A newer version of the program may have written it.
#[tokio::test]
async fn a_value_without_a_variant_is_told() {
    let pool = sqlite().await;
    let text = sqlx::query_scalar::<_, State>("SELECT 'lost' AS state").fetch_one(&pool).await.unwrap_err();
    let number = sqlx::query_scalar::<_, Size>("SELECT 3 AS size").fetch_one(&pool).await.unwrap_err();
    for error in [&text, &number] {
        let sqlx::Error::ColumnDecode { source, .. } = error else { panic!("{error}") };
        assert!(source.is::<UnknownValue>());
    }
    insta::assert_snapshot!(format!("{text}\n\n{number}"));
}
