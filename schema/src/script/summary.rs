//! What a revision does, in a few words.

use crate::diff::{Alteration, Fact, Rename};
use crate::table::{Schema, TableName};

/// The most important thing first, and how many more there are.
pub(super) fn of_facts(facts: &[Fact]) -> String {
    let mut named: Vec<(u8, String)> = Vec::new();
    for fact in facts {
        let words = words(fact);
        // Several attributes of a column are one thing.
        if !named.iter().any(|(_, known)| *known == words) {
            named.push((rank(fact), words));
        }
    }
    named.sort_by_key(|(rank, _)| *rank);
    listed(named.into_iter().map(|(_, words)| words))
}

/// The tables of a schema, or its enum types.
pub(super) fn of_creation(schema: &Schema) -> String {
    let mut tables: Vec<&TableName> = schema.tables.iter().map(|table| &table.name).collect();
    tables.sort();
    let enums = schema.enums.iter().map(|of| format!("create enum {}", of.name));
    listed(tables.into_iter().map(|table| format!("create {table}")).chain(enums))
}

fn listed(all: impl IntoIterator<Item = String>) -> String {
    let mut all = all.into_iter();
    let first = all.next().unwrap_or_else(|| "change nothing".to_owned());
    match all.count() {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

fn rank(fact: &Fact) -> u8 {
    match fact {
        // The rest of a table that is renamed too is less than its name.
        Fact::Renamed(Rename::Table { .. }) | Fact::Table(_) => 0,
        Fact::Renamed(Rename::Part { .. }) | Fact::Index { .. } => 5,
        Fact::Renamed(_) | Fact::Column { .. } => 1,
        Fact::Attribute { .. } => 2,
        Fact::Enum(_) => 3,
        Fact::Constraint { .. } => 4,
        Fact::TableComment { .. } => 6,
    }
}

fn words(fact: &Fact) -> String {
    match fact {
        Fact::Renamed(Rename::Table { from, to }) => format!("rename {from} to {}", to.name),
        Fact::Renamed(Rename::Column { table, from, to } | Rename::Part { table, from, to, .. }) => {
            format!("rename {from} of {table} to {to}")
        }
        Fact::Renamed(Rename::Value { column, from, to, .. }) => format!("rename {from} of {column} to {to}"),
        Fact::Table(Alteration::Added(table)) => format!("create {}", table.name),
        Fact::Table(Alteration::Dropped(table) | Alteration::Changed { from: table, .. }) => {
            format!("drop {}", table.name)
        }
        Fact::Column { table, column } => of_part(column, |column| column.name.clone(), table),
        Fact::Attribute { table, from, .. } => format!("change {} of {table}", from.name),
        Fact::Enum(Alteration::Added(of)) => format!("create enum {}", of.name),
        Fact::Enum(Alteration::Dropped(of)) => format!("drop enum {}", of.name),
        Fact::Enum(Alteration::Changed { from, .. }) => format!("change enum {}", from.name),
        Fact::Constraint { table, constraint } => of_part(
            constraint,
            |constraint| constraint.name().map_or_else(|| constraint.kind().to_string(), str::to_owned),
            table,
        ),
        Fact::Index { table, index } => {
            of_part(index, |index| index.name.clone().unwrap_or_else(|| "index".to_owned()), table)
        }
        Fact::TableComment { table, .. } => format!("change comment of {table}"),
    }
}

/// `add email to users`
fn of_part<T>(part: &Alteration<T>, name: impl Fn(&T) -> String, table: &TableName) -> String {
    match part {
        Alteration::Added(part) => format!("add {} to {table}", name(part)),
        Alteration::Dropped(part) => format!("remove {} from {table}", name(part)),
        Alteration::Changed { from, .. } => format!("change {} of {table}", name(from)),
    }
}
