//! `#[entity]`: the common columns, rows of them, and fields that replace them.

use servicekit::schema::Table;
use servicekit::sqlx::types::chrono::{DateTime, NaiveDateTime, Utc};
use servicekit::sqlx::{self, AssertSqlSafe};
use servicekit::{Dialect, Entity, Json, Model, Operations, Ulid, entity};

#[entity(comment = "who may sign in", unregistered)]
#[derive(Debug, PartialEq)]
struct Member {
    #[column(length = 50, unique)]
    name: String,
}

/// Every common field is replaced.
#[entity(unregistered)]
#[derive(Debug)]
struct Visit {
    tags: Vec<String>,
    #[column(primary_key)]
    id: VisitId,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Debug, Clone, Copy, servicekit::ColumnType)]
struct VisitId(Ulid);

impl From<&VisitId> for Ulid {
    fn from(id: &VisitId) -> Self {
        id.0
    }
}

async fn sqlite() -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    options.connect("sqlite::memory:").await.unwrap()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn member() -> Member {
    Member {
        id: Ulid::from_bytes([7; 16]),
        created_at: moment("2026-11-29T08:00:00Z"),
        updated_at: moment("2026-11-29T09:00:00Z"),
        tags: Json(vec!["first".to_owned(), "zweiter".to_owned()]),
        name: "ann".to_owned(),
    }
}

#[test]
fn the_common_columns_come_first() {
    let sql = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql].map(|dialect| {
        let mut op = Operations::default();
        let Table { name, columns, .. } = Member::table();
        op.create_table(name, columns);
        format!("-- {dialect}\n{}", op.sql(dialect).unwrap().join(";\n"))
    });
    insta::assert_snapshot!(sql.join("\n\n"));
}

#[test]
fn the_fields_are_the_entity() {
    let mut member = member();
    assert_eq!((member.id(), member.created_at()), (member.id, member.created_at));
    assert_eq!((member.updated_at(), member.tags()), (member.updated_at, member.tags.0.as_slice()));
    let before = Utc::now();
    member.touch();
    assert!(before <= member.updated_at && member.updated_at <= Utc::now());
    assert_eq!(member.created_at(), moment("2026-11-29T08:00:00Z"));
}

#[test]
fn fields_that_replace_common_ones_are_the_entity() {
    let at = moment("2026-11-29T08:00:00Z");
    let mut visit = Visit {
        id: VisitId(Ulid::from_bytes([7; 16])),
        created_at: at.naive_utc(),
        updated_at: at.naive_utc(),
        tags: vec!["a".to_owned()],
    };
    assert_eq!((visit.id(), visit.created_at(), visit.updated_at()), (visit.id.0, at, at));
    assert_eq!(visit.tags(), ["a"]);
    visit.touch();
    assert!(visit.updated_at() > at || Utc::now() < at);
    let fields: Vec<&str> = Visit::FIELDS.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, ["tags", "id", "created_at", "updated_at"]);
}

#[tokio::test]
async fn an_entity_comes_back() {
    let pool = sqlite().await;
    let mut op = Operations::default();
    op.create_table(Member::NAME, Member::table().columns);
    for sql in op.sql(Dialect::Sqlite).unwrap() {
        sqlx::query(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
    }
    let Member { id, created_at, updated_at, tags, name } = member();
    let insert = sqlx::query("INSERT INTO members VALUES (?, ?, ?, ?, ?)");
    let insert = insert.bind(id).bind(created_at).bind(updated_at).bind(tags).bind(name);
    insert.execute(&pool).await.unwrap();
    let (id, created_at, updated_at, tags, name) =
        sqlx::query_as("SELECT * FROM members").fetch_one(&pool).await.unwrap();
    assert_eq!(Member { id, created_at, updated_at, tags, name }, member());
}
