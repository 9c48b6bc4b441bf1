//! Rows as structs: models that derive sqlx's `FromRow` and `Type`, in the tables that they make themselves.

use serde::{Deserialize, Serialize};
use servicekit::model::proof::check;
use servicekit::schema::Type;
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit::{ColumnType, DbEnum, Dialect, Json, Model, Operations, Ulid, models};
use servicekit_test_servers::{mysql, postgres};

/// Every attribute of sqlx that concerns a column.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, servicekit::Table)]
#[table(unregistered)]
#[sqlx(rename_all = "camelCase")]
struct Article {
    #[column(primary_key)]
    issue_id: Ulid,
    #[sqlx(rename = "headline")]
    #[column(length = 80)]
    title: String,
    #[sqlx(try_from = "i64")]
    word_count: WordCount,
    #[sqlx(json)]
    layout: Layout,
    #[sqlx(json(nullable))]
    draft_layout: Option<Layout>,
    /// Kept by the program.
    #[sqlx(skip)]
    cache: Vec<u8>,
    #[sqlx(default)]
    under_title: Option<String>,
    #[sqlx(flatten)]
    audit: Audit,
    author: Author,
    mood: Option<Mood>,
    rank: Rank,
    state: State,
    r#type: bool,
}

/// A part with names of its own.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow, servicekit::Table)]
#[table(unregistered)]
#[sqlx(rename_all = "SCREAMING_SNAKE_CASE")]
struct Audit {
    changed_by: String,
    #[sqlx(rename = "changes")]
    changed: i32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct WordCount(u16);

impl TryFrom<i64> for WordCount {
    type Error = std::num::TryFromIntError;

    fn try_from(count: i64) -> Result<Self, Self::Error> {
        u16::try_from(count).map(Self)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Layout {
    columns: u8,
    fonts: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, sqlx::Type, ColumnType)]
#[sqlx(transparent)]
struct Author(String);

/// An enum of the database, as sqlx derives it.
#[derive(Debug, Clone, Copy, PartialEq, sqlx::Type, ColumnType)]
#[sqlx(type_name = "mood", rename_all = "kebab-case")]
enum Mood {
    Calm,
    InARush,
}

/// A number, as sqlx derives it.
#[derive(Debug, Clone, Copy, PartialEq, sqlx::Type, ColumnType)]
#[repr(i32)]
enum Rank {
    Last = -1,
    First = 1,
}

#[derive(Debug, Clone, Copy, PartialEq, DbEnum)]
#[sqlx(rename_all = "UPPERCASE")]
enum State {
    Draft,
    Printed,
}

fn articles() -> [Article; 2] {
    let layout = |columns| Layout { columns, fonts: vec!["Gill \"Sans\"".to_owned(), "å".to_owned()] };
    let first = Article {
        issue_id: Ulid::from_bytes([1; 16]),
        title: "one".to_owned(),
        word_count: WordCount(u16::MAX),
        layout: layout(2),
        draft_layout: None,
        cache: Vec::new(),
        under_title: None,
        audit: Audit { changed_by: "ann".to_owned(), changed: 3 },
        author: Author("bo".to_owned()),
        mood: Some(Mood::InARush),
        rank: Rank::Last,
        state: State::Draft,
        r#type: true,
    };
    let second = Article {
        issue_id: Ulid::from_bytes([2; 16]),
        word_count: WordCount(0),
        draft_layout: Some(layout(0)),
        under_title: Some("a story".to_owned()),
        mood: None,
        rank: Rank::First,
        state: State::Printed,
        ..first.clone()
    };
    [first, second]
}

/// The statements that create the table of a model, on PostgreSQL after the types that it needs.
fn statements<M: Model>(dialect: Dialect) -> Vec<String> {
    let mut op = Operations::default();
    let table = M::table();
    for column in &table.columns {
        if let (Dialect::Postgres, Type::Enum(of)) = (dialect, &column.data_type) {
            op.create_enum(of.clone());
        }
    }
    op.create_table(table.name, table.columns);
    op.sql(dialect).unwrap()
}

/// The names of the columns, in quotes, and as many placeholders.
fn columns_and_placeholders<M: Model>(dialect: Dialect) -> (String, String) {
    let quote = dialect.select("\"", "\"", "`");
    let columns = M::table().columns;
    let names: Vec<String> = columns.iter().map(|column| format!("{quote}{}{quote}", column.name)).collect();
    let placeholder = |number: usize| dialect.select("?".to_owned(), format!("${number}"), "?".to_owned());
    let placeholders: Vec<String> = (1..=columns.len()).map(placeholder).collect();
    (names.join(", "), placeholders.join(", "))
}

#[test]
fn the_columns_have_the_names_that_sqlx_looks_for() {
    let names: Vec<String> = Article::table().columns.into_iter().map(|column| column.name).collect();
    insta::assert_snapshot!(names.join(" "), @"
    issueId headline wordCount layout draftLayout underTitle author mood rank state type CHANGED_BY changes
    ");
    for dialect in Dialect::ALL {
        let told: Vec<String> = check(&models![Article], dialect).iter().map(ToString::to_string).collect();
        assert_eq!(told, [""; 0], "{dialect}");
    }
}

/// sqlx wants the flags of its own `ENUM`, which one that cannot be null has not.
#[derive(Debug, sqlx::FromRow, servicekit::Table)]
#[table(unregistered)]
#[allow(dead_code, reason = "no row is read")]
struct Day {
    #[column(primary_key)]
    number: i32,
    mood: Mood,
}

#[tokio::test]
async fn an_enum_of_sqlx_is_not_read_from_a_column_of_mysql_that_cannot_be_null() {
    let told = check(&models![Day], Dialect::Mysql).iter().map(ToString::to_string).collect::<Vec<_>>();
    let lines: Vec<&str> =
        told.iter().flat_map(|text| text.lines()).filter(|line| !line.contains(".rs:")).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    `Day.mood` is `Mood`, and MySQL's ENUM('calm', 'in-a-rush') is not read into that
    help: derive `servicekit::DbEnum` with `#[db_enum(native)]` in place of `sqlx::Type`, whose enum is read only from a column that can be null
    ");
    assert_eq!(check(&models![Day], Dialect::Sqlite), []);
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    for sql in statements::<Day>(Dialect::Mysql) {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    sqlx::query("INSERT INTO days VALUES (1, ?)").bind(Mood::Calm).execute(&pool).await.unwrap();
    let refused = sqlx::query_as::<_, Day>("SELECT * FROM days").fetch_one(&pool).await;
    assert!(matches!(refused.unwrap_err(), sqlx::Error::ColumnDecode { .. }));
    pool.close().await;
}

/// Writes the rows and reads them as structs: all columns, in another order, and without one that has a default.
macro_rules! rows {
    ($pool:ident, $dialect:expr) => {
        for sql in statements::<Article>($dialect) {
            sqlx::query(AssertSqlSafe(sql)).execute(&$pool).await.unwrap();
        }
        let (columns, placeholders) = columns_and_placeholders::<Article>($dialect);
        for article in articles() {
            let insert = format!("INSERT INTO articles ({columns}) VALUES ({placeholders})");
            let insert = sqlx::query(AssertSqlSafe(insert)).bind(article.issue_id).bind(article.title);
            let insert = insert.bind(i64::from(article.word_count.0)).bind(Json(article.layout));
            let insert = insert.bind(article.draft_layout.map(Json)).bind(article.under_title);
            let insert =
                insert.bind(article.author).bind(article.mood).bind(article.rank).bind(article.state);
            let insert =
                insert.bind(article.r#type).bind(article.audit.changed_by).bind(article.audit.changed);
            insert.execute(&$pool).await.unwrap();
        }
        let all = "SELECT * FROM articles ORDER BY headline, 1";
        let read: Vec<Article> = sqlx::query_as(all).fetch_all(&$pool).await.unwrap();
        assert_eq!(read, articles());

        let (mut names, quote) = (columns.split(", ").collect::<Vec<_>>(), $dialect.select("\"", "\"", "`"));
        names.reverse();
        names.retain(|name| *name != format!("{quote}underTitle{quote}"));
        let some = AssertSqlSafe(format!(
            "SELECT {} FROM articles ORDER BY headline, {quote}issueId{quote}",
            names.join(", ")
        ));
        let read: Vec<Article> = sqlx::query_as(some).fetch_all(&$pool).await.unwrap();
        assert_eq!(read, articles().map(|article| Article { under_title: None, ..article }));

        let too_many = AssertSqlSafe(format!("UPDATE articles SET {quote}wordCount{quote} = 65536"));
        sqlx::query(too_many).execute(&$pool).await.unwrap();
        let refused = sqlx::query_as::<_, Article>(all).fetch_one(&$pool).await.unwrap_err();
        assert!(matches!(refused, sqlx::Error::ColumnDecode { .. }), "{refused}");
        $pool.close().await;
    };
}

#[tokio::test]
async fn rows_of_sqlite_are_structs() {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect("sqlite::memory:").await.unwrap();
    rows!(pool, Dialect::Sqlite);
}

#[tokio::test]
async fn rows_of_postgresql_are_structs() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
    rows!(pool, Dialect::Postgres);
}

#[tokio::test]
async fn rows_of_mysql_are_structs() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let pool = sqlx::MySqlPool::connect(database.url()).await.unwrap();
    rows!(pool, Dialect::Mysql);
}

/// A struct for each way that sqlx changes the case of names.
macro_rules! cases {
    ($($model:ident = $case:literal),*) => {$(
        #[derive(Debug, PartialEq, sqlx::FromRow, servicekit::Table)]
        #[table(unregistered, name = "cases")]
        #[sqlx(rename_all = $case)]
        struct $model {
            #[column(primary_key)]
            plain: i64,
            two_words2: i64,
            r#match: i64,
            has_2_numbers: i64,
        }
    )*

    /// What `FromRow` looks for is what the table has, or it would not read the row.
    #[tokio::test]
    async fn every_case_of_names_is_that_of_sqlx() {
        let mut told = Vec::new();
        $(
            let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
            let pool = pool.connect("sqlite::memory:").await.unwrap();
            for sql in statements::<$model>(Dialect::Sqlite) {
                sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
            }
            sqlx::query("INSERT INTO cases VALUES (1, 2, 3, 4)").execute(&pool).await.unwrap();
            let read: $model = sqlx::query_as("SELECT * FROM cases").fetch_one(&pool).await.unwrap();
            assert_eq!(read, $model { plain: 1, two_words2: 2, r#match: 3, has_2_numbers: 4 });
            let columns = columns_and_placeholders::<$model>(Dialect::Sqlite).0;
            told.push(format!("{}: {columns}", $case));
        )*
        insta::assert_snapshot!(told.join("\n"));
    }
};
}

cases! {
    Lower = "lowercase", Upper = "UPPERCASE", Snake = "snake_case", Screaming = "SCREAMING_SNAKE_CASE",
    Kebab = "kebab-case", Camel = "camelCase", Pascal = "PascalCase"
}
