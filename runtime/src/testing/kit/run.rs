//! Running one test with a database of its own.

use super::own::{OwnDatabase, TestBackend};
use super::{Outcome, TestArgument, TestDatabaseError};
use crate::Migrations;
use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{ExitCode, Termination};
use tokio::runtime::{Builder, Runtime};

/// What `#[servicekit::test]` says of a test.
#[derive(Debug, Clone, Copy)]
pub struct TestSetup {
    /// The test with its module.
    pub name: &'static str,
    /// The history that its database is at the head of; none for an empty one.
    pub migrations: Option<Migrations>,
    /// What is inserted, in this order.
    pub fixtures: &'static [Fixture],
    /// Whether the test is to panic: its database is not kept then.
    pub should_panic: bool,
}

/// Rows for a test.
#[derive(Debug, Clone, Copy)]
pub struct Fixture {
    /// The file, as the test names it.
    pub path: &'static str,
    /// Its text.
    pub sql: &'static str,
}

/// Runs a test with a database of its own. The database is dropped afterwards, or kept if the test fails.
pub fn run<A, F>(setup: &TestSetup, test: impl FnOnce(A) -> F) -> Outcome
where
    A: TestArgument,
    for<'c> &'c mut <A::Backend as sqlx::Database>::Connection: sqlx::Executor<'c, Database = A::Backend>,
    F: Future<Output: Termination>,
{
    let prepared = || {
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(TestDatabaseError::Runtime)?;
        let database = runtime.block_on(OwnDatabase::<A::Backend>::new(setup))?;
        Ok((runtime, database))
    };
    let (runtime, database) = match prepared() {
        Ok(prepared) => prepared,
        Err(error) => return Outcome::not_run(&error),
    };
    match runtime.block_on(A::of(&database)) {
        Ok(argument) => {
            let ended = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(argument)).report()));
            finish(setup, &runtime, database, ended)
        }
        Err(error) => {
            runtime.block_on(database.end(false));
            Outcome::not_run(&error)
        }
    }
}

fn finish<D: TestBackend>(
    setup: &TestSetup,
    runtime: &Runtime,
    database: OwnDatabase<D>,
    ended: Result<ExitCode, Box<dyn Any + Send>>,
) -> Outcome
where
    for<'c> &'c mut D::Connection: sqlx::Executor<'c, Database = D>,
{
    let is_failure = match &ended {
        Ok(code) => *code != ExitCode::SUCCESS,
        Err(_) => !setup.should_panic,
    };
    let kept = runtime.block_on(database.end(is_failure));
    match ended {
        Ok(code) => Outcome::returned(code, kept),
        Err(payload) => Outcome::panicked(payload, kept),
    }
}
