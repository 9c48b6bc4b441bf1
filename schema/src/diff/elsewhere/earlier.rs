//! The earlier schema on another kind of database: the later one, with what differs as it was.

use super::Elsewhere;
use super::quoted::Quoted;
use crate::diff::enums::{enum_of, set_values};
use crate::diff::indexes::comes_with_foreign_key;
use crate::diff::{Alteration, Attribute, Difference, Fact, types};
use crate::table::{Column, Constraint, EnumType, Index, Schema, Table, TableName, Type};
use servicekit_chain::Dialect;

/// The earlier schema of a difference in which everything has a name.
pub(super) fn of(difference: &Difference, on: Dialect) -> Result<Schema, Elsewhere> {
    let mut earlier = Earlier { difference, on, schema: difference.to.clone() };
    for fact in &difference.facts {
        earlier.undo(fact)?;
    }
    earlier.schema.enums = earlier.enums();
    Ok(earlier.schema)
}

struct Earlier<'d> {
    difference: &'d Difference,
    on: Dialect,
    schema: Schema,
}

impl Earlier<'_> {
    fn undo(&mut self, fact: &Fact) -> Result<(), Elsewhere> {
        match fact {
            Fact::Enum(Alteration::Changed { from, .. }) => self.undo_values(from),
            // Everything is called by its later name, and types come and go with the columns that have them.
            Fact::Renamed(_) | Fact::Enum(_) => {}
            Fact::Table(table) => {
                let (from, to) = table.sides();
                self.schema.tables.retain(|known| to.is_none_or(|to| known.name != to.name));
                let from = from.map(|table| self.carried_table(table)).transpose()?;
                self.schema.tables.extend(from);
            }
            Fact::TableComment { table, comment } => {
                let before = comment.sides().0.cloned();
                self.with_table(table, |table| table.comment.clone_from(&before));
            }
            Fact::Column { table, column } => {
                let (from, to) = column.sides();
                let from = from.map(|column| self.carried_column(table, column)).transpose()?;
                self.with_table(table, |table| {
                    table.columns.retain(|known| to.is_none_or(|to| known.name != to.name));
                    table.columns.extend(from);
                });
            }
            Fact::Attribute { table, attribute, from, to } => {
                self.undo_attribute(table, *attribute, from, to)?;
            }
            Fact::Constraint { table, constraint } => {
                let (from, to) = constraint.sides();
                let from = from.map(|constraint| self.quoted().constraint(constraint));
                self.with_table(table, |table| {
                    if let Some(to) = to {
                        remove(&mut table.constraints, to, unnamed);
                    }
                    table.constraints.extend(from);
                });
            }
            Fact::Index { table, index } => {
                let (from, to) = index.sides();
                let from = from.filter(|index| !self.is_of_key(table, index));
                let from = from.map(|index| self.quoted().index(index));
                self.with_table(table, |table| {
                    if let Some(to) = to {
                        remove(&mut table.indexes, to, |index| Index { name: None, ..index.clone() });
                    }
                    table.indexes.extend(from);
                });
            }
        }
        Ok(())
    }

    fn with_table(&mut self, name: &TableName, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.schema.tables.iter_mut().find(|table| table.name == *name) {
            change(table);
        }
    }

    /// Enum types of PostgreSQL that get other values: the columns say them elsewhere.
    fn undo_values(&mut self, from: &EnumType) {
        for column in self.schema.tables.iter_mut().flat_map(|table| &mut table.columns) {
            set_values(&mut column.data_type, from);
        }
    }

    fn undo_attribute(
        &mut self,
        table: &TableName,
        attribute: Attribute,
        from: &Column,
        to: &Column,
    ) -> Result<(), Elsewhere> {
        let from = &self.quoted().column(from);
        let data_type = match attribute {
            Attribute::Type => self.carried_type(table, from, Some(to))?,
            _ => to.data_type.clone(),
        };
        let collations = self.collations(from, to);
        self.with_table(table, |table| {
            let Some(column) = table.columns.iter_mut().find(|column| column.name == to.name) else { return };
            match attribute {
                Attribute::Type => column.data_type = data_type,
                Attribute::Collation => column.collations = collations,
                other => other.copy(from, column),
            }
        });
        Ok(())
    }

    /// A collation is one of its database, unless the model names it for all.
    fn collations(&self, from: &Column, to: &Column) -> Vec<(Option<Dialect>, String)> {
        let found_on = self.difference.dialect;
        let is_for_all = to.collations.iter().any(|(only, _)| only.is_none());
        if self.on != found_on && !is_for_all {
            return to.collations.clone();
        }
        from.collation(found_on).map(|name| (None, name.to_owned())).into_iter().collect()
    }

    /// What a column is elsewhere, as far as a word says it. A type that the model has on the compared database only does
    /// not change elsewhere.
    fn carried_type(&self, table: &TableName, from: &Column, to: Option<&Column>) -> Result<Type, Elsewhere> {
        let found_on = self.difference.dialect;
        if is_word(&from.data_type) {
            return Ok(self.with_name_of_enum(&from.data_type, to));
        }
        if self.on == found_on {
            return Ok(from.data_type.clone());
        }
        if let Some(word) = types::word_for(&from.data_type, found_on) {
            return Ok(word);
        }
        match to.map(|to| &to.data_type) {
            Some(to @ Type::PerDialect { variants, .. })
                if variants.iter().any(|(known, _)| *known == found_on) =>
            {
                Ok(to.clone())
            }
            _ => Err(Elsewhere {
                what: format!("column {table}.{}", from.name),
                data_type: types::stored_name(&from.data_type, found_on).unwrap_or_default(),
                found_on,
                unknown_on: self.on,
            }),
        }
    }

    /// Only PostgreSQL knows what an enum type is called; elsewhere it is most likely the one that the column has later, or
    /// one with the same values.
    fn with_name_of_enum(&self, data_type: &Type, to: Option<&Column>) -> Type {
        let Type::Enum(of) = data_type else { return data_type.clone() };
        if self.difference.dialect == Dialect::Postgres {
            return data_type.clone();
        }
        let later = to.and_then(|to| enum_of(to.data_type.for_dialect(self.on)));
        let alike = || self.difference.to.enums.iter().find(|known| known.values == of.values);
        match later.or_else(alike) {
            Some(known) => Type::Enum(EnumType { name: known.name.clone(), values: of.values.clone() }),
            None => data_type.clone(),
        }
    }

    fn carried_column(&self, table: &TableName, column: &Column) -> Result<Column, Elsewhere> {
        let data_type = self.carried_type(table, column, None)?;
        let mut carried = Column { data_type, ..self.quoted().column(column) };
        if self.on != self.difference.dialect {
            carried.collations.clear();
        }
        Ok(carried)
    }

    fn carried_table(&self, table: &Table) -> Result<Table, Elsewhere> {
        let columns = table.columns.iter().map(|column| self.carried_column(&table.name, column));
        let mut carried = Table { columns: columns.collect::<Result<_, _>>()?, ..table.clone() };
        carried.indexes.retain(|index| !self.is_made_by_key(table, index));
        for constraint in &mut carried.constraints {
            *constraint = self.quoted().constraint(constraint);
        }
        for index in &mut carried.indexes {
            *index = self.quoted().index(index);
        }
        Ok(carried)
    }

    fn quoted(&self) -> Quoted {
        Quoted { from: self.difference.dialect, to: self.on }
    }

    /// Whether MySQL has made an index by itself for a foreign key of a table that stays.
    fn is_of_key(&self, table: &TableName, index: &Index) -> bool {
        let mut tables = self.difference.from.tables.iter();
        tables.find(|known| known.name == *table).is_some_and(|table| self.is_made_by_key(table, index))
    }

    fn is_made_by_key(&self, table: &Table, index: &Index) -> bool {
        // It is called like the key.
        let is_its = |each: &Constraint| {
            matches!(each, Constraint::ForeignKey(_)) && each.name() == index.name.as_deref()
        };
        if !table.constraints.iter().any(is_its) {
            return false;
        }
        let mut others = table.clone();
        others.indexes.retain(|other| other != index);
        comes_with_foreign_key(index, &others, self.difference.dialect)
    }

    /// The types of PostgreSQL: those that were found, or those that columns have.
    fn enums(&self) -> Vec<EnumType> {
        if self.difference.dialect == Dialect::Postgres {
            return self.difference.from.enums.clone();
        }
        let mut enums: Vec<EnumType> = Vec::new();
        for column in self.schema.tables.iter().flat_map(|table| &table.columns) {
            let of = enum_of(column.data_type.for_dialect(self.on));
            if let Some(of) = of.filter(|of| enums.iter().all(|known| known.name != of.name)) {
                enums.push(of.clone());
            }
        }
        enums
    }
}

/// Takes one out of a list, where it may have got its name since.
fn remove<T: PartialEq>(list: &mut Vec<T>, part: &T, unnamed: impl Fn(&T) -> T) {
    let same = list.iter().position(|known| known == part);
    let place = same.or_else(|| list.iter().position(|known| unnamed(known) == unnamed(part)));
    if let Some(at) = place {
        list.remove(at);
    }
}

fn unnamed(constraint: &Constraint) -> Constraint {
    let mut unnamed = constraint.clone();
    *unnamed.name_mut() = None;
    unnamed
}

/// Whether the type has a word, which means the same everywhere.
fn is_word(data_type: &Type) -> bool {
    match data_type {
        Type::Custom(_) | Type::PerDialect { .. } => false,
        Type::Array(item) => is_word(item),
        Type::WithPrecision { base, .. } => is_word(base),
        _ => true,
    }
}
