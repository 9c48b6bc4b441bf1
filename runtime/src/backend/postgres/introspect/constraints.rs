//! Constraints.

use super::catalogue::Catalogue;
use super::draft::Draft;
use super::indexes::{TableColumns, included, remain_of_constraint};
use super::namespaces::quote;
use super::row::Read;
use super::rows::{ConstraintRow, IndexRow, Kind};
use crate::error::IntrospectionError;
use servicekit_chain::Dialect;
use servicekit_chain::sql::literal;
use servicekit_schema::table::{Constraint, check, exclusion, foreign_key, primary_key, unique};
use std::collections::{HashMap, HashSet};

/// What the constraints of a table are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings<'s, 'a> {
    pub(super) table: u32,
    pub(super) is_unlogged: bool,
    pub(super) columns: &'s TableColumns<'a>,
    /// Those that belong to constraints.
    pub(super) indexes: &'s HashMap<u32, &'s IndexRow<'a>>,
}

impl<'s, 'a> Surroundings<'s, 'a> {
    fn index(&self, row: &ConstraintRow<'_>) -> Option<&'s IndexRow<'a>> {
        self.indexes.get(&row.own_index()?).copied()
    }
}

impl<'a> Catalogue<'a> {
    /// Adds the constraints of a table.
    pub(super) fn add_constraints(&self, around: Surroundings<'_, 'a>, draft: &mut Draft) -> Read<()> {
        let mut rows: Vec<&ConstraintRow<'a>> =
            self.constraints.get(&around.table).into_iter().flatten().collect();
        rows.sort_by_key(|row| (row.kind, row.name));
        let own: HashSet<u32> = rows.iter().filter_map(|row| row.own_index()).collect();
        let mut made: HashSet<&str> = HashSet::new();
        for row in rows {
            // What a foreign key to its own table relies on must be there before: a constraint is, an index is not.
            let must_wait =
                row.kind == Kind::ForeignKey && row.referred == around.table && !own.contains(&row.index);
            // `CREATE TABLE` makes one index, and so one constraint, of two about the same.
            let is_double =
                row.own_index().is_some() && row.definition.is_some_and(|text| !made.insert(keys(text)));
            let has_words = !must_wait && !is_double && !row.is_temporal;
            let constraint = if has_words { self.constraint(row, around)? } else { None };
            match constraint {
                Some(constraint) => draft.table.constraints.push(constraint),
                None => self.remain_constraint(row, draft)?,
            }
            if let Some(index) = around.index(row) {
                remain_of_constraint(index, draft);
            }
            if let Some(comment) = row.comment {
                let (name, comment) = (quote(row.name), literal(Dialect::Postgres, comment));
                let sql = format!("COMMENT ON CONSTRAINT {name} ON {} IS {comment}", draft.sql);
                self.remain_beside(row, draft, format!("comment of {}", row.name), sql);
            }
        }
        Ok(())
    }

    /// A constraint in the words of the vocabulary, as far as they go.
    fn constraint(&self, row: &ConstraintRow<'a>, around: Surroundings<'_, 'a>) -> Read<Option<Constraint>> {
        let columns = || names(&row.columns, |number| around.columns.get(&number).map(|(name, _)| *name));
        let index = around.index(row);
        let include = || index.map_or(Ok(Vec::new()), |index| included(index, around.columns));
        Ok(match row.kind {
            Kind::PrimaryKey => {
                let mut key = primary_key(columns()?).name(row.name).include(include()?);
                key.deferrability = row.deferrability;
                Some(key.into())
            }
            Kind::Unique => {
                let mut unique = unique(columns()?).name(row.name).include(include()?);
                unique.deferrability = row.deferrability;
                unique.nulls_not_distinct = index.is_some_and(|index| index.nulls_not_distinct);
                Some(unique.into())
            }
            Kind::Check => {
                let mut check = check(row.condition.unwrap_or_default()).name(row.name);
                check.no_inherit = row.no_inherit;
                check.not_enforced = !row.is_enforced;
                check.not_valid = row.is_enforced && !row.is_valid;
                Some(check.into())
            }
            Kind::ForeignKey => self.foreign_key(row, around, columns()?)?,
            Kind::Exclusion => match index {
                Some(index) if include()?.is_empty() => self.exclusion(row, index, around)?,
                _ => None,
            },
        })
    }

    fn foreign_key(
        &self,
        row: &ConstraintRow<'a>,
        around: Surroundings<'_, 'a>,
        columns: Vec<String>,
    ) -> Read<Option<Constraint>> {
        let referred = self.referred.get(&row.referred).ok_or(IntrospectionError::Changing)?;
        // A table is created as a permanent one, and those refer only to permanent ones.
        if around.is_unlogged && referred.is_unlogged && row.referred != around.table {
            return Ok(None);
        }
        let referred_columns =
            names(&row.referred_columns, |number| self.referred_column(row.referred, number))?;
        let mut key = foreign_key(columns, &referred.name, referred_columns).name(row.name);
        key.on_update = row.on_update;
        key.on_delete = row.on_delete;
        key.on_delete_columns =
            names(&row.on_delete_columns, |number| around.columns.get(&number).map(|(name, _)| *name))?;
        key.matching = row.matching;
        key.deferrability = row.deferrability;
        key.not_enforced = !row.is_enforced;
        key.not_valid = row.is_enforced && !row.is_valid;
        Ok(Some(key.into()))
    }

    fn exclusion(
        &self,
        row: &ConstraintRow<'a>,
        index: &IndexRow<'a>,
        around: Surroundings<'_, 'a>,
    ) -> Read<Option<Constraint>> {
        let Some(keys) = self.keys(index, around.columns)? else { return Ok(None) };
        let operators = self.operators.get(&row.number).map(Vec::as_slice).unwrap_or_default();
        if keys.len() != operators.len() {
            return Err(IntrospectionError::Changing);
        }
        let elements = keys.into_iter().zip(operators.iter().copied());
        let mut constraint = exclusion(elements).name(row.name).using(index.method);
        constraint.filter = index.filter.map(str::to_owned);
        constraint.deferrability = row.deferrability;
        Ok(Some(constraint.into()))
    }

    /// Notes a constraint as the server writes it.
    fn remain_constraint(&self, row: &ConstraintRow<'a>, draft: &mut Draft) -> Read<()> {
        let definition = row.definition.ok_or(IntrospectionError::Changing)?;
        let sql = format!("ALTER TABLE {} ADD CONSTRAINT {} {definition}", draft.sql, quote(row.name));
        self.remain_beside(row, draft, format!("constraint {}", row.name), sql);
        Ok(())
    }

    /// Notes something for when the table is there, and the one that a foreign key refers to.
    fn remain_beside(&self, row: &ConstraintRow<'a>, draft: &mut Draft, what: String, sql: String) {
        match self.tables.get(&row.referred).filter(|_| row.kind == Kind::ForeignKey) {
            Some(other) => draft.remain_late(other, what, sql),
            None => draft.remain(what, sql),
        }
    }
}

/// A definition without the word of its kind.
fn keys(definition: &str) -> &str {
    let rest = definition.strip_prefix("PRIMARY KEY").or_else(|| definition.strip_prefix("UNIQUE"));
    rest.unwrap_or(definition)
}

/// The names of columns.
fn names<'n>(numbers: &[i16], name: impl Fn(i16) -> Option<&'n str>) -> Read<Vec<String>> {
    let name = |number: &i16| name(*number).map(str::to_owned).ok_or(IntrospectionError::Changing);
    numbers.iter().map(name).collect()
}
