//! What the difference of two schemas says is what makes one of the other.

use crate::random::{AnyTable, made, schema, table};
use crate::round_trip::Client;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::Dialect;
use servicekit::schema::Schema;
use std::cell::{Cell, RefCell};

/// Leads from the schema that is there to another one. `None` where no operations can be written.
async fn lead(client: &mut Client, from: &Schema, to: &Schema) -> Option<Result<(), TestCaseError>> {
    let difference = from.difference(to, Dialect::Postgres);
    let change = difference.plan().ok()?;
    let statements = match change.recorded().sql(Dialect::Postgres) {
        Ok(statements) => statements,
        Err(error) => return Some(Err(TestCaseError::fail(format!("{error}\n{difference}")))),
    };
    for sql in &statements {
        if let Err(error) = client.try_run(sql).await {
            // A default that no row can have is taken where the table is made, and not where it has to be computed.
            let code =
                error.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            if code.is_some_and(|code| code.starts_with("22")) {
                return None;
            }
            return Some(Err(TestCaseError::fail(format!(
                "{error}\n{sql}\nof\n{}\nfor\n{difference}",
                statements.join(";\n")
            ))));
        }
    }
    let left = client.read().await.difference(to, Dialect::Postgres);
    let why = || TestCaseError::fail(format!("still there:\n{left}\nafter\n{}", statements.join(";\n")));
    Some(if left.is_empty() { Ok(()) } else { Err(why()) })
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(client) = runtime.block_on(Client::open()) else { return };
    let client = RefCell::new(client);
    let (planned, unplanned) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(Config {
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::with_cases(60)
    });
    let changed = (schema(), any::<prop::sample::Index>(), table(), 0_u8..4, any::<(bool, bool)>());
    let done = runner.run(&changed, |((enums, tables), place, other, how, (goes, comes))| {
        let mut client = client.borrow_mut();
        let version = client.version;
        let mut others: Vec<AnyTable> = tables.clone();
        let place = place.index(others.len());
        match how {
            0 => drop(others.remove(place)),
            1 => others.insert(place, other),
            _ => others[place] = other,
        }
        // Values of the types come and go, and columns have defaults among them.
        let mut other_enums = enums.clone();
        for labels in &mut other_enums {
            if goes && labels.len() > 1 {
                labels.remove(place % labels.len());
            }
            if comes {
                labels.insert(place % (labels.len() + 1), "new one");
            }
        }
        let (one, other) = (made(&enums, &tables, version), made(&other_enums, &others, version));
        runtime.block_on(async {
            client.empty().await;
            client.apply(&other).await;
            let to = client.read().await;
            client.empty().await;
            client.apply(&one).await;
            let from = client.read().await;
            prop_assert!(from.difference(&from, Dialect::Postgres).is_empty());
            for (from, to) in [(&from, &to), (&to, &from)] {
                let Some(led) = lead(&mut client, from, to).await else {
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
