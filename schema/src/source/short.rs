//! Short forms: what a column says by itself, and names that the convention gives.
//!
//! Recording moves what columns say beside the table and names it. Here it is put back where recording makes the same of
//! it, which is tried: a table in its short form is recorded, and compared.

use crate::operation::{AddColumn, DropColumn, Operation};
use crate::table::{
    Check, Column, Constraint, ForeignKey, Index, NamingConvention, PrimaryKey, Table, TableName, Unique,
};
use std::collections::HashMap;

/// The table in its short form.
pub(super) fn shortened(table: &Table) -> Table {
    let ways = [(true, false), (true, true), (false, false)];
    let folded = ways.into_iter().map(|(with_parts, with_long_keys)| fold(table, with_parts, with_long_keys));
    let weight = |short: &Table| {
        // A key of several columns is only taken apart where that makes room for more.
        let is_apart = short.columns.iter().filter(|column| column.primary_key).count() > 1;
        (short.constraints.len() + short.indexes.len() + usize::from(is_apart), is_apart)
    };
    let recorded = folded.filter(|short| is_recorded_as(short, table));
    recorded.min_by_key(weight).unwrap_or_else(|| table.clone())
}

fn is_recorded_as(short: &Table, recorded: &Table) -> bool {
    let mut again = short.clone();
    NamingConvention::default().assign_names(&mut again);
    again == *recorded
}

/// The table with its constraints and indexes in the order in which the short forms record most of them.
pub(super) fn arranged(table: &Table) -> Table {
    let mut table = table.clone();
    NamingConvention::default().assign_names(&mut table);
    let shortener = Shortener::new(&table);
    // It keeps the order of what has no place.
    let mut constraints = table.constraints.clone();
    constraints.sort_by_cached_key(|constraint| {
        let place = shortener.place(constraint);
        (place.is_none(), place)
    });
    let mut indexes = table.indexes.clone();
    indexes.sort_by_cached_key(|index| shortener.place_of_index(index));
    (table.constraints, table.indexes) = (constraints, indexes);
    table
}

/// Puts back as much as possible, without a look at whether recording makes the same of it.
fn fold(table: &Table, with_parts: bool, with_long_keys: bool) -> Table {
    let mut short = table.clone();
    let shortener = Shortener::new(table);
    let mut constraints = std::mem::take(&mut short.constraints).into_iter().peekable();
    let mut last = Place { column: 0, kind: PartKind::Key };
    if let Some(Constraint::PrimaryKey(key)) = constraints.peek()
        && let Some(columns) = shortener.key(key)
        && (columns.len() == 1 || with_long_keys)
    {
        for at in columns {
            if let Some(column) = short.columns.get_mut(at) {
                column.primary_key = true;
            }
        }
        constraints.next();
    }
    while with_parts && let Some(constraint) = constraints.peek() {
        let place = shortener.place(constraint);
        let Some(place) = place.filter(|place| place.kind != PartKind::Key && *place > last) else { break };
        let Some(column) = short.columns.get_mut(place.column) else { break };
        put_back(column, constraint);
        last = place;
        constraints.next();
    }
    short.constraints = constraints.collect();
    unname(&mut short.constraints, &table.name);
    fold_indexes(&mut short, &shortener);
    short
}

/// From the last one on: those of columns are recorded behind the others.
fn fold_indexes(short: &mut Table, shortener: &Shortener<'_>) {
    let mut before = usize::MAX;
    while let Some(at) = short.indexes.last().and_then(|index| shortener.place_of_index(index))
        && at < before
        && let Some(column) = short.columns.get_mut(at)
    {
        column.indexed = true;
        short.indexes.pop();
        before = at;
    }
    for index in &mut short.indexes {
        unname_index(index, &short.name);
    }
}

/// Puts a part of a table back to its column.
fn put_back(column: &mut Column, constraint: &Constraint) {
    match constraint {
        Constraint::Unique(_) => column.unique = true,
        Constraint::Check(check) => column.checks.push(Check { name: None, ..check.clone() }),
        Constraint::ForeignKey(key) => column.references = Some(ForeignKey { name: None, ..key.clone() }),
        Constraint::PrimaryKey(_) | Constraint::Exclusion(_) => {}
    }
}

/// Takes names away that the convention gives; checks of a table are numbered.
fn unname(constraints: &mut [Constraint], table: &TableName) {
    let naming = NamingConvention::default();
    let mut number = 1;
    for constraint in constraints {
        let mut unnamed = constraint.clone();
        *unnamed.name_mut() = None;
        let mut named = unnamed.clone();
        naming.name(table, &mut named, Some(&number.to_string()));
        if named == *constraint {
            number += usize::from(matches!(constraint, Constraint::Check(_)));
            *constraint = unnamed;
        }
    }
}

/// The same of one that is not beside others: checks keep their names.
pub(super) fn unnamed(constraint: &Constraint, table: &TableName) -> Constraint {
    let mut short = [constraint.clone()];
    if !matches!(constraint, Constraint::Check(_)) {
        unname(&mut short, table);
    }
    let [short] = short;
    short
}

/// The same of an index.
pub(super) fn unname_index(index: &mut Index, table: &TableName) {
    let mut named = Index { name: None, ..index.clone() };
    NamingConvention::default().name_index(table, &mut named);
    if named == *index {
        index.name = None;
    }
}

/// Where recording finds a part: the columns in order, and in each its unique constraint, its checks, its foreign key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    column: usize,
    kind: PartKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PartKind {
    Key,
    Unique,
    /// With its number.
    Check(usize),
    ForeignKey,
}

/// Finds the columns of parts.
struct Shortener<'t> {
    table: &'t TableName,
    columns: &'t [Column],
    /// The position of each column.
    positions: HashMap<&'t str, usize>,
    /// The column of each name that the convention gives to a check, and its number.
    checks: HashMap<&'t str, (usize, usize)>,
}

impl<'t> Shortener<'t> {
    fn new(table: &'t Table) -> Self {
        let mut positions = HashMap::new();
        for (at, column) in table.columns.iter().enumerate() {
            positions.entry(column.name.as_str()).or_insert(at);
        }
        let mut shortener =
            Self { table: &table.name, columns: &table.columns, positions, checks: HashMap::new() };
        shortener.find_checks(table);
        shortener
    }

    /// `ck_users_age`, or `ck_users_age_1` and `ck_users_age_2` where there are several.
    fn find_checks(&mut self, table: &'t Table) {
        let named: HashMap<&str, &Check> = table
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::Check(check) => Some((check.name.as_deref()?, check)),
                _ => None,
            })
            .collect();
        if named.is_empty() {
            return;
        }
        for (at, column) in table.columns.iter().enumerate() {
            let find = |part: &str| {
                let mut check = Constraint::Check(crate::table::check(""));
                NamingConvention::default().name(&table.name, &mut check, Some(part));
                let (name, check) = named.get_key_value(check.name()?)?;
                super::column::is_plain_check(&Check { name: None, ..(*check).clone() }).then_some(*name)
            };
            let several: Vec<&str> =
                (1..).map_while(|number| find(&format!("{}_{number}", column.name))).collect();
            if several.len() > 1 {
                self.checks
                    .extend(several.into_iter().enumerate().map(|(number, name)| (name, (at, number))));
            } else if let Some(name) = find(&column.name) {
                self.checks.insert(name, (at, 0));
            }
        }
    }

    /// The columns of a primary key that columns can say themselves.
    fn key(&self, key: &PrimaryKey) -> Option<Vec<usize>> {
        let constraint = Constraint::PrimaryKey(key.clone());
        let plain = crate::table::primary_key(&key.columns);
        let plain = self.named(plain.into());
        let places: Option<Vec<usize>> =
            key.columns.iter().map(|column| self.positions.get(column.as_str()).copied()).collect();
        let columns = places?;
        let is_not_null = |at: &usize| self.columns.get(*at).is_some_and(|column| !column.nullable);
        let is_in_order = columns.is_sorted_by(|before, after| before < after);
        (plain == constraint && !columns.is_empty() && is_in_order && columns.iter().all(is_not_null))
            .then_some(columns)
    }

    /// The column that can say a part itself.
    fn place(&self, constraint: &Constraint) -> Option<Place> {
        match constraint {
            Constraint::PrimaryKey(key) => match self.key(key)?.as_slice() {
                [_] => Some(Place { column: 0, kind: PartKind::Key }),
                _ => None,
            },
            Constraint::Unique(Unique { columns, .. }) => {
                let [column] = columns.as_slice() else { return None };
                let plain = self.named(crate::table::unique([column]).into());
                let column = *self.positions.get(column.as_str())?;
                (plain == *constraint).then_some(Place { column, kind: PartKind::Unique })
            }
            Constraint::Check(check) => {
                let (column, number) = *self.checks.get(check.name.as_deref()?)?;
                Some(Place { column, kind: PartKind::Check(number) })
            }
            Constraint::ForeignKey(key) => {
                let [name] = key.columns.as_slice() else { return None };
                let column = *self.positions.get(name.as_str())?;
                let unnamed = ForeignKey { name: None, ..key.clone() };
                let is_plain = super::column::is_plain_key(&unnamed, self.columns.get(column)?);
                let named = self.named(unnamed.into());
                (is_plain && named == *constraint).then_some(Place { column, kind: PartKind::ForeignKey })
            }
            Constraint::Exclusion(_) => None,
        }
    }

    /// The column that can say an index itself.
    fn place_of_index(&self, index: &Index) -> Option<usize> {
        let [key] = index.keys.as_slice() else { return None };
        let column = key.column()?;
        let mut plain = crate::table::index([column]);
        NamingConvention::default().name_index(self.table, &mut plain);
        let at = *self.positions.get(column)?;
        (plain == *index).then_some(at)
    }

    fn named(&self, mut constraint: Constraint) -> Constraint {
        NamingConvention::default().name(self.table, &mut constraint, None);
        constraint
    }
}

/// A column with what was taken out of it when it was recorded, if recording makes the same of it.
pub(super) fn added(add: &AddColumn) -> Option<AddColumn> {
    let column = rejoined(&add.table, &add.column, &add.constraints, &add.indexes);
    let short = AddColumn { column, constraints: Vec::new(), indexes: Vec::new(), ..add.clone() };
    let recorded = |add: AddColumn| recorded(Operation::AddColumn(Box::new(add)));
    (recorded(short.clone()) == Operation::AddColumn(Box::new(add.clone()))).then_some(short)
}

/// The same of a column that is dropped.
pub(super) fn dropped(drop: &DropColumn) -> Option<DropColumn> {
    let existing = drop.existing.as_ref();
    let existing = existing.map(|column| rejoined(&drop.table, column, &drop.constraints, &drop.indexes));
    let short = DropColumn { existing, constraints: Vec::new(), indexes: Vec::new(), ..drop.clone() };
    let again = recorded(Operation::DropColumn(Box::new(short.clone())));
    (again == Operation::DropColumn(Box::new(drop.clone()))).then_some(short)
}

fn recorded(mut operation: Operation) -> Operation {
    operation.assign_names(&NamingConvention::default());
    operation
}

fn rejoined(table: &TableName, column: &Column, constraints: &[Constraint], indexes: &[Index]) -> Column {
    let mut column = column.clone();
    column.indexed |= !indexes.is_empty();
    let names = check_names(table, &column.name, constraints);
    for constraint in constraints {
        match constraint {
            Constraint::PrimaryKey(_) => column.primary_key = true,
            Constraint::Check(check) if check.name.as_ref().is_none_or(|name| !names.contains(name)) => {
                column.checks.push(check.clone());
            }
            // The convention may give another name, which is kept then.
            Constraint::ForeignKey(key) => {
                let Constraint::ForeignKey(key) = unnamed(&Constraint::ForeignKey(key.clone()), table) else {
                    continue;
                };
                column.references = Some(key);
            }
            other => put_back(&mut column, other),
        }
    }
    column
}

/// The names that the convention gives to the checks of a column.
fn check_names(table: &TableName, column: &str, constraints: &[Constraint]) -> Vec<String> {
    let count = constraints.iter().filter(|each| matches!(each, Constraint::Check(_))).count();
    let part = |number: usize| if count > 1 { format!("{column}_{number}") } else { column.to_owned() };
    let names = (1..=count).filter_map(|number| {
        let mut check = Constraint::Check(crate::table::check(""));
        NamingConvention::default().name(table, &mut check, Some(&part(number)));
        check.name().map(str::to_owned)
    });
    names.collect()
}
