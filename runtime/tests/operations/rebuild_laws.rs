//! Random tables, random rows, random changes: every row and every object that should survive survives.
#![allow(clippy::format_push_string, reason = "a script is put together")]

use crate::support::{history, rust};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use servicekit::operation::Recreate;
use servicekit::revision::*;
use servicekit::sqlx::{self, AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use std::cell::RefCell;

const NAMES: [&str; 7] = ["name", "Order", "a b", "q\"x", "it's", "ü,(", "check"];

/// What the rows of a table are known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Nothing,
    Integer,
    Counted,
    WithoutRowid,
}

#[derive(Clone, Debug)]
struct Col {
    name: &'static str,
    data_type: &'static str,
    clause: &'static str,
}

#[derive(Clone, Debug)]
struct Scene {
    key: Key,
    strict: bool,
    columns: Vec<Col>,
    rows: Vec<Vec<i64>>,
    index: Option<usize>,
    changes: Vec<Change>,
    recreate: Recreate,
}

#[derive(Clone, Debug)]
enum Change {
    Default(usize, i64),
    NoDefault(usize),
    NotNull(usize),
    Nullable(usize),
    Type(usize),
    Comment(usize),
    Drop(usize),
    Add(&'static str, i64),
    Check(usize),
}

fn column() -> impl Strategy<Value = (&'static str, &'static str)> {
    let clauses = [
        "",
        "NOT NULL",
        "DEFAULT 7",
        "NOT NULL ON CONFLICT FAIL DEFAULT (1 + 1)",
        "CONSTRAINT \"a check\" CHECK (1)",
        "COLLATE NOCASE /* told */",
    ];
    (select(vec!["INTEGER", "TEXT", "BLOB", "ANY"]), select(clauses.to_vec()))
}

fn change(columns: usize) -> impl Strategy<Value = Change> {
    let at = 0..columns;
    prop_oneof![
        (at.clone(), any::<i64>()).prop_map(|(at, value)| Change::Default(at, value)),
        at.clone().prop_map(Change::NoDefault),
        at.clone().prop_map(Change::NotNull),
        at.clone().prop_map(Change::Nullable),
        at.clone().prop_map(Change::Type),
        at.clone().prop_map(Change::Comment),
        at.clone().prop_map(Change::Drop),
        at.prop_map(Change::Check),
        (select(vec!["new", "New \"one\""]), -5_i64..5).prop_map(|(name, value)| Change::Add(name, value)),
    ]
}

fn scene() -> impl Strategy<Value = Scene> {
    let names = subsequence(NAMES.to_vec(), 2..5);
    let key = select(vec![Key::Nothing, Key::Integer, Key::Counted, Key::WithoutRowid]);
    (names, key, any::<bool>()).prop_flat_map(|(names, key, strict)| {
        let count = names.len();
        let columns = proptest::collection::vec(column(), count);
        let rows = proptest::collection::vec(proptest::collection::vec(-9_i64..9, count), 0..12);
        let recreate = select(vec![Recreate::Auto, Recreate::Always]);
        let changes = proptest::collection::vec(change(count), 1..5);
        let index = proptest::option::of(0..count);
        (columns, rows, changes, index, recreate).prop_map(
            move |(columns, rows, changes, index, recreate)| Scene {
                key,
                strict,
                columns: names
                    .iter()
                    .zip(columns)
                    .map(|(&name, (data_type, clause))| Col { name, data_type, clause })
                    .collect(),
                rows,
                index,
                changes,
                recreate,
            },
        )
    })
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Scene {
    fn sql(&self) -> String {
        let key = match self.key {
            Key::Nothing => "id INT",
            Key::Integer => "id INTEGER CONSTRAINT \"the key\" PRIMARY KEY",
            Key::Counted => "id INTEGER PRIMARY KEY AUTOINCREMENT",
            Key::WithoutRowid => "id TEXT PRIMARY KEY",
        };
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|col| format!("  {} {} {}", quote(col.name), col.data_type, col.clause))
            .collect();
        let options = [(self.key == Key::WithoutRowid, "WITHOUT ROWID"), (self.strict, "STRICT")];
        let options: Vec<&str> = options.iter().filter(|(on, _)| *on).map(|(_, text)| *text).collect();
        let last = self.columns.last().map(|col| quote(col.name)).unwrap_or_default();
        let mut sql = format!(
            "CREATE TABLE \"the table\" ({key}, -- first\n{},\n  CHECK ({last} IS NOT 99)) {};\n",
            columns.join(",\n"),
            options.join(", ")
        );
        sql.push_str("CREATE TABLE log (line);\nCREATE VIEW seen AS SELECT id FROM [the table];\n");
        sql.push_str("CREATE TRIGGER \"tell tale\" AFTER DELETE ON \"the table\" BEGIN INSERT INTO log VALUES (old.id); END;\n");
        if matches!(self.key, Key::Integer | Key::Counted) {
            sql.push_str("CREATE TABLE child (owner INT REFERENCES `the table` (id) ON DELETE CASCADE);\n");
        }
        if let Some(col) = self.index.and_then(|at| self.columns.get(at)) {
            sql.push_str(&format!(
                "CREATE INDEX \"an index\" ON \"the table\" ({} DESC) WHERE id > 0;\n",
                quote(col.name)
            ));
        }
        for (number, row) in self.rows.iter().enumerate() {
            let values: Vec<String> = row
                .iter()
                .zip(&self.columns)
                .map(|(value, col)| match col.data_type {
                    _ if *value == 0 && !col.clause.contains("NOT NULL") => "NULL".to_owned(),
                    "TEXT" => format!("'{value}; --'"),
                    "BLOB" => format!("X'0{}'", value.abs()),
                    _ => value.to_string(),
                })
                .collect();
            let id = if self.key == Key::WithoutRowid {
                format!("'{number}'")
            } else {
                (number * 3 + 1).to_string()
            };
            sql.push_str(&format!("INSERT INTO \"the table\" VALUES ({id}, {});\n", values.join(", ")));
            if matches!(self.key, Key::Integer | Key::Counted) {
                sql.push_str(&format!("INSERT INTO child VALUES ({id});\n"));
            }
        }
        // The highest number is gone: a counter remembers it.
        sql + "DELETE FROM \"the table\" WHERE id = 10; DELETE FROM log;\n"
    }

    /// What can be changed as it is told: the index holds its column, and rows without a value need one.
    fn record(&self, op: &mut Operations) {
        op.batch_alter_table("the table", |batch| {
            batch.recreate(self.recreate);
            for change in self.sensible() {
                let name = |at: usize| self.columns[at].name;
                match change {
                    Change::Default(at, value) => drop(batch.alter_column(name(at)).set_default(value)),
                    Change::NoDefault(at) => drop(batch.alter_column(name(at)).drop_default()),
                    Change::NotNull(at) => drop(batch.alter_column(name(at)).set_not_null()),
                    Change::Nullable(at) => drop(batch.alter_column(name(at)).drop_not_null()),
                    // A word that changes nothing about the values.
                    Change::Type(at) => drop(
                        batch
                            .alter_column(name(at))
                            .set_type(Type::Custom(self.columns[at].data_type.to_lowercase())),
                    ),
                    Change::Comment(at) => drop(batch.alter_column(name(at)).set_comment("it's, (said")),
                    Change::Drop(at) => drop(batch.drop_column(name(at))),
                    Change::Add(added, value) => {
                        drop(batch.add_column(
                            Column::new(added, Type::Custom("INTEGER".into())).not_null().default(value),
                        ));
                    }
                    Change::Check(at) => drop(batch.create_check_constraint(
                        format!("ck {at}"),
                        format!("{} IS NOT 'never'", quote(name(at))),
                    )),
                }
            }
        });
    }

    fn sensible(&self) -> Vec<Change> {
        let (mut gone, mut added, mut checked) = (Vec::new(), false, Vec::new());
        let has_null = |at: usize| self.rows.iter().any(|row| row[at] == 0);
        let last = self.columns.len() - 1;
        self.changes
            .iter()
            .filter(|change| match **change {
                Change::Default(at, _)
                | Change::NoDefault(at)
                | Change::Nullable(at)
                | Change::Type(at)
                | Change::Comment(at) => !gone.contains(&at),
                Change::NotNull(at) => !gone.contains(&at) && !has_null(at),
                Change::Drop(at) => {
                    let can =
                        !gone.contains(&at) && !checked.contains(&at) && Some(at) != self.index && at != last;
                    gone.extend(can.then_some(at));
                    can
                }
                Change::Add(..) => !std::mem::replace(&mut added, true),
                Change::Check(at) => {
                    let can = !gone.contains(&at) && !checked.contains(&at);
                    checked.extend(can.then_some(at));
                    can
                }
            })
            .cloned()
            .collect()
    }

    /// A question for the rows as they should be before and after.
    fn questions(&self) -> (String, String) {
        let changes = self.sensible();
        let is_gone = |at: usize| {
            changes.iter().any(|change| matches!(change, Change::Drop(dropped) if *dropped == at))
        };
        let number = if self.key == Key::WithoutRowid { "''" } else { "rowid" };
        let kept = self.columns.iter().enumerate().filter(|(at, _)| !is_gone(*at));
        let kept: Vec<String> = kept.map(|(_, col)| format!("quote({})", quote(col.name))).collect();
        let added = changes.iter().find_map(|change| match change {
            Change::Add(name, value) => Some((quote(name), *value)),
            _ => None,
        });
        let (before, after) = match added {
            Some((name, value)) => (format!("'{value}'"), format!("quote({name})")),
            None => ("''".to_owned(), "''".to_owned()),
        };
        let question = |last: &str| {
            format!(
                "SELECT id || '|' || {number} || '|' || {} || '|' || {last} FROM \"the table\" ORDER BY id",
                kept.join(" || '|' || ")
            )
        };
        (question(&before), question(&after))
    }
}

thread_local! {
    /// A revision is a function without captures.
    static SCENE: RefCell<Option<Scene>> = const { RefCell::new(None) };
}

fn upgrade(op: &mut Operations) {
    SCENE.with_borrow(|scene| scene.as_ref().unwrap().record(op));
}

async fn ask(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::raw_sql(AssertSqlSafe(sql))
        .fetch_all(connection)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
    rows.iter()
        .map(|row| row.try_get_unchecked::<Option<String>, _>(0).unwrap().unwrap_or_default())
        .collect()
}

async fn check(scene: Scene) {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let sql = scene.sql();
    sqlx::raw_sql(AssertSqlSafe(sql.as_str()))
        .execute(&mut connection)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
    let objects = "SELECT type || ' ' || name || ': ' || rtrim(coalesce(sql, ''), char(10)) FROM sqlite_schema \
                   WHERE name <> 'the table' AND name NOT LIKE '%sqlite%' AND tbl_name NOT LIKE 'alembic%' ORDER BY 1";
    let counter = "SELECT seq FROM sqlite_sequence WHERE name = 'the table'";
    let is_counted = scene.key == Key::Counted;
    let (before, after) = scene.questions();
    let rows = ask(&mut connection, &before).await;
    let things = ask(&mut connection, objects).await;
    let sequence = if is_counted { ask(&mut connection, counter).await } else { Vec::new() };
    let has_child = things.iter().any(|line| line.contains("child"));
    let children = "SELECT group_concat(owner) FROM child";
    let owners = if has_child { ask(&mut connection, children).await } else { Vec::new() };

    let is_nothing = scene.sensible().is_empty();
    SCENE.set(Some(scene.clone()));
    let result = history(&[rust("a", &[], upgrade, None)]).upgrade(&mut connection).await;
    if is_nothing {
        assert_eq!(result.unwrap_err().code(), "unsupported_operation");
        return;
    }
    result.unwrap_or_else(|error| panic!("{error}\n{scene:#?}"));

    let table = ask(&mut connection, "SELECT sql FROM sqlite_schema WHERE name = 'the table'").await.concat();
    assert_eq!(ask(&mut connection, &after).await, rows, "{table}");
    assert_eq!(ask(&mut connection, objects).await, things);
    assert!(
        table.contains("STRICT") == scene.strict
            && table.contains("WITHOUT ROWID") == (scene.key == Key::WithoutRowid),
        "{table}"
    );
    if is_counted {
        assert_eq!(ask(&mut connection, counter).await, sequence);
    }
    if has_child {
        assert_eq!(ask(&mut connection, children).await, owners);
    }
    assert_eq!(ask(&mut connection, "SELECT line FROM log").await, [] as [&str; 0]);
    assert_eq!(ask(&mut connection, "PRAGMA integrity_check").await, ["ok"]);
    assert_eq!(ask(&mut connection, "PRAGMA foreign_key_check").await, [] as [&str; 0]);
    assert_eq!(ask(&mut connection, "PRAGMA foreign_keys").await, ["1"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_and_every_object_survives(scene in scene()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(scene));
    }
}
