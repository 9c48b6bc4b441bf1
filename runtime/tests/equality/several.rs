//! Law: a revision that is written from a comparison with one kind of database makes the same models of all kinds, and leads back.

use crate::bench::Bench;
use crate::elsewhere::make;
use crate::portable::{Dice, Pair, pair};
use servicekit::Dialect;
use servicekit::diff::{Difference, Rename};
use servicekit::schema::{Column, Hints, Schema, TableName, Type};
use std::collections::{BTreeMap, BTreeSet};

/// What differs between the tables of a database and models, where all kinds of databases are served.
async fn found(
    bench: &mut Bench,
    known: &Schema,
    models: &Schema,
    dialect: Dialect,
    (renames, hints): (&[Rename], &[(TableName, Hints)]),
) -> Difference {
    let managed: BTreeSet<String> = known.tables.iter().map(|table| table.name.to_string()).collect();
    let read = bench.read().await;
    let values = read.value_renames(models, hints, renames, dialect);
    let found = read.difference_from_models(models, &managed, &[renames, &values].concat(), dialect).unwrap();
    bench.decide(found.difference.serving(&Dialect::ALL)).await
}

async fn with_tables(schema: &Schema, dialect: Dialect) -> Option<Bench> {
    let mut bench = Bench::open(dialect).await?;
    for sql in schema.operations(dialect).sql(dialect).unwrap() {
        bench.run(&sql).await;
    }
    Some(bench)
}

/// What is left on each database, by the one that was compared.
async fn left(pair: &Pair, refused: &mut BTreeMap<String, usize>, led: &mut usize) -> Option<Vec<String>> {
    let Pair { from, to, renames, hints } = pair;
    let mut failed = Vec::new();
    for origin in Dialect::ALL {
        let mut first = with_tables(from, origin).await?;
        let difference = found(&mut first, from, to, origin, (renames, hints)).await;
        let sides = match difference.recorded() {
            Ok(sides) => sides,
            Err(error) => {
                *refused.entry(format!("{origin}: {error}")).or_default() += 1;
                continue;
            }
        };
        for target in Dialect::ALL {
            let mut bench = with_tables(from, target).await?;
            for (way, side, goal, other) in
                [("there", &sides.upgrade, to, from), ("back", &sides.downgrade, from, to)]
            {
                if way == "back" && is_unnamed(from, to, origin, target) {
                    break;
                }
                let left = match make(&mut bench, side, target).await {
                    Ok(()) => found(&mut bench, other, goal, target, (&[], &[])).await.to_string(),
                    Err(why) => why,
                };
                if !left.is_empty() {
                    failed.push(format!("{origin} on {target}, {way}: {left}"));
                    break;
                }
                *led += 1;
            }
        }
    }
    Some(failed)
}

/// Whether an enum type of PostgreSQL comes back whose name only PostgreSQL knew.
fn is_unnamed(from: &Schema, to: &Schema, origin: Dialect, target: Dialect) -> bool {
    let has = |schema: &Schema| schema.tables.iter().flat_map(|table| &table.columns).any(is_enum);
    origin != Dialect::Postgres && target == Dialect::Postgres && has(from) && !has(to)
}

fn is_enum(column: &Column) -> bool {
    matches!(column.data_type, Type::Enum(_))
}

#[tokio::test]
async fn a_revision_that_one_database_led_to_makes_the_models_of_all_and_leads_back() {
    let environment = std::env::var("SERVICEKIT_TEST_CHANGES").ok().and_then(|text| text.parse().ok());
    let (mut led, mut refused, mut failed) = (0, BTreeMap::new(), Vec::new());
    let count = environment.unwrap_or(3);
    for seed in 0..count {
        let pair = pair(&mut Dice::new(seed));
        let Some(left) = left(&pair, &mut refused, &mut led).await else { return };
        failed.extend(left.into_iter().map(|each| format!("{seed}: {each}")));
    }
    println!("{count} changes: {led} ways led there, {} did not", failed.len());
    for (reason, times) in &refused {
        println!("    {times} refused: {reason}");
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
