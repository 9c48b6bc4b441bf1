//! How the rows are counted that a hazard is about: one `SELECT` of one number, of the database as it is before the change.

mod unfit;

use super::Difference;
use super::names::{is_same, is_same_table};
use super::plan::{Affected, Hazard};
use super::renames::{Renamed, Renaming, rename_values_of, with_values_renamed};
use crate::render::part_text;
use crate::table::{
    Column, Constraint, ForeignKey, ForeignKeyMatch, Index, IndexKey, KeyOf, Table, TableName,
};
use crate::table::{Type, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{backquoted, mentions_name, quote_name};
use std::fmt;

/// A query that counts what a hazard is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountQuery {
    /// A `SELECT` with one row of one number.
    pub sql: String,
    /// What the number counts.
    pub counted: Counted,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Counted {
    /// Rows.
    Rows,
    /// Groups of rows that have the same values.
    Groups,
}

/// Why what a hazard is about cannot be counted before the change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Uncountable {
    /// A column that the change adds.
    NewColumn(String),
    /// A table that is not in the schema, so that the hazard is one of another difference.
    NoTable(TableName),
    /// Only the change itself finds the rows; this says why.
    Untold(String),
}

impl fmt::Display for Uncountable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewColumn(column) => write!(f, "the column {column} is not there yet"),
            Self::NoTable(table) => write!(f, "the table {table} is not there"),
            Self::Untold(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Uncountable {}

type Counting = Result<CountQuery, Uncountable>;

impl Difference {
    /// How the rows are counted that a hazard of its [plan](Self::plan) is about, in a database that has the first schema.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::HazardKind, revision::*, schema::Schema};
    /// let schema = |email: Column| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", [ulid("id").primary_key(), email]));
    ///     schema
    /// };
    /// let before = schema(text("email"));
    /// let difference = before.difference(&schema(text("email").not_null()), Dialect::Postgres);
    /// let change = difference.plan()?;
    /// let hazard = change.hazards.iter().find(|hazard| hazard.kind == HazardKind::CanFail).unwrap();
    /// let query = difference.count_query(hazard)?;
    /// assert_eq!(query.sql, r#"SELECT COUNT(*) FROM "users" WHERE "email" IS NULL"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the rows cannot be told before the change, such as those that two rows of a column with a new value make.
    pub fn count_query(&self, hazard: &Hazard) -> Counting {
        if self.renamed.is_first && !self.renamed.list.is_empty() {
            return self.before_renames(hazard);
        }
        if let Affected::EnumValue(value) = &hazard.affected {
            return self.rows_with_enum_value(&hazard.table, value);
        }
        let is_it = |table: &&Table| is_same_table(&table.name, &hazard.table, self.dialect);
        let from = self.from.tables.iter().find(is_it);
        let from = from.ok_or_else(|| Uncountable::NoTable(hazard.table.clone()))?;
        let to = self.to.tables.iter().find(is_it).map(|table| table.columns.as_slice());
        Rows { difference: self, from, to: to.unwrap_or_default() }.of(&hazard.affected)
    }

    /// The database has the earlier names yet.
    fn before_renames(&self, hazard: &Hazard) -> Counting {
        let back = Renaming::new(&self.renamed.list, self.dialect).reversed();
        let undone = self.renamed.reversed().list;
        let [from, to] = [&self.from, &self.to]
            .map(|schema| back.schema(&with_values_renamed(schema.clone(), &undone, self.dialect)));
        let before = Self { from, to, renamed: Renamed::default(), ..self.clone() };
        let mut hazard = hazard.clone();
        if let Affected::Unfit { from, to } = &mut hazard.affected {
            for column in [from, to] {
                rename_values_of(&hazard.table, column, &undone, self.dialect);
            }
        }
        hazard.affected = hazard.affected.renamed(&back, &hazard.table);
        hazard.table = back.table_name(&hazard.table);
        before.count_query(&hazard)
    }

    fn rows_with_enum_value(&self, name: &TableName, value: &str) -> Counting {
        let of = self.from.enums.iter().find(|of| of.name == *name);
        let of = of.ok_or_else(|| Uncountable::NoTable(name.clone()))?;
        let value = literal(self.dialect, value)?;
        let counts = super::plan::columns_of(self, of).map(|(table, column)| {
            let name = quote_name(self.dialect, &column.name);
            let has_it = match column.data_type {
                Type::Array(_) => format!("{value} = ANY({name})"),
                _ => format!("{name} = {value}"),
            };
            format!("(SELECT COUNT(*) FROM {} WHERE {has_it})", table_name(self.dialect, table))
        });
        let counts: Vec<String> = counts.collect();
        let sum = if counts.is_empty() { "0".to_owned() } else { counts.join(" + ") };
        Ok(CountQuery { sql: format!("SELECT {sum}"), counted: Counted::Rows })
    }
}

/// The rows of a table as it is.
struct Rows<'d> {
    difference: &'d Difference,
    from: &'d Table,
    /// The columns as they become.
    to: &'d [Column],
}

impl Rows<'_> {
    fn of(&self, affected: &Affected) -> Counting {
        match affected {
            Affected::Rows => Ok(self.all()),
            Affected::Null(column) => Ok(self.rows(&format!("{} IS NULL", self.column(column)?))),
            Affected::Values(column) => Ok(self.rows(&format!("{} IS NOT NULL", self.column(column)?))),
            Affected::Zeros(column) => Ok(self.rows(&format!("{} = 0", self.column(column)?))),
            Affected::Unfit { from, to } => {
                let column = self.column(&from.name)?;
                let is_unfit = unfit::condition(self.difference.dialect, from, to, &column)?;
                Ok(self.rows(&is_unfit))
            }
            Affected::Violating(constraint) => self.violating(constraint),
            Affected::Duplicates(index) => self.duplicates_of_index(index),
            Affected::EnumValue(_) => Err(Uncountable::Untold("it is about an enum type".to_owned())),
            Affected::Untold(reason) => Err(Uncountable::Untold((*reason).to_owned())),
        }
    }

    fn all(&self) -> CountQuery {
        let table = table_name(self.difference.dialect, &self.from.name);
        CountQuery { sql: format!("SELECT COUNT(*) FROM {table}"), counted: Counted::Rows }
    }

    fn rows(&self, condition: &str) -> CountQuery {
        let all = self.all();
        CountQuery { sql: format!("{} WHERE {condition}", all.sql), ..all }
    }

    /// A column that is there, in quotes.
    fn column(&self, name: &str) -> Result<String, Uncountable> {
        let is_it = |column: &&Column| is_same(&column.name, name, self.difference.dialect);
        match self.from.columns.iter().find(is_it) {
            Some(column) => Ok(column_name(self.difference.dialect, &column.name)),
            None => Err(Uncountable::NewColumn(name.to_owned())),
        }
    }

    fn columns(&self, names: &[String]) -> Result<Vec<String>, Uncountable> {
        names.iter().map(|name| self.column(name)).collect()
    }

    /// An expression that is about nothing but columns that are there.
    fn expression(&self, text: &str) -> Result<String, Uncountable> {
        let dialect = self.difference.dialect;
        let is_new = |column: &&Column| {
            self.column(&column.name).is_err() && mentions_name(dialect, text, &column.name)
        };
        match self.to.iter().find(is_new) {
            Some(column) => Err(Uncountable::NewColumn(column.name.clone())),
            // What is given may end in a comment.
            None => Ok(format!("({text}\n)")),
        }
    }

    fn violating(&self, constraint: &Constraint) -> Counting {
        match constraint {
            // Unknown is no violation.
            Constraint::Check(check) => Ok(self
                .rows(&format!("NOT {}", self.expression(&check.condition.sql(self.difference.dialect))?))),
            Constraint::ForeignKey(key) => self.without_parent(key),
            Constraint::PrimaryKey(key) => {
                Ok(self.duplicates(&self.columns(&key.columns)?, Nulls::Distinct, None))
            }
            Constraint::Unique(unique) => {
                let nulls = Nulls::of(unique.nulls_not_distinct);
                Ok(self.duplicates(&self.columns(&unique.columns)?, nulls, None))
            }
            Constraint::Exclusion(_) => Err(Uncountable::Untold(
                "an exclusion constraint compares every row with every other".to_owned(),
            )),
        }
    }

    fn duplicates_of_index(&self, index: &Index) -> Counting {
        let keys: Result<Vec<String>, Uncountable> = index.keys.iter().map(|key| self.key(key)).collect();
        let filter = index.filter.as_deref().map(|filter| self.expression(filter)).transpose()?;
        Ok(self.duplicates(&keys?, Nulls::of(index.nulls_not_distinct), filter))
    }

    /// What two rows must not have alike.
    fn key(&self, key: &IndexKey) -> Result<String, Uncountable> {
        let mut text = match &key.of {
            KeyOf::Column(name) => self.column(name)?,
            KeyOf::Expression(text) => self.expression(text)?,
        };
        if let Some(length) = key.mysql_length {
            text = format!("LEFT({text}, {length})");
        }
        if let Some(collation) = &key.collation {
            text = format!("{text} COLLATE {}", quote_name(self.difference.dialect, collation));
        }
        Ok(text)
    }

    fn duplicates(&self, keys: &[String], nulls: Nulls, filter: Option<String>) -> CountQuery {
        let mut conditions: Vec<String> = filter.into_iter().collect();
        if nulls == Nulls::Distinct {
            conditions.extend(keys.iter().map(|key| format!("{key} IS NOT NULL")));
        }
        let rows = if conditions.is_empty() { self.all() } else { self.rows(&conditions.join(" AND ")) };
        let rows = rows.sql.replacen("COUNT(*)", "1", 1);
        let groups = format!("{rows} GROUP BY {} HAVING COUNT(*) > 1", keys.join(", "));
        CountQuery { sql: format!("SELECT COUNT(*) FROM ({groups}) AS repeated"), counted: Counted::Groups }
    }

    /// The rows that refer to nothing.
    fn without_parent(&self, key: &ForeignKey) -> Counting {
        let own: Vec<String> =
            self.columns(&key.columns)?.into_iter().map(|column| format!("child.{column}")).collect();
        let all = |test: &str| {
            own.iter().map(|column| format!("{column} {test}")).collect::<Vec<_>>().join(" AND ")
        };
        let refers = all("IS NOT NULL");
        let mut condition = match self.without_parent_test(key, &own)? {
            Some(no_parent) => format!("{refers} AND {no_parent}"),
            None => refers.clone(),
        };
        if key.matching == Some(ForeignKeyMatch::Full) {
            condition = format!("({condition}) OR (NOT ({refers}) AND NOT ({}))", all("IS NULL"));
        }
        let table = table_name(self.difference.dialect, &self.from.name);
        let sql = format!("SELECT COUNT(*) FROM {table} AS child WHERE {condition}");
        Ok(CountQuery { sql, counted: Counted::Rows })
    }

    /// That there is no row which these refer to; nothing where the table is made by the change, and so has none.
    fn without_parent_test(&self, key: &ForeignKey, own: &[String]) -> Result<Option<String>, Uncountable> {
        let dialect = self.difference.dialect;
        let is_it = |table: &&Table| is_same_table(&table.name, &key.referred_table, dialect);
        let parent = self.difference.from.tables.iter().find(is_it);
        if parent.is_none() && self.difference.to.tables.iter().any(|table| is_it(&table)) {
            return Ok(None);
        }
        let mut referred: Vec<&str> = key.referred_columns.iter().map(String::as_str).collect();
        if let (true, Some(parent)) = (referred.is_empty(), parent) {
            let is_key = |each: &&Constraint| matches!(each, Constraint::PrimaryKey(_));
            referred = parent.constraints.iter().find(is_key).map(Constraint::columns).unwrap_or_default();
        }
        if referred.len() != own.len() {
            return Err(Uncountable::Untold("it does not name the columns that it refers to".to_owned()));
        }
        let is_there = |name: &&str| {
            parent
                .is_none_or(|parent| parent.columns.iter().any(|column| is_same(&column.name, name, dialect)))
        };
        if let Some(missing) = referred.iter().find(|name| !is_there(name)) {
            return Err(Uncountable::NewColumn(format!("{}.{missing}", key.referred_table)));
        }
        let equal = referred.iter().zip(own).map(|(name, own)| {
            // The column that is referred to comes first: its collation is the one of the comparison on SQLite.
            format!("parent.{} = {own}", column_name(dialect, name))
        });
        let equal: Vec<String> = equal.collect();
        let parent = table_name(dialect, &key.referred_table);
        Ok(Some(format!("NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE {})", equal.join(" AND "))))
    }
}

/// Whether two rows with null have the same value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nulls {
    Distinct,
    Alike,
}

impl Nulls {
    fn of(not_distinct: bool) -> Self {
        if not_distinct { Self::Alike } else { Self::Distinct }
    }
}

fn table_name(dialect: Dialect, table: &TableName) -> String {
    let name = quote_name(dialect, &table.name);
    table.schema.as_ref().map_or(name.clone(), |schema| format!("{}.{name}", quote_name(dialect, schema)))
}

/// In double quotes, SQLite would take a name that it does not know for a text (quirks.html, 8).
fn column_name(dialect: Dialect, name: &str) -> String {
    if dialect == Dialect::Sqlite { backquoted(name) } else { quote_name(dialect, name) }
}

fn literal(dialect: Dialect, text: &str) -> Result<String, Uncountable> {
    part_text::value_text(dialect, &Value::Text(text.to_owned()))
        .map_err(|problem| Uncountable::Untold(problem.reason))
}
