//! What the difference of two schemas says is what makes one of the other.

use crate::declared::{declared, from_models_to_models};
use crate::leads::{Changeable, Counts, cases, some_renames, the_same_in_another_order, there_and_back};
use crate::random::{AnyTable, made, schema, table};
use crate::round_trip::Client;
use crate::rows::{Rows, Side};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use servicekit::Dialect;
use servicekit::diff::{Difference, SchemaChange};
use servicekit::introspection::decide;
use servicekit::schema::Schema;
use std::cell::RefCell;

impl Changeable for Client {
    const DIALECT: Dialect = Dialect::Postgres;

    async fn read(&mut self) -> Schema {
        Self::read(self).await
    }

    async fn make(&mut self, schema: &Schema) {
        self.empty().await;
        self.apply(schema).await;
    }

    async fn decide(&mut self, difference: Difference) -> Difference {
        decide(difference, &mut self.connection).await.unwrap_or_else(|error| panic!("{error}"))
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

    async fn insert(&mut self, sql: &str) -> bool {
        self.try_run(sql).await.is_ok()
    }

    async fn ask(&mut self, sql: &str) -> Vec<String> {
        Self::ask(self, sql).await
    }

    async fn make_others(&mut self) {
        self.run(OTHERS).await;
    }

    async fn others(&mut self) -> Vec<String> {
        Self::ask(self, OTHER_TEXTS).await
    }
}

/// A table of another schema with what belongs to it, and a view and a function of the schema that is compared.
const OTHERS: &str = "CREATE SCHEMA other;
    CREATE TABLE other.notes (id SERIAL PRIMARY KEY, note TEXT DEFAULT 'none' CHECK (note <> ''));
    CREATE INDEX notes_index ON other.notes (lower(note));
    CREATE VIEW other_view AS SELECT id, upper(note) AS note FROM other.notes;
    CREATE FUNCTION other_function() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER other_trigger BEFORE INSERT ON other.notes FOR EACH ROW EXECUTE FUNCTION other_function()";
const OTHER_TEXTS: &str = "SELECT attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
        FROM pg_attribute WHERE attrelid = 'other.notes'::regclass AND attnum > 0
    UNION ALL SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'other.notes'::regclass
    UNION ALL SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'other.notes'::regclass
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'other'
    UNION ALL SELECT pg_get_viewdef('public.other_view'::regclass)
    UNION ALL SELECT pg_get_functiondef('public.other_function'::regproc)
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'other.notes'::regclass
    ORDER BY 1";

/// Two schemas that share most tables, on a server of this version.
fn schemas(version: u32) -> impl Strategy<Value = (Schema, Schema)> {
    let changed = (schema(), any::<prop::sample::Index>(), table(), 0_u8..5, any::<(bool, bool, bool)>());
    changed.prop_map(move |((enums, tables), place, other, how, (goes, comes, moves))| {
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
        (made(&enums, &tables, version), made(&other_enums, &others, version))
    })
}

fn config(cases: u32) -> Config {
    Config { max_shrink_iters: 60, failure_persistence: None, ..Config::with_cases(cases) }
}

#[test]
fn what_differs_leads_there_and_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(client) = runtime.block_on(Client::open()) else { return };
    let changed = (schemas(client.version), any::<bool>(), 0_usize..4);
    let (client, counts) = (RefCell::new(client), Counts::default());
    let done = TestRunner::new(config(cases(60))).run(&changed, |((one, other), renames, turn)| {
        let client = &mut *client.borrow_mut();
        runtime.block_on(async {
            client.make(&other).await;
            let to = client.read().await;
            let renames = if renames { some_renames(&one, &other, Dialect::Postgres) } else { Vec::new() };
            let mut rows = Rows::new(&one, &other, &renames, Dialect::Postgres);
            rows.put(Side::After, client).await;
            client.make(&one).await;
            let from = client.read().await;
            if turn > 0 {
                the_same_in_another_order(client, (&from, &to), turn, &counts).await?;
            }
            there_and_back(client, (&from, &to), &renames, rows, &counts).await
        })
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn models_are_reached_from_other_models_and_nothing_differs_then() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(client) = runtime.block_on(Client::open()) else { return };
    let changed = (schemas(client.version), any::<(bool, bool)>());
    let (client, counts) = (RefCell::new(client), Counts::default());
    let done = TestRunner::new(config(cases(15))).run(&changed, |((from, to), (renames, is_unnamed))| {
        let schemas =
            if is_unnamed { [&from, &to].map(|of| declared(of, Dialect::Postgres)) } else { [from, to] };
        let client = &mut *client.borrow_mut();
        runtime.block_on(from_models_to_models(client, (&schemas[0], &schemas[1]), renames, &counts))
    });
    counts.print();
    done.unwrap_or_else(|error| panic!("{error}"));
}
