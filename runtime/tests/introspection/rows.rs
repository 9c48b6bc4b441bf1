//! Rows that both sides of a change take, and what of them has to stay.

use crate::leads::Changeable;
use servicekit::Dialect;
use servicekit::diff::{Backfill, Rename};
use servicekit::schema::{Column, Constraint, Index, KeyOf, Schema, Table, TableName, Type, Value};

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
        Self::with_answers((from, to), (renames, &[], &[]), dialect)
    }

    /// The same where columns that come are filled, and some texts have lists of values.
    pub(crate) fn with_answers(
        (from, to): (&Schema, &Schema),
        (renames, backfills, lists): (&[Rename], &[Backfill], &[List]),
        dialect: Dialect,
    ) -> Self {
        let mut rows = Self::default();
        for table in &from.tables {
            let later = renamed_table(renames, &table.name);
            let Some(other) = to.tables.iter().find(|other| other.name == later) else { continue };
            if let Some(kept) = kept(table, other, renames) {
                let (before, after): (Vec<Kept>, Vec<Kept>) = kept
                    .iter()
                    .map(|column| {
                        let list = lists.iter().find(|list| list.is_of(&table.name, &column.name));
                        both_sides(column, list, (&other.name, renames))
                    })
                    .unzip();
                let filled: Vec<(&Column, &Backfill)> = other
                    .columns
                    .iter()
                    .filter_map(|column| {
                        let is_it = |fill: &&Backfill| fill.table == other.name && fill.column == column.name;
                        Some((column, backfills.iter().find(is_it)?))
                    })
                    .collect();
                let [before, after] = [
                    texts(&table.name.name, &before, &[], dialect),
                    texts(&other.name.name, &after, &filled, dialect),
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

/// The values that a text can have, by the earlier names.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) table: TableName,
    pub(crate) column: String,
    pub(crate) values: Vec<String>,
}

impl List {
    fn is_of(&self, table: &TableName, column: &str) -> bool {
        self.table == *table && self.column == column
    }
}

/// A column that stays, by its name on one side, with the value that each row has there.
struct Kept {
    column: Column,
    values: Vec<Option<String>>,
    /// Values that got another name, with the earlier one.
    renamed: Vec<[String; 2]>,
}

fn both_sides(
    column: &Column,
    list: Option<&List>,
    (table, renames): (&TableName, &[Rename]),
) -> (Kept, Kept) {
    let later_name = renamed_column(renames, table, &column.name);
    let words: Vec<[String; 2]> = renamed_values(renames, table, &later_name)
        .map(|(from, to)| [to.to_owned(), from.to_owned()])
        .collect();
    let values: Vec<Option<String>> = (1..=ROWS)
        .map(|number| match list {
            Some(list) => Some(list.values[number % list.values.len()].clone()),
            None => value(&column.data_type, number),
        })
        .collect();
    let later = |value: &String| {
        let new = words.iter().find(|[_, old]| old == value);
        new.map_or_else(|| value.clone(), |[new, _]| new.clone())
    };
    let later_values = values.iter().map(|value| value.as_ref().map(later)).collect();
    let mut later_column = column.clone();
    later_column.name = later_name;
    (
        Kept { column: column.clone(), values, renamed: words.clone() },
        Kept { column: later_column, values: later_values, renamed: words },
    )
}

/// A query for these columns, and rows to insert, which have a value in others besides.
fn texts(
    table: &str,
    kept: &[Kept],
    filled: &[(&Column, &Backfill)],
    dialect: Dialect,
) -> (String, Vec<String>) {
    let name = quoted(table, dialect);
    let all: Vec<String> = kept.iter().map(|kept| asked(kept, dialect)).collect();
    let query = format!("SELECT {} FROM {name}", all.join(", "));
    let given = kept.iter().filter(|kept| kept.column.generated.is_none());
    let filled = filled.iter().filter(|(column, _)| column.generated.is_none());
    let names = given.clone().map(|kept| &kept.column).chain(filled.clone().map(|(column, _)| *column));
    let names: Vec<String> = names.map(|column| quoted(&column.name, dialect)).collect();
    let names = names.join(", ");
    let overriding = dialect.select("", "OVERRIDING SYSTEM VALUE ", "");
    let inserts = (1..=ROWS).map(|number| {
        let own = given.clone().map(|kept| literal(&kept.column.data_type, kept.values[number - 1].clone()));
        let more = filled.clone().map(|(column, Backfill { value, .. })| {
            // The rows of the other side all get this one.
            let number = if matches!(value, Value::Expression(_)) { number } else { FILLED };
            literal(&column.data_type, self::value(&column.data_type, number))
        });
        let values: Vec<String> = own.chain(more).collect();
        format!("INSERT INTO {name} ({names}) {overriding}VALUES ({})", values.join(", "))
    });
    (query, inserts.collect())
}

/// A column with its values by their earlier names.
fn asked(Kept { column, renamed, .. }: &Kept, dialect: Dialect) -> String {
    let name = quoted(&column.name, dialect);
    if renamed.is_empty() {
        return name;
    }
    let text = format!("CAST({name} AS {})", dialect.select("TEXT", "TEXT", "CHAR"));
    let literal = |value: &String| literal(&Type::Text, Some(value.clone()));
    let cases = renamed.iter().map(|[new, old]| format!(" WHEN {} THEN {}", literal(new), literal(old)));
    format!("CASE {text}{} ELSE {text} END", cases.collect::<String>())
}

/// The earlier values of a column that get other names, with these.
fn renamed_values<'r>(
    renames: &'r [Rename],
    of: &'r TableName,
    name: &'r str,
) -> impl Iterator<Item = (&'r str, &'r str)> {
    renames.iter().filter_map(move |rename| match rename {
        Rename::Value { table, column, from, to, .. } if table == of && column == name => {
            Some((from.as_str(), to.as_str()))
        }
        _ => None,
    })
}

/// The type of a column with its later values.
fn renamed_type(column: &Column, table: &TableName, later: &str, renames: &[Rename]) -> Type {
    let mut data_type = column.data_type.clone();
    if let Type::Enum(of) = &mut data_type {
        for (from, to) in renamed_values(renames, table, later) {
            of.values.iter_mut().filter(|value| *value == from).for_each(|value| to.clone_into(value));
        }
    }
    data_type
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
    let table_name = other.name.clone();
    for column in &table.columns {
        let later = renamed_column(renames, &other.name, &column.name);
        let Some(other) = other.columns.iter().find(|other| other.name == later) else { continue };
        let data_type = renamed_type(column, &table_name, &later, renames);
        if data_type == other.data_type && column.generated == other.generated {
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
    // In rows that are put in one by one it is another time, and in those that get it together the same one: there, or on
    // the way back.
    let later_name = |column: &Column| renamed_column(renames, &table_name, &column.name);
    let comes = |new: &Column| {
        new.default == Some(Value::Now) && table.columns.iter().all(|of| later_name(of) != new.name)
    };
    let comes_back = |gone: &Column| {
        gone.default == Some(Value::Now) && other.columns.iter().all(|of| of.name != later_name(gone))
    };
    if other.columns.iter().any(|new| comes(new) && is_unique(other, new))
        || table.columns.iter().any(|gone| comes_back(gone) && is_unique(table, gone))
    {
        return None;
    }
    kept.iter().any(|column| column.generated.is_none()).then_some(kept)
}

fn is_unique(table: &Table, column: &Column) -> bool {
    let of_index = |index: &Index| {
        index.unique && index.keys.iter().any(|key| key.of == KeyOf::Column(column.name.clone()))
    };
    let is_key = |each: &Constraint| matches!(each, Constraint::Unique(unique) if unique.columns.contains(&column.name));
    column.unique || table.indexes.iter().any(of_index) || table.constraints.iter().any(is_key)
}

fn quoted(name: &str, dialect: Dialect) -> String {
    let quote = dialect.select("\"", "\"", "`");
    format!("{quote}{}{quote}", name.replace(quote, &quote.repeat(2)))
}

/// A value of a column as SQL has it.
fn literal(data_type: &Type, value: Option<String>) -> String {
    match (data_type, value) {
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
