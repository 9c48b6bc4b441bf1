//! Values of enums that get another name: rows, defaults and other columns of the enum follow, there and back.

use crate::database::Place;
use crate::place::on;
use servicekit::Dialect;
use servicekit::diff::{Difference, Rename};
use servicekit::introspection::decide;
use servicekit::revision::*;
use servicekit::schema::{Hints, Schema, TableName};

/// How a model keeps its enum.
#[derive(Debug, Clone, Copy)]
enum Kept {
    /// An enum type where there is one.
    Native,
    /// A text with a check.
    Text,
}

impl Kept {
    fn column(self, name: &str, values: &[&str]) -> Column {
        match self {
            Self::Native => enumeration(name, enum_type("mood", values.iter().copied())),
            Self::Text => {
                let longest = values.iter().map(|value| value.len()).max().unwrap();
                string(name, u32::try_from(longest).unwrap()).one_of(values)
            }
        }
    }

    fn schema(self, [tasks, mood]: [&str; 2], values: &[&str], default: &str) -> Schema {
        let mut schema = Schema::default();
        let column = self.column(mood, values).not_null().default(default);
        let other = self.column("other", values).comment("of 'sad' people");
        schema.tables.push(
            Table::new(tasks, [integer("id").primary_key(), column, text("note")])
                .with(index([key(mood)]).name("ix_mood")),
        );
        schema.tables.push(Table::new("notes", [integer("id").primary_key(), other]));
        if matches!(self, Self::Native) {
            schema.enums.push(enum_type("mood", values.iter().copied()));
        }
        schema
    }
}

const BEFORE: [&str; 3] = ["glad", "sad", "it's"];

/// Makes the schema of models in an empty database.
async fn made(place: &mut Place, schema: &Schema, dialect: Dialect) -> Schema {
    let created = Schema::default().difference(schema, dialect).plan().unwrap();
    place.change(created.recorded()).await.unwrap();
    place.read().await
}

async fn compared(
    place: &mut Place,
    models: &Schema,
    hints: &[(TableName, Hints)],
    dialect: Dialect,
) -> Difference {
    let actual = place.read().await;
    let mut renames = actual.renames(models, hints, dialect).unwrap();
    renames.extend(actual.value_renames(models, hints, &renames, dialect));
    let difference = actual.difference_with(models, dialect, &renames).unwrap();
    on!(place, connection => decide(difference, connection).await).unwrap()
}

fn hints(tasks: &str, mood: &str) -> [(TableName, Hints); 2] {
    let named = |hints: Hints, column| {
        hints.value_renamed_from(column, "quite gloomy", "sad").value_renamed_from(column, "its", "it's")
    };
    let mut of_tasks = Hints::default();
    if tasks != "tasks" {
        of_tasks = of_tasks.renamed_from("tasks");
    }
    if mood != "mood" {
        of_tasks = of_tasks.column_renamed_from(mood, "mood");
    }
    [(tasks.into(), named(of_tasks, mood)), ("notes".into(), named(Hints::default(), "other"))]
}

fn arrows(difference: &Difference) -> Vec<String> {
    difference.to_string().lines().filter(|line| line.starts_with('→')).map(str::to_owned).collect()
}

/// Renames two values, with another one that comes, and all names too if they are others.
async fn rows_keep_their_values(dialect: Dialect, kept: Kept, [tasks, mood]: [&str; 2]) {
    let Some(mut place) = Place::open(dialect).await else { return };
    let before = made(&mut place, &kept.schema(["tasks", "mood"], &BEFORE, "sad"), dialect).await;
    place
        .run(
            "INSERT INTO tasks (id, mood) VALUES (1, 'glad'), (2, 'sad'), (3, 'it''s');
             INSERT INTO tasks (id) VALUES (4);
             INSERT INTO notes VALUES (1, 'sad'), (2, NULL), (3, 'glad')",
        )
        .await
        .unwrap();
    let after = kept.schema([tasks, mood], &["glad", "quite gloomy", "its", "new"], "quite gloomy");
    let hints = hints(tasks, mood);
    let difference = compared(&mut place, &after, &hints, dialect).await;
    let counts = place.counts(&difference).await;
    assert!(counts.iter().all(|count| count.to_string().starts_with("0 ")), "{counts:?}\n{difference}");

    let renames = 4 + usize::from(tasks != "tasks") + usize::from(mood != "mood");
    assert_eq!(arrows(&difference).len(), renames, "{difference}");

    let old = place.rows("SELECT id, mood, note FROM tasks ORDER BY id").await;
    let text =
        |values: &[&str]| values.iter().map(|value| vec![Some((*value).to_owned())]).collect::<Vec<_>>();
    let change = difference.plan().unwrap().recorded();
    let statements = change.sql(dialect);
    place.change(change).await.unwrap_or_else(|error| panic!("{error}\n{statements:#?}"));
    assert_eq!(
        place.rows(&format!("SELECT {mood} FROM {tasks} ORDER BY id")).await,
        text(&["glad", "quite gloomy", "its", "quite gloomy"])
    );
    assert_eq!(
        place.rows("SELECT other FROM notes WHERE other IS NOT NULL ORDER BY id").await,
        text(&["quite gloomy", "glad"])
    );
    place.run(&format!("INSERT INTO {tasks} (id) VALUES (5)")).await.unwrap();
    assert_eq!(
        place.rows(&format!("SELECT {mood} FROM {tasks} WHERE id = 5")).await,
        text(&["quite gloomy"])
    );
    assert!(place.run(&format!("INSERT INTO {tasks} (id, {mood}) VALUES (6, 'sad')")).await.is_err());
    // The hints have no effect any more.
    let left = compared(&mut place, &after, &hints, dialect).await;
    assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);

    place.run(&format!("DELETE FROM {tasks} WHERE id = 5")).await.unwrap();
    let back = difference.reversed().plan().unwrap().recorded();
    let statements = back.sql(dialect);
    place.change(back).await.unwrap_or_else(|error| panic!("{error}\n{statements:#?}"));
    let left = compared(&mut place, &before, &[], dialect).await;
    assert!(left.is_empty() && left.untold.is_empty(), "{left}\n{:?}", left.untold);
    assert_eq!(place.rows("SELECT id, mood, note FROM tasks ORDER BY id").await, old);
    assert_eq!(
        place.rows("SELECT other FROM notes WHERE other IS NOT NULL ORDER BY id").await,
        text(&["sad", "glad"])
    );
    let again = compared(&mut place, &after, &hints, dialect).await;
    assert_eq!(arrows(&again), arrows(&difference));
}

async fn in_every_way(dialect: Dialect) {
    for kept in [Kept::Native, Kept::Text] {
        for names in [["tasks", "mood"], ["jobs", "feeling"]] {
            rows_keep_their_values(dialect, kept, names).await;
        }
    }
}

#[tokio::test]
async fn rows_keep_their_values_on_sqlite() {
    in_every_way(Dialect::Sqlite).await;
}

#[tokio::test]
async fn rows_keep_their_values_on_postgres() {
    in_every_way(Dialect::Postgres).await;
}

#[tokio::test]
async fn rows_keep_their_values_on_mysql() {
    in_every_way(Dialect::Mysql).await;
}

/// A former value that was never there, and one that is still there, have no effect: the database refuses rows, or takes all.
async fn a_wrong_hint_loses_nothing(dialect: Dialect) {
    let Some(mut place) = Place::open(dialect).await else { return };
    for kept in [Kept::Native, Kept::Text] {
        place.empty().await;
        made(&mut place, &kept.schema(["tasks", "mood"], &BEFORE, "sad"), dialect).await;
        place.run("INSERT INTO tasks (id, mood) VALUES (1, 'glad'), (2, 'sad')").await.unwrap();
        let after = kept.schema(["tasks", "mood"], &["glad", "gloomy", "it's"], "glad");
        let hints =
            |before: &str| [("tasks".into(), Hints::default().value_renamed_from("mood", "gloomy", before))];
        for wrong in ["mad", "glad", "gloomy"] {
            let difference = compared(&mut place, &after, &hints(wrong), dialect).await;
            assert!(!difference.to_string().contains('→'), "{difference}");
            place.change(difference.plan().unwrap().recorded()).await.unwrap_err();
            let rows = place.rows("SELECT mood FROM tasks ORDER BY id").await;
            assert_eq!(rows, ["glad", "sad"].map(|value| [Some(value.to_owned())]));
        }
        let ask = |rename: Rename| {
            place_schema(kept).difference_with(&after, dialect, &[rename]).unwrap_err().to_string()
        };
        assert!(
            ask(Rename::value("tasks", "mood", "mad", "gloomy")).contains("there is no mad of tasks.mood")
        );
    }
}

fn place_schema(kept: Kept) -> Schema {
    kept.schema(["tasks", "mood"], &BEFORE, "sad")
}

#[tokio::test]
async fn a_wrong_hint_loses_nothing_on_any_database() {
    for dialect in Dialect::ALL {
        a_wrong_hint_loses_nothing(dialect).await;
    }
}
