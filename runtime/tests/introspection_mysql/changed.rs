//! What the difference of two schemas says is what makes one of the other.

use crate::bench::Bench;
use crate::declared::{declared, from_models_to_models};
use crate::leads::{Changeable, Counts, cases, some_renames, the_same_in_another_order, there_and_back};
use crate::random::{TableDraft, schema, table};
use crate::rows::{Rows, Side};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::Dialect;
use servicekit::diff::{Difference, SchemaChange};
use servicekit::introspection::decide;
use servicekit::schema::Schema;
use std::cell::RefCell;

impl Changeable for Bench {
    const DIALECT: Dialect = Dialect::Mysql;

    async fn read(&mut self) -> Schema {
        Self::read(self).await
    }

    async fn make(&mut self, schema: &Schema) {
        Self::make(self, schema).await;
    }

    async fn decide(&mut self, difference: Difference) -> Difference {
        decide(difference, &mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn change(&mut self, change: SchemaChange) -> Result<bool, String> {
        for sql in change.recorded().sql(Self::DIALECT).map_err(|error| error.to_string())? {
            let Err(error) = self.try_run(&sql).await else { continue };
            // That a column is hidden is nobody's business but the database's, which wants a default for it.
            if error.to_string().contains("Invisible column") {
                return Ok(false);
            }
            return Err(format!("{error}\n{sql}"));
        }
        Ok(true)
    }

    async fn insert(&mut self, sql: &str) -> bool {
        self.try_run(sql).await.is_ok()
    }

    async fn ask(&mut self, sql: &str) -> Vec<String> {
        Self::ask(self, sql).await
    }

    /// Each table of the database is compared, so they are a view and a procedure.
    async fn make_others(&mut self) {
        self.run("CREATE VIEW other_view AS SELECT 1 AS one, upper('a') AS letter").await;
        self.run("CREATE PROCEDURE other_procedure() SELECT 1").await;
    }

    async fn others(&mut self) -> Vec<String> {
        let mut texts = Self::ask(self, "SHOW CREATE VIEW other_view").await;
        texts.extend(Self::ask(self, "SHOW CREATE PROCEDURE other_procedure").await);
        texts
    }
}

/// Two schemas that share most tables.
fn schemas() -> impl Strategy<Value = (Schema, Schema)> {
    let drafts = (prop::collection::vec(table(), 1..4), any::<prop::sample::Index>(), table(), 0_usize..3);
    drafts.prop_map(|(drafts, place, other, gone)| {
        let mut others: Vec<TableDraft> = drafts.clone();
        let place = place.index(others.len());
        others[place] = other;
        others.truncate(others.len().saturating_sub(gone).max(1));
        (schema(&drafts), schema(&others))
    })
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() }
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(bench) = runtime.block_on(Bench::open()) else { return };
    let (bench, counts) = (RefCell::new(bench), Counts::default());
    let changed = (schemas(), any::<bool>(), 0_usize..4);
    let done = TestRunner::new(config(cases(60))).run(&changed, |((one, other), renames, turn)| {
        let bench = &mut *bench.borrow_mut();
        runtime.block_on(async {
            bench.make(&other).await;
            let to = bench.read().await;
            let renames = if renames { some_renames(&one, &other, Dialect::Mysql) } else { Vec::new() };
            let mut rows = Rows::new(&one, &other, &renames, Dialect::Mysql);
            rows.put(Side::After, bench).await;
            bench.make(&one).await;
            let from = bench.read().await;
            if turn > 0 {
                the_same_in_another_order(bench, (&from, &to), turn, &counts).await?;
            }
            there_and_back(bench, (&from, &to), &renames, rows, &counts).await
        })
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn models_are_reached_from_other_models_and_nothing_differs_then() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(bench) = runtime.block_on(Bench::open()) else { return };
    let (bench, counts) = (RefCell::new(bench), Counts::default());
    let changed = (schemas(), any::<(bool, bool)>());
    let done = TestRunner::new(config(cases(12))).run(&changed, |((from, to), (renames, is_unnamed))| {
        let schemas =
            if is_unnamed { [&from, &to].map(|of| declared(of, Dialect::Mysql)) } else { [from, to] };
        let bench = &mut *bench.borrow_mut();
        runtime.block_on(from_models_to_models(bench, (&schemas[0], &schemas[1]), renames, &counts))
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}
