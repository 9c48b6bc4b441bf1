//! Rows that both sides of a change take, and what of them has to stay.

use crate::leads::Changeable;
use servicekit::Dialect;
use servicekit::diff::{Backfill, Rename};
use servicekit::schema::{Column, Schema, Table, TableName, Type, Value};

/// The rows of a change: what puts them in, and the columns that both sides have; each by the names of both sides.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    inserts: Vec<[String; 2]>,
    kept: Vec<[String; 2]>,
}

/// The side of a change whose names are used.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side {
    Before,
    After,
}

/// The number of the value that a column is filled with.
pub(crate) const FILLED: usize = 1;

/// How many rows are tried for each table.
const ROWS: usize = 3;

impl Rows {
    /// Rows for the tables of both sides, some of which only get other names.
    pub(crate) fn new(from: &Schema, to: &Schema, renames: &[Rename], dialect: Dialect) -> Self {
        Self::with_backfills((from, to), renames, &[], dialect)
    }

    /// The same where columns that come are filled.
    pub(crate) fn with_backfills(
        (from, to): (&Schema, &Schema),
        renames: &[Rename],
        backfills: &[Backfill],
        dialect: Dialect,
    ) -> Self {
        let mut rows = Self::default();
        for table in &from.tables {
            let later = renamed_table(renames, &table.name);
            let Some(other) = to.tables.iter().find(|other| other.name == later) else { continue };
            if let Some(kept) = kept(table, other, renames) {
                let later: Vec<Column> = kept
                    .iter()
                    .map(|column| {
                        let mut later = (*column).clone();
                        later.name = renamed_column(renames, &other.name, &column.name);
                        later
                    })
                    .collect();
                let filled: Vec<(&Column, &Backfill)> = other
                    .columns
                    .iter()
                    .filter_map(|column| {
                        let is_it = |fill: &&Backfill| fill.table == other.name && fill.column == column.name;
                        Some((column, backfills.iter().find(is_it)?))
                    })
                    .collect();
                let [before, after] = [
                    texts(&table.name.name, &kept, &[], dialect),
                    texts(&other.name.name, &later.iter().collect::<Vec<_>>(), &filled, dialect),
                ];
                rows.kept.push([before.0, after.0]);
                rows.inserts.extend(before.1.into_iter().zip(after.1).map(|(before, after)| [before, after]));
            }
        }
        rows
    }

    /// Puts them in, and forgets those that the database does not take.
    pub(crate) async fn put<D: Changeable>(&mut self, side: Side, database: &mut D) {
        let mut taken = Vec::new();
        for insert in std::mem::take(&mut self.inserts) {
            if database.insert(&insert[side as usize]).await {
                taken.push(insert);
            }
        }
        self.inserts = taken;
    }

    /// Puts them in where the later schema has taken them before, until both sides take all that are left: a row that one
    /// side refuses may be the one that another row refers to.
    pub(crate) async fn settle<D: Changeable>(&mut self, database: &mut D, (from, to): (&Schema, &Schema)) {
        let mut count = self.len();
        self.put(Side::Before, database).await;
        while self.len() < count {
            database.make(to).await;
            self.put(Side::After, database).await;
            database.make(from).await;
            count = self.len();
            self.put(Side::Before, database).await;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.inserts.len()
    }

    /// The values of the columns that stay, sorted.
    pub(crate) async fn values<D: Changeable>(&self, side: Side, database: &mut D) -> Vec<Vec<String>> {
        let mut values = Vec::new();
        for query in &self.kept {
            let mut rows = database.ask(&query[side as usize]).await;
            rows.sort();
            values.push(rows);
        }
        values
    }
}

/// A query for these columns, and rows to insert, which have a value in others besides.
fn texts(
    table: &str,
    kept: &[&Column],
    filled: &[(&Column, &Backfill)],
    dialect: Dialect,
) -> (String, Vec<String>) {
    let name = quoted(table, dialect);
    let all: Vec<String> = kept.iter().map(|column| quoted(&column.name, dialect)).collect();
    let query = format!("SELECT {} FROM {name}", all.join(", "));
    let given = kept.iter().map(|column| (*column, None));
    let given = given.chain(filled.iter().map(|(column, backfill)| (*column, Some(*backfill))));
    let given: Vec<(&Column, Option<&Backfill>)> =
        given.filter(|(column, _)| column.generated.is_none()).collect();
    let names: Vec<String> = given.iter().map(|(column, _)| quoted(&column.name, dialect)).collect();
    let names = names.join(", ");
    let overriding = dialect.select("", "OVERRIDING SYSTEM VALUE ", "");
    let inserts = (1..=ROWS).map(|number| {
        let values = given.iter().map(|(column, backfill)| match backfill {
            // The rows of the other side all get this one.
            Some(Backfill { value, .. }) if !matches!(value, Value::Expression(_)) => {
                literal(&column.data_type, FILLED)
            }
            _ => literal(&column.data_type, number),
        });
        let values: Vec<String> = values.collect();
        format!("INSERT INTO {name} ({names}) {overriding}VALUES ({})", values.join(", "))
    });
    (query, inserts.collect())
}

fn renamed_table(renames: &[Rename], name: &TableName) -> TableName {
    let found = renames.iter().find_map(|rename| match rename {
        Rename::Table { from, to, .. } if from == name => Some(to),
        _ => None,
    });
    found.unwrap_or(name).clone()
}

/// The later name of a column; the table is called by its later name.
fn renamed_column(renames: &[Rename], table: &TableName, name: &str) -> String {
    let found = renames.iter().find_map(|rename| match rename {
        Rename::Column { table: of, from, to, .. } if of == table && from.eq_ignore_ascii_case(name) => {
            Some(to.as_str())
        }
        _ => None,
    });
    found.unwrap_or(name).to_owned()
}

/// The columns that both have; `None` where a row could have values that the other side does not take.
fn kept<'a>(table: &'a Table, other: &Table, renames: &[Rename]) -> Option<Vec<&'a Column>> {
    let mut kept = Vec::new();
    for column in &table.columns {
        let later = renamed_column(renames, &other.name, &column.name);
        let Some(other) = other.columns.iter().find(|other| other.name == later) else { continue };
        if column.data_type == other.data_type && column.generated == other.generated {
            kept.push(column);
            continue;
        }
        // Such a column is NULL in each row.
        let is_null = |column: &Column| {
            column.nullable
                && column.default.is_none()
                && column.generated.is_none()
                && column.identity.is_none()
        };
        if !is_null(column) || !is_null(other) {
            return None;
        }
    }
    kept.iter().any(|column| column.generated.is_none()).then_some(kept)
}

fn quoted(name: &str, dialect: Dialect) -> String {
    let quote = dialect.select("\"", "\"", "`");
    format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)))
}

/// A value of a column as SQL has it.
fn literal(data_type: &Type, number: usize) -> String {
    match (data_type, value(data_type, number)) {
        (_, None) => "NULL".to_owned(),
        (
            Type::SmallInteger
            | Type::Integer
            | Type::BigInteger
            | Type::Custom(_)
            | Type::Float
            | Type::Double
            | Type::Numeric(..)
            | Type::Boolean,
            Some(value),
        ) => value,
        (_, Some(value)) => format!("'{}'", value.replace('\'', "''")),
    }
}

/// A value of a column of this type, as a person writes it: another one for each number, but for types of a few values.
pub(crate) fn value(data_type: &Type, number: usize) -> Option<String> {
    Some(match data_type {
        Type::SmallInteger | Type::Integer | Type::BigInteger => number.to_string(),
        Type::Float | Type::Double | Type::Numeric(12 | 20, 2) => format!("{number}.5"),
        Type::Char(_) | Type::Varchar(9..) | Type::UnconstrainedVarchar | Type::Text => {
            format!("it's {number}")
        }
        Type::Boolean => ["false", "true"][number % 2].to_owned(),
        Type::Date => format!("2020-02-0{number}"),
        Type::Time => format!("12:00:0{number}"),
        Type::Timestamp => format!("2020-02-29 12:00:0{number}"),
        Type::Json | Type::Jsonb => format!("[{number}]"),
        Type::Enum(of) => of.values[number % of.values.len()].clone(),
        Type::Custom(name) if ["serial", "bigserial"].contains(&name.as_str()) => number.to_string(),
        _ => return None,
    })
}
