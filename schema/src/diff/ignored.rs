//! A difference without what is left as it is.

use super::names::is_same_table;
use super::{Alteration, Attribute, Difference, Fact};
use crate::table::{Constraint, ConstraintKind, KeyOf, Schema, Table, TableName};
use servicekit_chain::sql::mentions_name;
use servicekit_chain::{Dialect, Ignored, IgnoredKind};

/// What is left as it is may bring other facts with it, such as those of the columns that a constraint is about.
const ROUNDS: usize = 4;

impl Difference {
    /// The same as if what is [ignored](Ignored) were in the second schema as it is in the first.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Ignored, revision::*, schema::Schema};
    /// let schema = |columns: Vec<Column>| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", columns));
    ///     schema
    /// };
    /// let before = schema(vec![ulid("id").primary_key(), string("email", 40), text("search")]);
    /// let after = schema(vec![ulid("id").primary_key(), string("email", 254)]);
    /// let ignored: Vec<Ignored> = vec!["column users.search".parse()?];
    /// let difference = before.difference(&after, Dialect::Postgres).ignoring(&ignored);
    /// assert_eq!(difference.to_string(), "~ column users.email: type from VARCHAR(40) to VARCHAR(254)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ignoring(mut self, ignored: &[Ignored]) -> Self {
        for _ in 0..ROUNDS {
            let (left, rest): (Vec<_>, Vec<_>) =
                self.facts.drain(..).partition(|fact| is_ignored(fact, ignored));
            self.facts = rest;
            if left.is_empty() {
                break;
            }
            let Self { dialect, answers, renamed, backfills, others, from, mut to, .. } = self;
            for fact in left {
                undo(fact, &mut to, dialect);
            }
            self = Self { backfills, ..Self::between(from, to, answers, renamed, (dialect, others)) };
        }
        self.untold.retain(|untold| !is_ignored(&untold.fact, ignored));
        self
    }
}

/// Whether a table is ignored, with all that is part of it.
pub(super) fn is_ignored_table(table: &TableName, ignored: &[Ignored]) -> bool {
    ignored.iter().any(|each| each.matches(IgnoredKind::Table, table.schema.as_deref(), &table.name, None))
}

fn is_ignored(fact: &Fact, ignored: &[Ignored]) -> bool {
    let is = |kind: IgnoredKind, table: &TableName, name: Option<&str>| {
        ignored.iter().any(|each| each.matches(kind, table.schema.as_deref(), &table.name, name))
    };
    match fact {
        Fact::Renamed(_) => false,
        Fact::Enum(of) => is(IgnoredKind::Enum, &of.last().name, None),
        Fact::Table(table) => is(IgnoredKind::Table, &table.last().name, None),
        Fact::TableComment { table, .. } => is(IgnoredKind::Comment, table, None),
        Fact::Column { table, column } => is(IgnoredKind::Column, table, Some(&column.last().name)),
        Fact::Attribute { table, attribute, from, to } => {
            let name = Some(to.name.as_str());
            is(IgnoredKind::Column, table, name)
                || (of_attribute(*attribute).is_some_and(|kind| is(kind, table, name)))
                || (is(IgnoredKind::Column, table, Some(&from.name)))
        }
        Fact::Constraint { table, constraint } => {
            let kind = match constraint.last().kind() {
                ConstraintKind::PrimaryKey => IgnoredKind::PrimaryKey,
                ConstraintKind::Unique => IgnoredKind::Unique,
                ConstraintKind::ForeignKey => IgnoredKind::ForeignKey,
                ConstraintKind::Check => IgnoredKind::Check,
                ConstraintKind::Exclusion => IgnoredKind::Exclusion,
            };
            is(kind, table, constraint.last().name())
        }
        Fact::Index { table, index } => is(IgnoredKind::Index, table, index.last().name.as_deref()),
    }
}

fn of_attribute(attribute: Attribute) -> Option<IgnoredKind> {
    match attribute {
        Attribute::Type => Some(IgnoredKind::Type),
        Attribute::Collation => Some(IgnoredKind::Collation),
        Attribute::Nullable => Some(IgnoredKind::Null),
        Attribute::Default => Some(IgnoredKind::Default),
        Attribute::Comment => Some(IgnoredKind::Comment),
        Attribute::Identity | Attribute::NowOnUpdate | Attribute::Generated => None,
    }
}

/// Makes the second schema in this respect like the first.
fn undo(fact: Fact, to: &mut Schema, dialect: Dialect) {
    match fact {
        Fact::Renamed(_) => {}
        Fact::Enum(of) => put_back(&mut to.enums, of),
        Fact::Table(table) => put_back(&mut to.tables, unboxed(table)),
        Fact::TableComment { table, comment } => {
            if let Some(of) = table_of(to, &table, dialect) {
                of.comment = comment.sides().0.cloned();
            }
        }
        Fact::Column { table, column } => {
            if let Some(of) = table_of(to, &table, dialect) {
                if let Alteration::Added(column) = &column {
                    drop_parts_of(&column.name, of, dialect);
                }
                put_back(&mut of.columns, unboxed(column));
            }
        }
        Fact::Attribute { table, attribute, from, to: column } => {
            let of = table_of(to, &table, dialect);
            if let Some(of) = of.and_then(|of| of.columns.iter_mut().find(|of| of.name == column.name)) {
                attribute.copy(&from, of);
            }
        }
        Fact::Constraint { table, constraint } => {
            if let Some(of) = table_of(to, &table, dialect) {
                put_back(&mut of.constraints, constraint);
            }
        }
        Fact::Index { table, index } => {
            if let Some(of) = table_of(to, &table, dialect) {
                put_back(&mut of.indexes, index);
            }
        }
    }
}

fn put_back<T: PartialEq>(all: &mut Vec<T>, alteration: Alteration<T>) {
    match alteration {
        Alteration::Added(new) => all.retain(|each| *each != new),
        Alteration::Dropped(old) => all.push(old),
        Alteration::Changed { from, to } => {
            if let Some(each) = all.iter_mut().find(|each| **each == to) {
                *each = from;
            }
        }
    }
}

fn unboxed<T>(alteration: Alteration<Box<T>>) -> Alteration<T> {
    match alteration {
        Alteration::Added(it) => Alteration::Added(*it),
        Alteration::Dropped(it) => Alteration::Dropped(*it),
        Alteration::Changed { from, to } => Alteration::Changed { from: *from, to: *to },
    }
}

fn table_of<'s>(schema: &'s mut Schema, name: &TableName, dialect: Dialect) -> Option<&'s mut Table> {
    schema.tables.iter_mut().find(|table| is_same_table(&table.name, name, dialect))
}

/// What cannot be without a column.
fn drop_parts_of(column: &str, table: &mut Table, dialect: Dialect) {
    let is_it = |name: &str| name.eq_ignore_ascii_case(column);
    let mentions = |sql: &str| mentions_name(dialect, sql, column);
    table.constraints.retain(|each| {
        let is_about_it = match each {
            Constraint::Check(check) => mentions(&check.condition.sql(dialect)),
            _ => each.columns().into_iter().any(is_it),
        };
        !is_about_it
    });
    table.indexes.retain(|index| {
        let has_it = index.keys.iter().any(|key| match &key.of {
            KeyOf::Column(name) => is_it(name),
            KeyOf::Expression(sql) => mentions(sql),
        });
        !has_it
            && !index.include.iter().any(|name| is_it(name))
            && !index.filter.as_deref().is_some_and(mentions)
    });
}
