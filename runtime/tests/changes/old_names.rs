//! A new table that has the name which another one loses, with parts that are called as those of the other one are.

use crate::database::Place;
use crate::place::on;
use servicekit::Dialect;
use servicekit::diff::{Difference, Rename};
use servicekit::introspection::decide;
use servicekit::revision::*;
use servicekit::schema::Schema;

fn users(name: &str, column: &str) -> Table {
    Table::new(
        name,
        [
            integer("id").primary_key(),
            string(column, 40).not_null().unique(),
            integer("age").check("age > 0").indexed(),
            integer("boss").references(name, "id"),
        ],
    )
}

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    let mut schema = Schema::default();
    schema.tables.extend(tables);
    schema
}

async fn compared(place: &mut Place, models: &Schema, renames: &[Rename], dialect: Dialect) -> Difference {
    let difference = place.read().await.difference_with(models, dialect, renames).unwrap();
    on!(place, connection => decide(difference, connection).await).unwrap()
}

async fn change(place: &mut Place, difference: &Difference) {
    let change = difference.plan().unwrap_or_else(|error| panic!("{error}")).recorded();
    let statements = change.sql(difference.dialect);
    place.change(change).await.unwrap_or_else(|error| panic!("{error}\n{statements:#?}\nfor\n{difference}"));
}

/// With a column that is renamed too, and the new table in the same revision or in the next one.
async fn the_old_name_can_be_taken(dialect: Dialect, at_once: bool) {
    let Some(mut place) = Place::open(dialect).await else { return };
    let before = schema([users("users", "mail")]);
    let created = Schema::default().difference(&before, dialect);
    change(&mut place, &created).await;
    place.run("INSERT INTO users VALUES (1, 'one', 20, NULL), (2, 'two', 30, 1)").await.unwrap();
    let start = place.read().await;
    let renames = [Rename::table("users", "people"), Rename::column("people", "mail", "email")];
    let people = schema([users("people", "email")]);
    let both = schema([users("people", "email"), users("users", "mail")]);
    let mut done = Vec::new();
    if !at_once {
        let first = compared(&mut place, &people, &renames, dialect).await;
        assert_eq!(first.facts.len(), 2, "{first}");
        change(&mut place, &first).await;
        done.push(first);
    }
    let renames: &[Rename] = if at_once { &renames } else { &[] };
    let added = compared(&mut place, &both, renames, dialect).await;
    change(&mut place, &added).await;
    let left = compared(&mut place, &both, &[], dialect).await;
    assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
    place.run("INSERT INTO users VALUES (1, 'one', 20, NULL)").await.unwrap();
    let rows = place.rows("SELECT email FROM people ORDER BY email").await;
    assert_eq!(rows, ["one", "two"].map(|text| [Some(text.to_owned())]));
    done.push(added);
    for difference in done.iter().rev() {
        change(&mut place, &difference.reversed()).await;
    }
    // Every name is the one that it was.
    let left = place.read().await.difference(&start, dialect);
    assert!(left.is_empty(), "{left}");
    assert_eq!(place.rows("SELECT mail FROM users ORDER BY mail").await, rows);
}

#[tokio::test]
async fn the_old_name_of_a_table_can_be_taken_on_sqlite() {
    the_old_name_can_be_taken(Dialect::Sqlite, true).await;
    the_old_name_can_be_taken(Dialect::Sqlite, false).await;
}

#[tokio::test]
async fn the_old_name_of_a_table_can_be_taken_on_postgres() {
    the_old_name_can_be_taken(Dialect::Postgres, true).await;
    the_old_name_can_be_taken(Dialect::Postgres, false).await;
}

#[tokio::test]
async fn the_old_name_of_a_table_can_be_taken_on_mysql() {
    the_old_name_can_be_taken(Dialect::Mysql, true).await;
    the_old_name_can_be_taken(Dialect::Mysql, false).await;
}
