//! Values for the rows that have none where a column must have one from now on.

use super::names::{is_same, is_same_table};
use super::{Alteration, Attribute, Difference, Fact};
use crate::table::{Column, Constraint, Index, KeyOf, TableName, Type, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::mentions_name;
use std::fmt;

/// The value that rows get in a column that may not be null any more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backfill {
    /// The table.
    pub table: TableName,
    /// The column.
    pub column: String,
    /// The value, or an [expression](crate::table::sql) of the other columns.
    pub value: Value,
}

impl Backfill {
    /// Rows of this table get this value in this column.
    pub fn new(table: impl Into<TableName>, column: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { table: table.into(), column: column.into(), value: value.into() }
    }
}

/// Why a value cannot be given to rows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BackfillProblem {
    /// The column does not become one that may not be null.
    NotNeeded(Backfill),
    /// The same value for all rows of a column whose values differ.
    Unique(Backfill),
    /// Null for a column that may not be null.
    Null(Backfill),
    /// The column gets another type at the same time.
    OtherType(Backfill),
}

impl fmt::Display for BackfillProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NotNeeded(of) | Self::Unique(of) | Self::Null(of) | Self::OtherType(of)) = self;
        write!(f, "the rows of {} cannot be given a value for {}: ", of.table, of.column)?;
        f.write_str(match self {
            Self::NotNeeded(_) => {
                "no column of this name becomes one that may not be null\nhelp: correct the name, or leave it out"
            }
            Self::Unique(_) => {
                "it is unique, alone or with other new columns, and all rows would get the same\nhelp: give an expression \
                 that differs from row to row, such as `sql(lower(id))`"
            }
            Self::Null(_) => "it may not be null\nhelp: give another value",
            Self::OtherType(_) => {
                "its type changes at the same time\nhelp: change the type in one revision, and fill it in the next one"
            }
        })
    }
}

impl std::error::Error for BackfillProblem {}

impl Difference {
    /// The columns that come, may not be null, and have no value for the rows that are there: table and column.
    ///
    /// A table that is empty here has rows where the revision runs next.
    pub fn missing_values(&self) -> impl Iterator<Item = (&TableName, &Column)> {
        let new = self.facts.iter().filter_map(|fact| match fact {
            Fact::Column { table, column: Alteration::Added(column) } => Some((table, &**column)),
            _ => None,
        });
        new.filter(|(table, column)| has_no_value(column) && self.backfill(table, &column.name).is_none())
    }

    /// The same with values for rows that have none: the column comes without being required, gets the values, and is
    /// required then.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Backfill, revision::*, schema::Schema};
    /// let schema = |columns: Vec<Column>| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", columns));
    ///     schema
    /// };
    /// let before = schema(vec![ulid("id").primary_key()]);
    /// let after = schema(vec![ulid("id").primary_key(), string("country", 2).not_null()]);
    /// let difference = before.difference(&after, Dialect::Postgres);
    /// assert_eq!(difference.missing_values().count(), 1);
    /// let difference = difference.with_backfills([Backfill::new("users", "country", "NO")])?;
    /// assert_eq!(
    ///     difference.plan()?.recorded().sql(Dialect::Postgres)?,
    ///     [
    ///         r#"ALTER TABLE "users" ADD COLUMN "country" VARCHAR(2)"#,
    ///         r#"UPDATE "users" SET "country" = 'NO'"#,
    ///         r#"ALTER TABLE "users" ALTER COLUMN "country" SET NOT NULL"#,
    ///     ]
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a column does not need one, or the value is none for it.
    pub fn with_backfills(
        mut self,
        backfills: impl IntoIterator<Item = Backfill>,
    ) -> Result<Self, BackfillProblem> {
        for backfill in backfills {
            let Some((table, column)) = self.required(&backfill) else {
                return Err(BackfillProblem::NotNeeded(backfill));
            };
            if backfill.value == Value::Null {
                return Err(BackfillProblem::Null(backfill));
            }
            let changes_type = self.facts.iter().any(|fact| {
                matches!(fact, Fact::Attribute { table: of, attribute: Attribute::Type, to, .. }
                    if of == table && to.name == column.name)
            });
            if changes_type {
                return Err(BackfillProblem::OtherType(backfill));
            }
            let (table, column) = (table.clone(), column.name.clone());
            self.backfills.push(Backfill { table, column, ..backfill });
        }
        match self.backfills.iter().find(|backfill| self.makes_equal_keys(backfill)) {
            Some(backfill) => Err(BackfillProblem::Unique(backfill.clone())),
            None => Ok(self),
        }
    }

    /// What the rows get in a column.
    pub(super) fn backfill(&self, table: &TableName, column: &str) -> Option<&Backfill> {
        self.backfills.iter().find(|known| known.table == *table && known.column == column)
    }

    /// The column that is meant, if it becomes one that may not be null.
    fn required(&self, backfill: &Backfill) -> Option<(&TableName, &Column)> {
        self.facts.iter().find_map(|fact| {
            let (table, column) = match fact {
                Fact::Column { table, column: Alteration::Added(column) } if !column.nullable => {
                    (table, column)
                }
                Fact::Attribute { table, attribute: Attribute::Nullable, to, .. } if !to.nullable => {
                    (table, to)
                }
                _ => return None,
            };
            let is_it = is_same_table(table, &backfill.table, self.dialect)
                && is_same(&column.name, &backfill.column, self.dialect)
                && column.generated.is_none();
            is_it.then_some((table, &**column))
        })
    }

    /// Whether a unique key that the column is part of is the same one for all rows then.
    fn makes_equal_keys(&self, backfill: &Backfill) -> bool {
        let Some(table) = self.to.tables.iter().find(|of| of.name == backfill.table) else { return false };
        let is_equal = |keys: &[&KeyOf], nulls_not_distinct| {
            let has_it = keys.iter().any(|key| speaks_of(key, &backfill.column, self.dialect));
            let is_same_for_all =
                |column: &Column| self.is_same_for_all(&table.name, column, nulls_not_distinct);
            has_it
                && table.columns.iter().all(|column| {
                    is_same_for_all(column)
                        || !keys.iter().any(|key| speaks_of(key, &column.name, self.dialect))
                })
        };
        let of_columns = |columns: &[String], nulls_not_distinct| {
            let keys: Vec<KeyOf> = columns.iter().cloned().map(KeyOf::Column).collect();
            is_equal(&keys.iter().collect::<Vec<_>>(), nulls_not_distinct)
        };
        let of_index = |index: &Index| {
            let keys: Vec<&KeyOf> = index.keys.iter().map(|key| &key.of).collect();
            index.unique && is_equal(&keys, index.nulls_not_distinct)
        };
        table.indexes.iter().any(of_index)
            || table.constraints.iter().any(|each| match each {
                Constraint::PrimaryKey(key) => of_columns(&key.columns, false),
                Constraint::Unique(unique) => of_columns(&unique.columns, unique.nulls_not_distinct),
                _ => false,
            })
    }

    /// Whether all rows have the same value in a column afterwards; two nulls are the same one where a key says so.
    fn is_same_for_all(&self, table: &TableName, column: &Column, nulls_not_distinct: bool) -> bool {
        if let Some(backfill) = self.backfill(table, &column.name) {
            return !matches!(backfill.value, Value::Expression(_));
        }
        let is_new = self.facts.iter().any(|fact| {
            matches!(fact, Fact::Column { table: of, column: Alteration::Added(new) }
                if of == table && new.name == column.name)
        });
        let counts = column.identity.is_some() || column.data_type.behind_serial().is_some();
        is_new
            && !counts
            && column.generated.is_none()
            && match &column.default {
                Some(Value::Expression(_)) => false,
                Some(_) => true,
                None => nulls_not_distinct,
            }
    }
}

/// Whether part of a key is made of a column.
fn speaks_of(key: &KeyOf, column: &str, dialect: Dialect) -> bool {
    match key {
        KeyOf::Column(name) => is_same(name, column, dialect),
        KeyOf::Expression(expression) => mentions_name(dialect, expression, column),
    }
}

/// Whether rows that are there get nothing in a new column that must have something.
pub(super) fn has_no_value(column: &Column) -> bool {
    let counts = column.identity.is_some() || column.data_type.behind_serial().is_some();
    !column.nullable && column.default.is_none() && column.generated.is_none() && !counts
}

/// Why a text is no value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoValue {
    /// What is expected, such as `a whole number`.
    pub expected: &'static str,
}

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is not {}; an expression is written as `sql(…)`", self.expected)
    }
}

impl std::error::Error for NoValue {}

impl Value {
    /// The value of a column of this type that somebody has written: `5`, `true`, `now()`, `sql(lower(name))`, or a text.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, schema::{Type, Value}};
    /// assert_eq!(Value::written("5", &Type::Integer, Dialect::Sqlite)?, Value::Integer(5));
    /// assert_eq!(Value::written("5", &Type::Text, Dialect::Sqlite)?, Value::Text("5".to_owned()));
    /// assert!(Value::written("five", &Type::Integer, Dialect::Sqlite).is_err());
    /// # Ok::<(), servicekit::diff::NoValue>(())
    /// ```
    ///
    /// # Errors
    /// If the text is none.
    pub fn written(text: &str, data_type: &Type, dialect: Dialect) -> Result<Self, NoValue> {
        if let Some(expression) = text.strip_prefix("sql(").and_then(|rest| rest.strip_suffix(')')) {
            return Ok(Self::Expression(expression.to_owned()));
        }
        let no = |expected| NoValue { expected };
        match data_type.for_dialect(dialect) {
            Type::SmallInteger
            | Type::Integer
            | Type::BigInteger
            | Type::UnsignedSmallInteger
            | Type::UnsignedInteger
            | Type::UnsignedBigInteger => {
                text.trim().parse().map(Self::Integer).map_err(|_| no("a whole number"))
            }
            Type::Float | Type::Double => text.trim().parse().map(Self::Real).map_err(|_| no("a number")),
            Type::Numeric(..) | Type::UnconstrainedNumeric => match text.trim().parse::<f64>() {
                // It keeps all of its digits.
                Ok(number) if number.is_finite() => Ok(Self::Text(text.trim().to_owned())),
                _ => Err(no("a number")),
            },
            Type::Boolean => text.trim().parse().map(Self::Boolean).map_err(|_| no("`true` or `false`")),
            Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz if text.trim() == "now()" => {
                Ok(Self::Now)
            }
            _ => Ok(Self::Text(text.to_owned())),
        }
    }
}
