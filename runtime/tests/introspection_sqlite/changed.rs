//! What the difference of two schemas says is what makes one of the other.

use crate::random::{empty, table};
use crate::round_trip::{apply, memory, read, run};
use crate::support::{history, rust};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::diff::SchemaChange;
use servicekit::schema::Schema;
use servicekit::sqlx::SqliteConnection;
use servicekit::{Dialect, Operations};
use std::cell::{Cell, RefCell};

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

/// Leads from the schema that is there to another one, as a run does. `None` where no operations can be written.
async fn lead(
    connection: &mut SqliteConnection,
    from: &Schema,
    to: &Schema,
) -> Option<Result<(), TestCaseError>> {
    let difference = from.difference(to, Dialect::Sqlite);
    let change = difference.plan().ok()?;
    let sql = change.recorded().sql(Dialect::Sqlite);
    CHANGE.set(Some(change));
    let migrations = history(&[rust("x", &[], record, None)]);
    if let Err(error) = migrations.upgrade(&mut *connection).await {
        return Some(Err(TestCaseError::fail(format!("{error}\n{sql:#?}\nfor\n{difference}"))));
    }
    run(connection, "DROP TABLE alembic_version").await;
    run(connection, "DROP TABLE alembic_journal").await;
    let left = read(connection).await.difference(to, Dialect::Sqlite);
    let why = || TestCaseError::fail(format!("still there:\n{left}\nafter\n{sql:#?}"));
    Some(if left.is_empty() { Ok(()) } else { Err(why()) })
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let connection = RefCell::new(runtime.block_on(async {
        let mut connection = memory().await;
        run(&mut connection, "PRAGMA foreign_keys = OFF").await;
        connection
    }));
    let (planned, unplanned) = (Cell::new(0), Cell::new(0));
    let config = Config { cases: 150, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let tables = ((table(0), table(1)), (table(0), table(1)), 0_u8..4);
    let done = TestRunner::new(config).run(&tables, |((one, two), (other, three), how)| {
        let connection = &mut *connection.borrow_mut();
        let (mut from, mut to) = (Schema::default(), Schema::default());
        from.tables = vec![one.clone(), two.clone()];
        to.tables = match how {
            0 => vec![one],
            1 => vec![other, two],
            2 => vec![one, three],
            _ => vec![other, three],
        };
        runtime.block_on(async {
            empty(connection).await;
            apply(connection, &to).await;
            let to = read(connection).await;
            empty(connection).await;
            apply(connection, &from).await;
            let from = read(connection).await;
            prop_assert!(from.difference(&from, Dialect::Sqlite).is_empty());
            // What a table is made with is not changed, and a strict one has six types.
            let options = |schema: &Schema, name| {
                schema.tables.iter().find(|table| table.name == name).map(|table| table.options.clone())
            };
            for table in &from.tables {
                let other = options(&to, table.name.clone());
                prop_assume!(other.is_none_or(|other| other == table.options));
            }
            for (from, to) in [(&from, &to), (&to, &from)] {
                let Some(led) = lead(connection, from, to).await else {
                    unplanned.set(unplanned.get() + 1);
                    return Ok(());
                };
                led?;
                planned.set(planned.get() + 1);
            }
            Ok(())
        })
    });
    println!("{} changes led there, {} could not be planned", planned.get(), unplanned.get());
    done.unwrap_or_else(|error| panic!("{error}"));
}
