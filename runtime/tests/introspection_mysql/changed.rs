//! What the difference of two schemas says is what makes one of the other.

use crate::bench::Bench;
use crate::random::{TableDraft, schema, table};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::Dialect;
use servicekit::schema::Schema;
use std::cell::{Cell, RefCell};

/// Leads from the schema that is there to another one. `None` where no operations can be written.
async fn lead(bench: &mut Bench, from: &Schema, to: &Schema) -> Option<Result<(), TestCaseError>> {
    let difference = from.difference(to, Dialect::Mysql);
    let change = difference.plan().ok()?;
    let statements = match change.recorded().sql(Dialect::Mysql) {
        Ok(statements) => statements,
        Err(error) => return Some(Err(TestCaseError::fail(format!("{error}\n{difference}")))),
    };
    for sql in &statements {
        if let Err(error) = bench.try_run(sql).await {
            // That a column is hidden is nobody's business but the database's, which wants a default for it.
            if error.to_string().contains("Invisible column") {
                return None;
            }
            let all = statements.join(";\n");
            return Some(Err(TestCaseError::fail(format!("{error}\n{sql}\nof\n{all}\nfor\n{difference}"))));
        }
    }
    let left = bench.read().await.difference(to, Dialect::Mysql);
    let why = || TestCaseError::fail(format!("still there:\n{left}\nafter\n{}", statements.join(";\n")));
    Some(if left.is_empty() { Ok(()) } else { Err(why()) })
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(bench) = runtime.block_on(Bench::open()) else { return };
    let bench = RefCell::new(bench);
    let (planned, unplanned) = (Cell::new(0), Cell::new(0));
    let config = Config { cases: 60, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let drafts = (prop::collection::vec(table(), 1..4), any::<prop::sample::Index>(), table(), any::<bool>());
    let done = TestRunner::new(config).run(&drafts, |(drafts, place, other, is_last_gone)| {
        let bench = &mut *bench.borrow_mut();
        let mut others: Vec<TableDraft> = drafts.clone();
        let place = place.index(others.len());
        others[place] = other;
        if is_last_gone && others.len() > 1 {
            others.pop();
        }
        let (one, other) = (schema(&drafts), schema(&others));
        runtime.block_on(async {
            bench.make(&other).await;
            let to = bench.read().await;
            bench.make(&one).await;
            let from = bench.read().await;
            prop_assert!(from.difference(&from, Dialect::Mysql).is_empty());
            for (from, to) in [(&from, &to), (&to, &from)] {
                let Some(led) = lead(bench, from, to).await else {
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
