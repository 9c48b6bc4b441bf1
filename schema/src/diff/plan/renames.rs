//! What gets another name: first of all, or last of all on the way back.

use super::{Draft, Stage};
use crate::diff::renames::{Renaming, takes_name_of, with_parts_renamed};
use crate::diff::{Difference, Rename};
use crate::operation::{
    AddColumn, AddConstraint, DropColumn, DropConstraint, Operation, RenameColumn, RenameTable,
};
use crate::table::{Column, Constraint, ConstraintKind, Table, TableName};
use servicekit_chain::Dialect;
use servicekit_chain::sql::mentions_name;

/// Plans all of them; a name that something else has meanwhile is why it cannot be done.
pub(super) fn plan(difference: &Difference, draft: &mut Draft) -> Result<(), Box<(Rename, String)>> {
    let renamed = &difference.renamed;
    if let Some((rename, reason)) =
        renamed.list.iter().find_map(|rename| Some((rename, taken(difference, rename)?)))
    {
        return Err(Box::new((rename.clone(), reason)));
    }
    let stage = if renamed.is_first { Stage::Renames } else { Stage::RenamesBack };
    let names =
        renamed.list.iter().filter(|rename| matches!(rename, Rename::Table { .. } | Rename::Column { .. }));
    let (tables, columns): (Vec<&Rename>, Vec<&Rename>) = names.partition(|rename| rename.is_of_table());
    let Around { before, after, along } = Around::of(difference, &columns);
    let tables = operations(tables, difference.dialect);
    let columns = columns.into_iter().filter(|rename| !along.iter().any(|known| known == *rename)).collect();
    let columns = before.into_iter().chain(operations(columns, difference.dialect)).chain(after);
    // Columns call their table by its later name, which on the way back is the one that it loses.
    let in_order: Vec<Operation> = if renamed.is_first {
        tables.into_iter().chain(columns).collect()
    } else {
        columns.chain(tables).collect()
    };
    for operation in in_order {
        let table = operation.table().cloned().unwrap_or_else(|| TableName::from(""));
        draft.push(stage, &table, operation);
    }
    Ok(())
}

/// One after the other; what takes the name of another one waits for it, and in a circle one steps aside.
fn operations(mut waiting: Vec<&Rename>, dialect: Dialect) -> Vec<Operation> {
    let mut operations = Vec::new();
    // By what name each of those that stepped aside is called now.
    let mut aside: Vec<(&Rename, String)> = Vec::new();
    while !waiting.is_empty() {
        let is_free = |rename: &&&Rename| {
            !waiting.iter().any(|other| {
                *other != **rename
                    && !aside.iter().any(|(gone, _)| gone == other)
                    && takes_name_of(rename, other, dialect)
            })
        };
        let Some(rename) = waiting.iter().find(is_free).copied() else {
            let Some(first) = waiting.iter().find(|each| !aside.iter().any(|(gone, _)| gone == *each)) else {
                break;
            };
            let name = aside_name(first, aside.len());
            operations.extend(renaming(first, first.earlier(), &name));
            aside.push((first, name));
            continue;
        };
        waiting.retain(|each| *each != rename);
        let now = aside.iter().find(|(gone, _)| *gone == rename).map_or(rename.earlier(), |(_, name)| name);
        operations.extend(renaming(rename, now, rename.later()));
    }
    operations
}

fn aside_name(rename: &Rename, number: usize) -> String {
    format!("_renamed_{number}_{}", rename.earlier().chars().take(40).collect::<String>())
}

impl Rename {
    fn earlier(&self) -> &str {
        match self {
            Self::Table { from, .. } => &from.name,
            Self::Column { from, .. } | Self::Value { from, .. } | Self::Part { from, .. } => from,
        }
    }

    fn later(&self) -> &str {
        match self {
            Self::Table { to, .. } => &to.name,
            Self::Column { to, .. } | Self::Value { to, .. } | Self::Part { to, .. } => to,
        }
    }
}

fn renaming(rename: &Rename, from: &str, to: &str) -> Option<Operation> {
    match rename {
        Rename::Table { from: table, .. } => Some(RenameTable::new(table.in_same_schema(from), to).into()),
        Rename::Column { table, .. } => Some(RenameColumn::new(table, from, to).into()),
        // See `values` and `part_names`.
        Rename::Value { .. } | Rename::Part { .. } => None,
    }
}

/// What goes before columns of MySQL are renamed, and comes again after it: it renames none that a check or a computed column
/// is about (errors 3959 and 3108).
#[derive(Default)]
struct Around {
    before: Vec<Operation>,
    after: Vec<Operation>,
    /// Computed columns that come again by their new names.
    along: Vec<Rename>,
}

impl Around {
    fn of(difference: &Difference, renames: &[&Rename]) -> Self {
        let mut around = Self::default();
        if difference.dialect != Dialect::Mysql || renames.is_empty() {
            return around;
        }
        let is_first = difference.renamed.is_first;
        let own: Vec<Rename> = renames.iter().map(|rename| (*rename).clone()).collect();
        let there = Renaming::new(&own, difference.dialect);
        let back = there.clone().reversed();
        // The earlier schema has the later names already; on the way back, the later one has them yet.
        let schema = if is_first { &difference.from } else { &difference.to };
        // Those of parts change behind the columns, or have changed back by then.
        let earlier =
            if is_first { difference.renamed.reversed().list } else { difference.renamed.list.clone() };
        let schema = with_parts_renamed(schema.clone(), &earlier);
        for of in &schema.tables {
            let names = renames.iter().filter_map(|rename| match rename {
                Rename::Column { table, from, to } if *table == of.name => {
                    Some(if is_first { to } else { from })
                }
                _ => None,
            });
            let names: Vec<&str> = names.map(String::as_str).collect();
            for constraint in checks(of, &names) {
                let [gone, new] = if is_first {
                    [back.constraint(&of.name, constraint), constraint.clone()]
                } else {
                    [constraint.clone(), there.constraint(&of.name, constraint)]
                };
                around.constraint(&of.name, gone, new);
            }
            for column in computed(of, &names) {
                let [gone, new] = if is_first {
                    [back.column(&of.name, column), column.clone()]
                } else {
                    [column.clone(), there.column(&of.name, column)]
                };
                if gone.name != new.name {
                    around.along.push(Rename::column(of.name.clone(), &gone.name, &new.name));
                }
                let mut drop = DropColumn::new(&of.name, &gone.name);
                drop.existing = Some(gone);
                around.before.push(drop.into());
                around.after.push(AddColumn::new(&of.name, new).into());
            }
        }
        around
    }

    /// One without a name stands in its column, which only MariaDB has, and MariaDB renames it there.
    fn constraint(&mut self, table: &TableName, gone: Constraint, new: Constraint) {
        let Some(name) = gone.name() else { return };
        let mut drop = DropConstraint::new(table, name, ConstraintKind::Check);
        drop.existing = Some(gone);
        self.before.push(drop.into());
        self.after.push(AddConstraint::new(table, new).into());
    }
}

fn checks<'t>(table: &'t Table, columns: &[&str]) -> impl Iterator<Item = &'t Constraint> {
    table.constraints.iter().filter(
        move |each| matches!(each, Constraint::Check(check) if mentions_any(&check.condition.sql(Dialect::Mysql), columns)),
    )
}

fn computed<'t>(table: &'t Table, columns: &[&str]) -> impl Iterator<Item = &'t Column> {
    table.columns.iter().filter(move |each| {
        each.generated.as_ref().is_some_and(|generated| mentions_any(&generated.expression, columns))
    })
}

fn mentions_any(text: &str, columns: &[&str]) -> bool {
    columns.iter().any(|column| mentions_name(Dialect::Mysql, text, column))
}

/// What has the new name of a table meanwhile: indexes and types have their names among those of tables.
fn taken(difference: &Difference, rename: &Rename) -> Option<String> {
    let Rename::Table { to, .. } = rename else { return None };
    let schema = if difference.renamed.is_first { &difference.from } else { &difference.to };
    if difference.dialect == Dialect::Mysql {
        return None;
    }
    let has_it = |name: &str| name.eq_ignore_ascii_case(&to.name);
    let of = schema.tables.iter().filter(|table| table.name.schema == to.schema);
    let mut indexes = of.flat_map(|table| table.indexes.iter().filter_map(|index| index.name.as_deref()));
    let of = indexes.any(has_it).then_some("an index");
    let is_enum = schema.enums.iter().any(|of| of.name.schema == to.schema && has_it(&of.name.name));
    let of = of.or_else(|| is_enum.then_some("an enum type"));
    of.map(|what| format!("{what} has the name {} when it is renamed", to.name))
}
