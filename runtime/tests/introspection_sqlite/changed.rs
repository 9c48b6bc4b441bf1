//! What the difference of two schemas says is what makes one of the other.

use crate::facts::ask;
use crate::leads::{Changeable, Counts, cases, some_renames, the_same_in_another_order, there_and_back};
use crate::random::{empty, table};
use crate::round_trip::{apply, memory, read, run};
use crate::rows::{Rows, Side};
use crate::support::{history, rust};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::diff::SchemaChange;
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

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = RefCell::new(runtime.block_on(async {
        let mut connection = memory().await;
        run(&mut connection, "PRAGMA foreign_keys = OFF").await;
        Database(connection)
    }));
    let counts = Counts::default();
    let config = Config {
        cases: cases(150),
        failure_persistence: None,
        max_shrink_iters: 300,
        max_global_rejects: 100_000,
        ..Config::default()
    };
    let tables = ((table(0), table(1)), (table(0), table(1)), 0_u8..4, any::<bool>(), 0_usize..4);
    let done = TestRunner::new(config).run(&tables, |((one, two), (other, three), how, renames, turn)| {
        let database = &mut *database.borrow_mut();
        let (mut from, mut to) = (Schema::default(), Schema::default());
        from.tables = vec![one.clone(), two.clone()];
        to.tables = match how {
            0 => vec![one],
            1 => vec![other, two],
            2 => vec![one, three],
            _ => vec![other, three],
        };
        runtime.block_on(async {
            let connection = &mut database.0;
            empty(connection).await;
            apply(connection, &to).await;
            let renames = if renames { some_renames(&from, &to, Dialect::Sqlite) } else { Vec::new() };
            let mut rows = Rows::new(&from, &to, &renames, Dialect::Sqlite);
            let mut to = read(connection).await;
            rows.put(Side::After, database).await;
            let connection = &mut database.0;
            empty(connection).await;
            apply(connection, &from).await;
            let mut from = read(connection).await;
            // What a table is made with is not changed, and a strict one has six types.
            let options = |schema: &Schema, name| {
                schema.tables.iter().find(|table| table.name == name).map(|table| table.options.clone())
            };
            for table in &from.tables {
                let other = options(&to, table.name.clone());
                prop_assume!(other.is_none_or(|other| other == table.options));
            }
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
