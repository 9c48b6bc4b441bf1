//! What holds for any two schemas.

use crate::random;
use crate::turned::turned;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use servicekit::Dialect;
use servicekit::diff::{Alteration, Difference, Fact};
use servicekit::script::Language;
use servicekit::table::{Column, ConstraintKind, EnumType, Index, Schema, Table, TableName, enum_type};
use std::cell::Cell;
use std::collections::HashSet;

fn schema(enums: Vec<Vec<String>>, tables: Vec<Table>) -> Schema {
    let mut schema = Schema::default();
    let numbered = enums.into_iter().enumerate();
    schema.enums =
        numbered.map(|(at, values)| enum_type(format!("e{at}"), values)).collect::<Vec<EnumType>>();
    let mut names: Vec<TableName> = Vec::new();
    for mut table in tables {
        let same = names.iter().any(|known| known.to_string().eq_ignore_ascii_case(&table.name.to_string()));
        if same {
            continue;
        }
        names.push(table.name.clone());
        let mut columns: Vec<Column> = Vec::new();
        for column in std::mem::take(&mut table.columns) {
            if !columns.iter().any(|known| known.name.eq_ignore_ascii_case(&column.name)) {
                columns.push(column);
            }
        }
        // Several columns that say so by themselves are a key in the order of the columns.
        let mut has_key = false;
        for column in &mut columns {
            column.primary_key &= !has_key;
            has_key |= column.primary_key;
            column.checks.iter_mut().for_each(|check| check.name = None);
        }
        table.columns = columns;
        let mut names: Vec<String> = Vec::new();
        table.constraints.retain(|each| {
            let name = each.name().map(|name| format!("{:?} {}", each.kind(), name.to_ascii_lowercase()));
            let is_new = name.as_ref().is_none_or(|name| !names.contains(name));
            names.extend(name);
            is_new && (each.kind() != ConstraintKind::PrimaryKey || !std::mem::replace(&mut has_key, true))
        });
        let mut indexes: Vec<Index> = Vec::new();
        for index in std::mem::take(&mut table.indexes) {
            let lower = |index: &Index| index.name.as_ref().map(|name| name.to_ascii_lowercase());
            if index.name.is_none() || !indexes.iter().any(|known| lower(known) == lower(&index)) {
                indexes.push(index);
            }
        }
        table.indexes = indexes;
        schema.tables.push(table);
    }
    schema
}

pub(crate) fn any_schema() -> impl Strategy<Value = Schema> {
    let values = prop::collection::vec("[a-c]", 0..3);
    (prop::collection::vec(values, 0..3), prop::collection::vec(random::table(), 0..4))
        .prop_map(|(enums, tables)| schema(enums, tables))
}

/// The facts whatever their order is.
fn sorted(difference: &Difference) -> Vec<String> {
    let mut facts: Vec<String> = difference.facts.iter().map(|fact| format!("{fact:?}")).collect();
    facts.sort();
    facts
}

/// Without what has no name: it can be paired in several ways if one says the same as another.
fn clear(mut schema: Schema) -> Schema {
    for table in &mut schema.tables {
        for column in &mut table.columns {
            (column.unique, column.indexed, column.references) = (false, false, None);
            column.checks.clear();
        }
        table.constraints.retain(|each| each.name().is_some());
        table.indexes.retain(|index| index.name.is_some());
    }
    schema
}

/// Two schemas that have tables with the same names, most of which differ inside.
pub(crate) fn two_schemas() -> impl Strategy<Value = (Schema, Schema)> {
    let renamed = |(one, mut other): (Schema, Schema)| {
        for (of, table) in one.tables.iter().zip(&mut other.tables) {
            table.name.clone_from(&of.name);
        }
        (one, other)
    };
    let is_once = |(_, other): &(Schema, Schema)| {
        let names: HashSet<_> =
            other.tables.iter().map(|table| table.name.to_string().to_lowercase()).collect();
        names.len() == other.tables.len()
    };
    (any_schema().prop_map(clear), any_schema().prop_map(clear))
        .prop_map(renamed)
        .prop_filter("each table is there once", is_once)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_the_same_does_not_differ(schema in any_schema()) {
        for dialect in Dialect::ALL {
            let difference = schema.difference(&schema, dialect);
            prop_assert!(difference.is_empty(), "{difference}");
        }
    }

    #[test]
    fn the_order_in_which_things_are_declared_does_not_matter(
        (schema, other) in two_schemas(),
        turn in 0_usize..5,
    ) {
        let turned = turned(&schema, turn);
        // Only a table that is new has its columns in an order.
        let mut with_columns = turned.clone();
        with_columns.tables.iter_mut().for_each(|table| table.columns.reverse());
        for dialect in Dialect::ALL {
            prop_assert!(schema.difference(&with_columns, dialect).is_empty());
            prop_assert_eq!(
                sorted(&other.difference(&schema, dialect)),
                sorted(&other.difference(&turned, dialect))
            );
        }
    }

    #[test]
    fn the_way_back_is_the_way_there_reversed(
        (one, other) in two_schemas(),
    ) {
        for dialect in Dialect::ALL {
            let there = one.difference(&other, dialect);
            prop_assert_eq!(sorted(&there.reversed()), sorted(&other.difference(&one, dialect)));
            prop_assert_eq!(&there.reversed().reversed(), &there);
        }
    }

    #[test]
    fn from_nothing_everything_comes_whole(schema in any_schema()) {
        for dialect in Dialect::ALL {
            let difference = Schema::default().difference(&schema, dialect);
            let tables = difference.facts.iter().filter(|fact| matches!(fact, Fact::Table(Alteration::Added(_))));
            prop_assert_eq!(tables.count(), schema.tables.len());
            let enums = if dialect == Dialect::Postgres { schema.enums.len() } else { 0 };
            prop_assert_eq!(difference.facts.len(), schema.tables.len() + enums);
        }
    }

    #[test]
    fn a_fact_never_shows_two_sides_that_are_alike(one in any_schema(), other in any_schema()) {
        for dialect in Dialect::ALL {
            for description in one.difference(&other, dialect).descriptions() {
                // What this database does not have is said in the place of both.
                if description.from.as_ref().is_some_and(|from| !from.starts_with('(')) {
                    prop_assert_ne!(&description.from, &description.to, "{}", description);
                }
            }
        }
    }
}

/// Facts, plan and file, in their order. More schemas are tried where `SERVICEKIT_TEST_CHANGES` says so.
#[test]
fn the_same_is_written_in_whatever_order_both_sides_are_declared() {
    let cases = std::env::var("SERVICEKIT_TEST_CHANGES").ok().and_then(|text| text.parse().ok());
    let config = ProptestConfig {
        cases: cases.unwrap_or(200),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let (shared, planned, unplanned) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let done = TestRunner::new(config).run(&(two_schemas(), 0_usize..5), |((one, other), turn)| {
        shared.set(shared.get() + one.tables.len().min(other.tables.len()));
        let [turned, other_turned] = [&one, &other].map(|schema| turned(schema, turn));
        for dialect in Dialect::ALL {
            let declared = one.difference(&other, dialect);
            let reordered = turned.difference(&other_turned, dialect);
            prop_assert_eq!(&declared.facts, &reordered.facts);
            let plan = declared.plan();
            let count = if plan.is_ok() { &planned } else { &unplanned };
            count.set(count.get() + 1);
            prop_assert_eq!(plan, reordered.plan());
            let [written, rewritten] = [&declared, &reordered]
                .map(|each| each.script(Language::Rust).map_err(|error| error.to_string()));
            prop_assert_eq!(written, rewritten);
        }
        Ok(())
    });
    let (shared, planned, unplanned) = (shared.get(), planned.get(), unplanned.get());
    println!(
        "{planned} plans in another order, {unplanned} could not be planned, {shared} tables on both sides"
    );
    done.unwrap_or_else(|error| panic!("{error}"));
    assert!(planned > 0 && shared > 0);
}
