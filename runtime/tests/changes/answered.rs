//! Renames and values for rows that have none, on rows that are there.

use crate::database::Place;
use servicekit::Dialect;
use servicekit::diff::{Backfill, Rename};
use servicekit::revision::*;
use servicekit::schema::Schema;

const BEFORE: &str = "
CREATE TABLE clients (id INTEGER NOT NULL PRIMARY KEY, mail VARCHAR(40), a INTEGER, b INTEGER, CONSTRAINT ck_clients_a CHECK (a > 0));
CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, client INTEGER,
    CONSTRAINT fk_notes_client FOREIGN KEY (client) REFERENCES clients (id));
CREATE INDEX ix_clients_mail ON clients (mail);
INSERT INTO clients VALUES (1, 'one', 11, 12), (2, NULL, 21, 22);
INSERT INTO notes VALUES (7, 2);";

fn goal() -> Schema {
    let mut schema = Schema::default();
    schema.tables.push(
        Table::new(
            "users",
            [
                integer("key").primary_key(),
                string("email", 40).not_null(),
                integer("a"),
                integer("b"),
                string("country", 2).not_null(),
                string("slug", 40).not_null(),
            ],
        )
        .with(check("b > 0").name("ck_clients_a"))
        .with(unique(["slug"]).name("uq_users_slug"))
        .with(index([key("email")]).name("ix_clients_mail")),
    );
    schema.tables.push(
        Table::new("notes", [integer("id").primary_key(), integer("client")])
            .with(foreign_key(["client"], "users", ["key"]).name("fk_notes_client")),
    );
    schema
}

async fn rows_stay_and_get_values(dialect: Dialect) {
    let Some(mut place) = Place::open(dialect).await else { return };
    place.run(BEFORE).await.unwrap();
    let (from, to) = (place.read().await, goal());
    let renames = [
        Rename::table("clients", "users"),
        Rename::column("users", "id", "key"),
        Rename::column("users", "mail", "email"),
        Rename::column("users", "a", "b"),
        Rename::column("users", "b", "a"),
    ];
    let slug = dialect.select("'x' || \"key\"", "'x' || \"key\"", "CONCAT('x', `key`)");
    let difference = from
        .difference_with(&to, dialect, &renames)
        .unwrap()
        .with_backfills([
            Backfill::new("users", "email", "none"),
            Backfill::new("users", "country", "NO"),
            Backfill::new("users", "slug", sql(slug)),
        ])
        .unwrap();
    let before = "SELECT id, a, b FROM clients ORDER BY id";
    let old = place.rows(before).await;
    place.change(difference.plan().unwrap().recorded()).await.unwrap();
    let left = place.read().await.difference(&to, dialect);
    assert!(left.is_empty(), "{left}");
    let quote = dialect.select("\"key\"", "\"key\"", "`key`");
    let new = place.rows(&format!("SELECT {quote}, email, b, a, country, slug FROM users ORDER BY 1")).await;
    let text = |row: &[&str]| row.iter().map(|value| Some((*value).to_owned())).collect::<Vec<_>>();
    assert_eq!(
        new,
        [text(&["1", "one", "11", "12", "NO", "x1"]), text(&["2", "none", "21", "22", "NO", "x2"])]
    );
    assert_eq!(place.rows("SELECT client FROM notes").await, [text(&["2"])]);

    place.change(difference.reversed().plan().unwrap().recorded()).await.unwrap();
    let left = place.read().await.difference(&from, dialect);
    assert!(left.is_empty(), "{left}");
    assert_eq!(place.rows(before).await, old);
}

#[tokio::test]
async fn rows_stay_and_get_values_on_sqlite() {
    rows_stay_and_get_values(Dialect::Sqlite).await;
}

#[tokio::test]
async fn rows_stay_and_get_values_on_postgres() {
    rows_stay_and_get_values(Dialect::Postgres).await;
}

#[tokio::test]
async fn rows_stay_and_get_values_on_mysql() {
    rows_stay_and_get_values(Dialect::Mysql).await;
}
