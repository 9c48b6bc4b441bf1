//! What differs between a database and the schema of models leads there and back, and nothing is found then.

use crate::leads::{Changeable, Counts, lead, some_renames};
use crate::renamed_values::Renamed;
use crate::rows::{FILLED, Rows, Side, value};
use proptest::test_runner::TestCaseError;
use servicekit::Dialect;
use servicekit::diff::{Backfill, BackfillProblem, Difference, Rename};
use servicekit::revision::sql;
use servicekit::schema::{
    Column, Condition, Constraint, IndexKey, KeyOf, Schema, Table, TableName, Type, Value, index,
    primary_key, unique,
};
use std::collections::HashSet;

/// Leads from one schema that models declare to another one, and back.
pub(crate) async fn from_models_to_models<D: Changeable>(
    database: &mut D,
    (from, to): (&Schema, &Schema),
    renames: bool,
    counts: &Counts,
) -> Result<(), TestCaseError> {
    let dialect = D::DIALECT;
    let Renamed { from, to, hints, lists } = if renames {
        Renamed::of(from, to, dialect)
    } else {
        Renamed { from: from.clone(), to: to.clone(), hints: Vec::new(), lists: Vec::new() }
    };
    let (from, to) = (&from, &to);
    database.make(from).await;
    let before = found(database, from, "what was made").await?;
    let mut renames = if renames { some_renames(&before, to, dialect) } else { Vec::new() };
    renames.extend(before.value_renames(to, &hints, &renames, dialect));
    let there = difference(database, &before, to, &renames).await?;
    let (there, backfills) = filled(there, to);
    let mut rows = Rows::with_answers((&before, to), (&renames, &backfills, &lists), dialect);
    database.make(to).await;
    found(database, to, "what was made of the other").await?;
    rows.put(Side::After, database).await;
    database.make(from).await;
    rows.settle(database, (from, to)).await;
    let values = rows.values(Side::Before, database).await;
    for (difference, goal, side) in [(&there, to, Side::After), (&there.reversed(), from, Side::Before)] {
        let Some(statements) = lead(database, difference, counts).await? else { return Ok(()) };
        let fail = |why: String| TestCaseError::fail(format!("{why}\n{statements:#?}\nfor\n{difference}"));
        found(database, goal, &format!("{statements:#?}\nfor\n{difference}")).await?;
        let kept = rows.values(side, database).await;
        if kept != values {
            return Err(fail(format!("the rows are not the same: {values:#?} {kept:#?}")));
        }
        counts.led(&renames, backfills.len(), &rows, &values);
    }
    let back = database.read().await;
    // PostgreSQL writes a list of texts in another way when it is made from what it has written.
    let left = database.decide(back.difference(&before, dialect)).await;
    if !left.is_empty() {
        return Err(TestCaseError::fail(format!("the way back leaves\n{left}\nof\n{there}")));
    }
    let again = self::difference(database, &back, to, &renames).await?;
    if facts(&again) != facts(&there) {
        return Err(TestCaseError::fail(format!("first it is\n{there}\nand then\n{again}")));
    }
    Ok(())
}

/// What becomes, whatever the order of the columns is; what is was compared already.
fn facts(difference: &Difference) -> Vec<String> {
    let mut facts: Vec<String> = difference
        .descriptions()
        .map(|mut fact| {
            fact.from = None;
            fact.to_string()
        })
        .collect();
    facts.sort();
    facts
}

/// The database, from which nothing differs in what models say.
async fn found<D: Changeable>(
    database: &mut D,
    models: &Schema,
    what: &str,
) -> Result<Schema, TestCaseError> {
    let read = database.read().await;
    let left = database.decide(read.difference(models, D::DIALECT)).await;
    if left.is_empty() && left.untold.is_empty() {
        return Ok(read);
    }
    Err(TestCaseError::fail(format!("still there:\n{left}\n{:?}\nafter {what}", left.untold)))
}

async fn difference<D: Changeable>(
    database: &mut D,
    from: &Schema,
    models: &Schema,
    renames: &[Rename],
) -> Result<Difference, TestCaseError> {
    let difference = from.difference_with(models, D::DIALECT, renames);
    let difference = difference.map_err(|problem| TestCaseError::fail(problem.to_string()))?;
    Ok(database.decide(difference).await)
}

/// With values for the rows of columns that are required from now on, where there is a value of the type.
fn filled(mut difference: Difference, to: &Schema) -> (Difference, Vec<Backfill>) {
    let dialect = difference.dialect;
    let missing: Vec<(TableName, Column)> =
        difference.missing_values().map(|(table, column)| (table.clone(), column.clone())).collect();
    let mut backfills = Vec::new();
    for (table, column) in missing {
        let Some(written) = value(&column.data_type, FILLED) else { continue };
        let written = Value::written(&written, &column.data_type, dialect).unwrap();
        let mut backfill = Backfill::new(table, &column.name, written);
        if let Err(BackfillProblem::Unique(_)) = difference.clone().with_backfills([backfill.clone()]) {
            let Some(of_row) = of_row(&column, to, &backfill.table, dialect) else { continue };
            backfill.value = sql(of_row).into();
        }
        difference = difference.with_backfills([backfill.clone()]).unwrap_or_else(|error| panic!("{error}"));
        backfills.push(backfill);
    }
    (difference, backfills)
}

/// An expression that is another one for each row.
fn of_row(column: &Column, to: &Schema, table: &TableName, dialect: Dialect) -> Option<String> {
    let table = to.tables.iter().find(|known| known.name == *table)?;
    let number = dialect.select("rowid", "key", "id");
    let has_number = dialect == Dialect::Sqlite || table.columns.iter().any(|column| column.name == number);
    let is_without = table.options.iter().any(|(_, option)| option.contains("ROWID"));
    match column.data_type {
        _ if is_without || !has_number => None,
        Type::Integer | Type::BigInteger => Some(number.to_owned()),
        Type::Text | Type::Varchar(20..) => {
            Some(dialect.select("hex(rowid)", "'x' || key", "hex(id)").to_owned())
        }
        _ => None,
    }
}

/// A schema as models declare it: without names, in columns, and in the spelling of an author.
pub(crate) fn declared(schema: &Schema, dialect: Dialect) -> Schema {
    let mut declared = schema.clone();
    for table in &mut declared.tables {
        let mut named = HashSet::new();
        for mut each in std::mem::take(&mut table.constraints) {
            // The convention would give both the same one.
            let (name, what, is_check) = named_by(&mut each);
            if is_check || named.insert(what) {
                *name = None;
            }
            declare(table, each);
        }
        declare_indexes(table, dialect);
    }
    declared
}

/// The name of a constraint, what the convention makes one of, and whether that is a number.
fn named_by(constraint: &mut Constraint) -> (&mut Option<String>, String, bool) {
    match constraint {
        Constraint::PrimaryKey(key) => (&mut key.name, "key".to_owned(), false),
        Constraint::Unique(unique) => {
            let what = format!("unique {:?}", unique.columns);
            (&mut unique.name, what, false)
        }
        Constraint::ForeignKey(key) => {
            let what = format!("foreign key {:?} {}", key.columns, key.referred_table);
            (&mut key.name, what, false)
        }
        Constraint::Exclusion(exclusion) => {
            let columns: Vec<&str> = exclusion.elements.iter().map(|(key, _)| named_key(key)).collect();
            let what = format!("exclusion {columns:?}");
            (&mut exclusion.name, what, false)
        }
        Constraint::Check(check) => (&mut check.name, String::new(), true),
        _ => panic!("{constraint:?}"),
    }
}

fn named_key(key: &IndexKey) -> &str {
    match &key.of {
        KeyOf::Column(name) => name,
        _ => "expression",
    }
}

fn column_of<'t>(table: &'t mut Table, columns: &[String]) -> Option<&'t mut Column> {
    match columns {
        [only] => table.columns.iter_mut().find(|column| column.name == *only),
        _ => None,
    }
}

/// Puts a constraint where a model has it.
fn declare(table: &mut Table, constraint: Constraint) {
    match constraint {
        Constraint::Unique(each) if each == unique(&each.columns) => {
            if let Some(column) = column_of(table, &each.columns) {
                column.unique = true;
                return;
            }
            table.constraints.push(each.into());
        }
        Constraint::PrimaryKey(key) if key == primary_key(&key.columns) => {
            if let Some(column) = column_of(table, &key.columns) {
                column.primary_key = true;
                return;
            }
            table.constraints.push(key.into());
        }
        Constraint::ForeignKey(key) if key.name.is_none() => match column_of(table, &key.columns) {
            Some(column) if column.references.is_none() => column.references = Some(key),
            _ => table.constraints.push(key.into()),
        },
        Constraint::Check(mut check) => {
            if let Condition::Sql(text) = &check.condition {
                check.condition = respelled(text).into();
            }
            table.constraints.push(check.into());
        }
        other => table.constraints.push(other),
    }
}

fn declare_indexes(table: &mut Table, dialect: Dialect) {
    let mut named = HashSet::new();
    for mut each in std::mem::take(&mut table.indexes) {
        let columns: Vec<String> = each.keys.iter().map(|key| named_key(key).to_owned()).collect();
        if named.insert(columns.clone()) {
            each.name = None;
        }
        each.filter = each.filter.as_deref().map(respelled);
        for IndexKey { of, .. } in &mut each.keys {
            if let KeyOf::Expression(expression) = of {
                *expression = respelled(expression);
            }
        }
        let is_plain = each == index(columns.clone());
        let column = is_plain.then(|| column_of(table, &columns)).flatten();
        match column {
            // MySQL makes it by itself.
            Some(column) if column.references.is_some() && dialect == Dialect::Mysql => {}
            Some(column) => column.indexed = true,
            None => table.indexes.push(each),
        }
    }
}

/// The same expression in other letters.
fn respelled(expression: &str) -> String {
    let mut text = expression.to_owned();
    for (usual, other) in [
        (" IS NOT NULL", " is  not null"),
        (" AND ", " and\n "),
        (" OR ", " or /* either */ "),
        ("lower(", "LOWER ("),
        ("`n`", "n"),
        ("key > ", "key>"),
        ("<>", "!="),
    ] {
        text = text.replace(usual, other);
    }
    format!("({text})")
}
