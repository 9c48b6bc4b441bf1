//! What the difference of two schemas says is what makes one of the other.

use crate::declared::{declared, from_models_to_models};
use crate::facts::ask;
use crate::leads::{Changeable, Counts, cases, some_renames, the_same_in_another_order, there_and_back};
use crate::random::{empty, table};
use crate::round_trip::{apply, memory, read, run};
use crate::rows::{Rows, Side};
use crate::support::{history, rust};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::diff::{Difference, SchemaChange};
use servicekit::introspection::decide;
use servicekit::schema::Schema;
use servicekit::sqlx::SqliteConnection;
use servicekit::{Dialect, Operations};
use std::cell::RefCell;

thread_local! {
    /// What the revision records, which is a function without captures.
    static CHANGE: RefCell<Option<SchemaChange>> = const { RefCell::new(None) };
}

fn record(op: &mut Operations) {
    CHANGE.with_borrow(|change| {
        for operation in change.iter().flat_map(|change| &change.operations) {
            op.push(operation.clone());
        }
    });
}

struct Database(SqliteConnection);

impl Changeable for Database {
    const DIALECT: Dialect = Dialect::Sqlite;

    async fn read(&mut self) -> Schema {
        read(&mut self.0).await
    }

    async fn make(&mut self, schema: &Schema) {
        empty(&mut self.0).await;
        apply(&mut self.0, schema).await;
    }

    async fn decide(&mut self, difference: Difference) -> Difference {
        decide(difference, &mut self.0).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// As a run does.
    async fn change(&mut self, change: SchemaChange) -> Result<bool, String> {
        CHANGE.set(Some(change));
        let migrations = history(&[rust("x", &[], record, None)]);
        migrations.upgrade(&mut self.0).await.map_err(|error| error.to_string())?;
        run(&mut self.0, "DROP TABLE alembic_version").await;
        run(&mut self.0, "DROP TABLE alembic_journal").await;
        Ok(true)
    }

    /// With foreign keys, which the rest of the test is without.
    async fn insert(&mut self, sql: &str) -> bool {
        run(&mut self.0, "PRAGMA foreign_keys = ON").await;
        let is_taken = ask(&mut self.0, sql).await.is_ok();
        run(&mut self.0, "PRAGMA foreign_keys = OFF").await;
        is_taken
    }

    async fn ask(&mut self, sql: &str) -> Vec<String> {
        ask(&mut self.0, sql).await.unwrap_or_else(|error| panic!("{error}\n{sql}"))
    }

    /// Each table of the file is compared, so it is a view, with what an insert into it does.
    async fn make_others(&mut self) {
        run(
            &mut self.0,
            "DROP VIEW IF EXISTS other_view; CREATE VIEW other_view AS SELECT  1 AS one, upper('a') AS letter; \
             CREATE TRIGGER other_trigger INSTEAD OF INSERT ON other_view BEGIN SELECT  1; END",
        )
        .await;
    }

    async fn others(&mut self) -> Vec<String> {
        ask(&mut self.0, "SELECT sql FROM sqlite_schema WHERE name LIKE 'other%'").await.unwrap()
    }
}

/// Two schemas that share some tables.
fn schemas() -> impl Strategy<Value = (Schema, Schema)> {
    // On the heap: it is too much for the stack of a test.
    let [first, second] = [0, 1].map(|number| table(number).boxed());
    let tables = ((first.clone(), second.clone()), (first, second), 0_u8..4);
    tables.prop_map(|((one, two), (other, three), how)| {
        let (mut from, mut to) = (Schema::default(), Schema::default());
        from.tables = vec![one.clone(), two.clone()];
        to.tables = match how {
            0 => vec![one],
            1 => vec![other, two],
            2 => vec![one, three],
            _ => vec![other, three],
        };
        (from, to)
    })
}

/// What a table is made with is not changed, and a strict one has six types.
fn has_same_options(from: &Schema, to: &Schema) -> bool {
    from.tables.iter().all(|table| {
        let other = to.tables.iter().find(|other| other.name == table.name);
        other.is_none_or(|other| other.options == table.options)
    })
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 60,
        max_global_rejects: cases * 8,
        ..Config::default()
    }
}

async fn database() -> Database {
    let mut connection = memory().await;
    run(&mut connection, "PRAGMA foreign_keys = OFF").await;
    Database(connection)
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = RefCell::new(runtime.block_on(database()));
    let counts = Counts::default();
    let changed = (schemas(), any::<bool>(), 0_usize..4);
    let done = TestRunner::new(config(cases(150))).run(&changed, |((from, to), renames, turn)| {
        let database = &mut *database.borrow_mut();
        runtime.block_on(async {
            database.make(&to).await;
            let renames = if renames { some_renames(&from, &to, Dialect::Sqlite) } else { Vec::new() };
            let mut rows = Rows::new(&from, &to, &renames, Dialect::Sqlite);
            let mut to = database.read().await;
            rows.put(Side::After, database).await;
            database.make(&from).await;
            let mut from = database.read().await;
            prop_assume!(has_same_options(&from, &to));
            if turn > 0 {
                // Made again, what had no name has the one of the convention.
                for schema in [&mut to, &mut from] {
                    database.make(schema).await;
                    *schema = database.read().await;
                }
                the_same_in_another_order(database, (&from, &to), turn, &counts).await?;
            }
            there_and_back(database, (&from, &to), &renames, rows, &counts).await
        })
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn models_are_reached_from_other_models_and_nothing_differs_then() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = RefCell::new(runtime.block_on(database()));
    let counts = Counts::default();
    let changed = (schemas(), any::<(bool, bool)>());
    let done = TestRunner::new(config(cases(60))).run(&changed, |((from, to), (renames, is_unnamed))| {
        prop_assume!(has_same_options(&from, &to));
        let schemas =
            if is_unnamed { [&from, &to].map(|of| declared(of, Dialect::Sqlite)) } else { [from, to] };
        let database = &mut *database.borrow_mut();
        runtime.block_on(Box::pin(from_models_to_models(
            database,
            (&schemas[0], &schemas[1]),
            renames,
            &counts,
        )))
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}
