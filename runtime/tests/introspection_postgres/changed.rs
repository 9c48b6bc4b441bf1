//! What the difference of two schemas says is what makes one of the other.

use crate::leads::{Changeable, Counts, cases, there_and_back};
use crate::random::{AnyTable, made, schema, table};
use crate::round_trip::Client;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::Dialect;
use servicekit::diff::SchemaChange;
use servicekit::schema::Schema;
use std::cell::RefCell;

impl Changeable for Client {
    const DIALECT: Dialect = Dialect::Postgres;

    async fn read(&mut self) -> Schema {
        Self::read(self).await
    }

    async fn change(&mut self, change: SchemaChange) -> Result<bool, String> {
        for sql in change.recorded().sql(Self::DIALECT).map_err(|error| error.to_string())? {
            let Err(error) = self.try_run(&sql).await else { continue };
            // A default that no row can have is taken where the table is made, and not where it has to be computed.
            let code =
                error.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            if code.is_some_and(|code| code.starts_with("22")) {
                return Ok(false);
            }
            return Err(format!("{error}\n{sql}"));
        }
        Ok(true)
    }
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(client) = runtime.block_on(Client::open()) else { return };
    let (client, counts) = (RefCell::new(client), Counts::default());
    let mut runner = TestRunner::new(Config {
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::with_cases(cases(60))
    });
    let changed = (schema(), any::<prop::sample::Index>(), table(), 0_u8..5, any::<(bool, bool, bool)>());
    let done = runner.run(&changed, |((enums, tables), place, other, how, (goes, comes, moves))| {
        let client = &mut *client.borrow_mut();
        let version = client.version;
        let mut others: Vec<AnyTable> = tables.clone();
        let place = place.index(others.len());
        match how {
            0 => drop(others.remove(place)),
            1 => others.insert(place, other),
            2 => others.truncate(place.max(1)),
            _ => others[place] = other,
        }
        // Values of the types come, go and change places, and columns have defaults among them.
        let mut other_enums = enums.clone();
        for labels in &mut other_enums {
            if goes && labels.len() > 1 {
                labels.remove(place % labels.len());
            }
            if comes {
                labels.insert(place % (labels.len() + 1), "new one");
            }
            if moves {
                let middle = place % labels.len();
                labels.rotate_left(middle);
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
            there_and_back(client, (&from, &to), &counts).await
        })
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}
