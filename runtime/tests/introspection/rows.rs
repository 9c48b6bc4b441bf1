//! Rows that both sides of a change take, and what of them has to stay.

use crate::leads::Changeable;
use servicekit::Dialect;
use servicekit::schema::{Column, Schema, Table, Type};
use std::collections::BTreeMap;

/// The rows of a change: what puts them in, and the columns that both sides have.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    inserts: Vec<String>,
    kept: Vec<String>,
}

/// How many rows are tried for each table.
const ROWS: usize = 3;

impl Rows {
    /// Rows for the tables of both sides.
    pub(crate) fn new(from: &Schema, to: &Schema, dialect: Dialect) -> Self {
        let mut rows = Self::default();
        for table in &from.tables {
            let Some(other) = to.tables.iter().find(|other| other.name == table.name) else { continue };
            if let Some(kept) = kept(table, other) {
                rows.add(table, &kept, dialect);
            }
        }
        rows
    }

    fn add(&mut self, table: &Table, kept: &[&Column], dialect: Dialect) {
        let name = quoted(&table.name.name, dialect);
        let all: Vec<String> = kept.iter().map(|column| quoted(&column.name, dialect)).collect();
        self.kept.push(format!("SELECT {} FROM {name}", all.join(", ")));
        let given: Vec<&&Column> = kept.iter().filter(|column| column.generated.is_none()).collect();
        let names: Vec<String> = given.iter().map(|column| quoted(&column.name, dialect)).collect();
        let names = names.join(", ");
        let overriding = dialect.select("", "OVERRIDING SYSTEM VALUE ", "");
        for number in 1..=ROWS {
            let values: Vec<String> = given.iter().map(|column| literal(&column.data_type, number)).collect();
            let values = values.join(", ");
            self.inserts.push(format!("INSERT INTO {name} ({names}) {overriding}VALUES ({values})"));
        }
    }

    /// Puts them in, and forgets those that the database does not take.
    pub(crate) async fn put<D: Changeable>(&mut self, database: &mut D) {
        let mut taken = Vec::new();
        for insert in std::mem::take(&mut self.inserts) {
            if database.insert(&insert).await {
                taken.push(insert);
            }
        }
        self.inserts = taken;
    }

    pub(crate) fn len(&self) -> usize {
        self.inserts.len()
    }

    /// The values of the columns that stay, sorted, by the query.
    pub(crate) async fn values<D: Changeable>(&self, database: &mut D) -> BTreeMap<String, Vec<String>> {
        let mut values = BTreeMap::new();
        for query in &self.kept {
            let mut rows = database.ask(query).await;
            rows.sort();
            values.insert(query.clone(), rows);
        }
        values
    }
}

/// The columns that both have; `None` where a row could have values that the other side does not take.
fn kept<'a>(table: &'a Table, other: &Table) -> Option<Vec<&'a Column>> {
    let mut kept = Vec::new();
    for column in &table.columns {
        let Some(other) = other.columns.iter().find(|other| other.name == column.name) else { continue };
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

fn literal(data_type: &Type, number: usize) -> String {
    match data_type {
        Type::SmallInteger | Type::Integer | Type::BigInteger => number.to_string(),
        Type::Float | Type::Double | Type::Numeric(12 | 20, 2) => format!("{number}.5"),
        Type::Char(_) | Type::Varchar(9..) | Type::UnconstrainedVarchar | Type::Text => {
            format!("'it''s {number}'")
        }
        Type::Boolean => ["FALSE", "TRUE"][number % 2].to_owned(),
        Type::Date => format!("'2020-02-0{number}'"),
        Type::Time => format!("'12:00:0{number}'"),
        Type::Timestamp => format!("'2020-02-29 12:00:0{number}'"),
        Type::Json | Type::Jsonb => format!("'[{number}]'"),
        Type::Enum(of) => format!("'{}'", of.values[number % of.values.len()].replace('\'', "''")),
        Type::Custom(name) if ["serial", "bigserial"].contains(&name.as_str()) => number.to_string(),
        _ => "NULL".to_owned(),
    }
}
