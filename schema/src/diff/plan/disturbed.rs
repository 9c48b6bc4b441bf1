//! What stays, and has to make room for a change meanwhile.

use super::{Affected, Draft, HazardKind, Stage, attributes, columns, conversion, enums, parts};
use crate::diff::names::{is_same, is_same_table};
use crate::diff::{Alteration, Attribute, Difference, Fact};
use crate::table::{Column, Constraint, ForeignKey, Index, KeyOf, Table, TableName};
use servicekit_chain::Dialect;
use servicekit_chain::sql::mentions_name;
use std::borrow::Cow;
use std::collections::HashSet;

/// Columns and keys that change, by what is in the way of their change.
#[derive(Debug)]
pub(super) struct Disturbed<'d> {
    /// Columns that go and come again: no database makes a computed one of another.
    replaced: HashSet<(&'d TableName, &'d str)>,
    /// Columns of an enum type that loses a value or gets another order, which is another type to the database.
    recast: HashSet<(&'d TableName, &'d str)>,
    /// Columns with another type, or another collation, which the database takes for one.
    retyped: HashSet<(&'d TableName, &'d str)>,
    /// Columns that generate numbers and lose the key that they need: MySQL.
    uncounted: HashSet<(&'d TableName, &'d str)>,
    /// Keys and indexes that go: a foreign key may need them.
    keys: Vec<(&'d TableName, Vec<&'d str>)>,
}

impl<'d> Disturbed<'d> {
    pub(super) fn by(difference: &'d Difference) -> Self {
        let mut disturbed = Self {
            replaced: HashSet::new(),
            recast: HashSet::new(),
            retyped: HashSet::new(),
            uncounted: HashSet::new(),
            keys: Vec::new(),
        };
        for fact in &difference.facts {
            match fact {
                Fact::Attribute { table, attribute: Attribute::Generated, from, .. } => {
                    disturbed.replaced.insert((table, &from.name));
                }
                Fact::Attribute { table, attribute, from, to } => {
                    let is_retyped = match attribute {
                        Attribute::Type => !conversion::is_same(from, to, difference.dialect),
                        Attribute::Collation => true,
                        _ => false,
                    };
                    if is_retyped {
                        disturbed.retyped.insert((table, &from.name));
                    }
                    // What else changes of a computed column is written with it.
                    if from.generated.is_some() && *attribute != Attribute::Comment {
                        disturbed.replaced.insert((table, &from.name));
                    }
                }
                Fact::Enum(Alteration::Changed { from, to }) if enums::is_replaced(from, to) => {
                    let columns = enums::columns_of(difference, from);
                    disturbed.recast.extend(columns.map(|(table, column)| (table, column.name.as_str())));
                }
                Fact::Constraint { table, constraint } => {
                    let gone = constraint.sides().0;
                    let is_key = |each: &&Constraint| {
                        matches!(each, Constraint::PrimaryKey(_) | Constraint::Unique(_))
                    };
                    disturbed.keys.extend(gone.filter(is_key).map(|key| (table, key.columns())));
                }
                Fact::Index { table, index } => {
                    let gone = index.sides().0;
                    disturbed.keys.extend(gone.map(|index| (table, columns_of(index))));
                }
                _ => {}
            }
        }
        if difference.dialect == Dialect::Mysql {
            disturbed.uncount(difference);
        }
        if difference.dialect != Dialect::Sqlite {
            disturbed.replace_what_is_computed_of_it(difference);
        }
        disturbed
    }

    /// A column of MySQL that generates numbers must be the first of a key at any time.
    fn uncount(&mut self, difference: &'d Difference) {
        for (table, _) in stays(difference) {
            for column in table.columns.iter().filter(|column| column.identity.is_some()) {
                let needs_it = |(of, key): &(&TableName, Vec<&str>)| {
                    **of == table.name
                        && key.first().is_some_and(|first| is_same(first, &column.name, difference.dialect))
                };
                if self.keys.iter().any(needs_it) {
                    self.uncounted.insert((&table.name, &column.name));
                }
            }
        }
    }

    /// No type can be changed below a column that is computed of it.
    fn replace_what_is_computed_of_it(&mut self, difference: &'d Difference) {
        for (table, to) in stays(difference) {
            let stays = |column: &&Column| {
                to.columns.iter().any(|to| is_same(&to.name, &column.name, difference.dialect))
            };
            for column in table.columns.iter().filter(stays) {
                let Some(generated) = &column.generated else { continue };
                let is_of_it = |(name, of): &(&TableName, &str)| {
                    **name == table.name && mentions_name(difference.dialect, &generated.expression, of)
                };
                if self.retyped.iter().chain(&self.recast).any(is_of_it) {
                    self.replaced.insert((&table.name, &column.name));
                }
            }
        }
    }

    pub(super) fn is_replaced(&self, table: &TableName, column: &str) -> bool {
        self.replaced.iter().any(|(name, replaced)| *name == table && *replaced == column)
    }

    pub(super) fn is_uncounted(&self, table: &TableName, column: &str) -> bool {
        self.uncounted.iter().any(|(name, uncounted)| *name == table && *uncounted == column)
    }

    fn is_retyped(&self, table: &TableName, column: &str) -> bool {
        self.retyped.iter().any(|(name, retyped)| *name == table && *retyped == column)
    }

    /// What goes and comes again.
    pub(super) fn plan(&self, difference: &Difference, draft: &mut Draft) {
        for (from, to) in stays(difference) {
            let replaced = |column: &&Column| self.is_replaced(&from.name, &column.name);
            for column in from.columns.iter().filter(replaced) {
                columns::drop(&from.name, column, draft);
                let new = to.columns.iter().find(|new| is_same(&new.name, &column.name, difference.dialect));
                if column.generated.is_none() || new.is_some_and(|new| new.generated.is_none()) {
                    let what = format!("column {}.{}", from.name, column.name);
                    let affected = Affected::Values(column.name.clone());
                    draft.warn_of_last(HazardKind::LosesData, &from.name, what, affected);
                }
            }
            for column in &to.columns {
                let was =
                    from.columns.iter().find(|was| is_same(&was.name, &column.name, difference.dialect));
                if was.is_some_and(|was| replaced(&was)) {
                    columns::add(&from.name, column, draft);
                    columns::warn_of_rows_without_value(&from.name, column, draft);
                }
                // What changes of it is altered in between, with its numbers.
                let is_altered = difference.facts.iter().any(|fact| {
                    matches!(fact, Fact::Attribute { table, from, .. }
                        if *table == to.name && is_same(&from.name, &column.name, difference.dialect))
                });
                if let Some(was) = was.filter(|was| self.is_uncounted(&from.name, &was.name) && !is_altered) {
                    let without = attributes::drop_identity(&from.name, was, draft);
                    let again = attributes::add_identity(&from.name, without, column);
                    draft.push(Stage::AddIdentities, &from.name, again);
                }
            }
            for constraint in &from.constraints {
                if self.has_to_go(difference, from, constraint)
                    && is_unchanged(difference, &from.name, constraint)
                {
                    // It has a name, or can be found by its columns; otherwise the database says what is in its way.
                    if parts::drop_constraint(difference.dialect, &from.name, constraint, draft).is_ok() {
                        parts::add_constraint(&from.name, constraint, draft);
                    }
                }
            }
            for index in &from.indexes {
                let is_changed = difference.facts.iter().any(|fact| {
                    matches!(fact, Fact::Index { table, index: changed }
                        if *table == from.name && changed.sides().0 == Some(index))
                });
                let goes = self.names_replaced(difference, from, &columns_of(index), &texts_of(index));
                if goes && !is_changed && parts::drop_index(&from.name, index, draft).is_ok() {
                    parts::create_index(&from.name, index, draft);
                }
            }
        }
    }

    fn has_to_go(&self, difference: &Difference, table: &Table, constraint: &Constraint) -> bool {
        let texts: Vec<Cow<'_, str>> = match constraint {
            Constraint::Check(check) => vec![check.condition.sql(difference.dialect)],
            Constraint::Exclusion(exclusion) => exclusion.filter.iter().map(Cow::from).collect(),
            _ => Vec::new(),
        };
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        if self.names_replaced(difference, table, &constraint.columns(), &texts) {
            return true;
        }
        match constraint {
            Constraint::ForeignKey(key) if difference.dialect != Dialect::Sqlite => {
                self.is_in_the_way(difference.dialect, table, key)
            }
            _ => false,
        }
    }

    /// Whether one of these is about a column that goes and comes again.
    fn names_replaced(&self, difference: &Difference, table: &Table, names: &[&str], texts: &[&str]) -> bool {
        let is_of_table = |(name, _): &&(&TableName, &str)| **name == table.name;
        let is_said = |column: &str| texts.iter().any(|text| mentions_name(difference.dialect, text, column));
        self.replaced.iter().filter(is_of_table).any(|(_, column)| {
            names.iter().any(|name| is_same(name, column, difference.dialect)) || is_said(column)
        }) || self.recast.iter().filter(is_of_table).any(|(_, column)| is_said(column))
    }

    fn is_in_the_way(&self, dialect: Dialect, table: &Table, key: &ForeignKey) -> bool {
        let referred = &key.referred_table;
        let is_changed = |table: &TableName, column: &String| {
            self.is_retyped(table, column) || self.is_replaced(table, column)
        };
        let own: Vec<&str> = key.columns.iter().map(String::as_str).collect();
        let other: Vec<&str> = key.referred_columns.iter().map(String::as_str).collect();
        let serves = |name: &TableName, columns: &[&str], wanted: &[&str]| {
            self.keys.iter().any(|(of, key)| *of == name && is_led_by(key, wanted, dialect))
                && !columns.is_empty()
        };
        key.columns.iter().any(|column| is_changed(&table.name, column))
            || key.referred_columns.iter().any(|column| is_changed(referred, column))
            || serves(referred, &other, &other)
            // MySQL looks for the rows that refer to one by an index.
            || (dialect == Dialect::Mysql && serves(&table.name, &own, &own))
    }
}

/// Whether the columns of a key begin with these, in any order.
fn is_led_by(key: &[&str], wanted: &[&str], dialect: Dialect) -> bool {
    let leading = key.get(..wanted.len()).unwrap_or_default();
    leading.len() == wanted.len()
        && wanted.iter().all(|wanted| leading.iter().any(|own| is_same(own, wanted, dialect)))
}

/// The tables of both schemas.
pub(super) fn stays(difference: &Difference) -> impl Iterator<Item = (&Table, &Table)> {
    difference.from.tables.iter().filter_map(|from| {
        let is_it = |to: &&Table| is_same_table(&from.name, &to.name, difference.dialect);
        difference.to.tables.iter().find(is_it).map(|to| (from, to))
    })
}

/// Whether a constraint stays as it is.
fn is_unchanged(difference: &Difference, table: &TableName, constraint: &Constraint) -> bool {
    let is_changed = difference.facts.iter().any(|fact| match fact {
        Fact::Constraint {
            table: of,
            constraint: Alteration::Dropped(from) | Alteration::Changed { from, .. },
        } => of == table && from == constraint,
        _ => false,
    });
    !is_changed
}

fn columns_of(index: &Index) -> Vec<&str> {
    let keys = index.keys.iter().filter_map(|key| match &key.of {
        KeyOf::Column(name) => Some(name.as_str()),
        KeyOf::Expression(_) => None,
    });
    keys.chain(index.include.iter().map(String::as_str)).collect()
}

fn texts_of(index: &Index) -> Vec<&str> {
    let keys = index.keys.iter().filter_map(|key| match &key.of {
        KeyOf::Expression(text) => Some(text.as_str()),
        KeyOf::Column(_) => None,
    });
    keys.chain(index.filter.as_deref()).collect()
}
