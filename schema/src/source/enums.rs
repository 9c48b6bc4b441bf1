//! Names of enum types that are used several times.

use super::layout::Statement;
use super::names;
use crate::operation::{
    AddColumn, AlterColumn, AlterEnum, Batch, CreateEnum, CreateTable, DropColumn, DropEnum, DropTable,
    Operation,
};
use crate::table::{Column, EnumType, Type};
use std::collections::HashSet;

/// The enum types that a function has a name for.
#[derive(Debug, Default)]
pub(super) struct EnumNames(Vec<(EnumType, String)>);

impl EnumNames {
    /// Names those that are used more than once.
    pub(super) fn of<'o>(operations: impl IntoIterator<Item = &'o Operation>) -> Self {
        let mut counted: Vec<(&EnumType, usize)> = Vec::new();
        let mut found = Vec::new();
        for operation in operations {
            enums_of(operation, &mut found);
        }
        for of in found {
            match counted.iter_mut().find(|(known, _)| *known == of) {
                Some((_, count)) => *count += 1,
                None => counted.push((of, 1)),
            }
        }
        let mut taken = HashSet::new();
        let named = counted.into_iter().filter(|(_, count)| *count > 1);
        Self(named.map(|(of, _)| (of.clone(), free_name(of, &mut taken))).collect())
    }

    /// The name of a type.
    pub(super) fn name_of(&self, of: &EnumType) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == of).map(|(_, name)| name.as_str())
    }

    /// What makes the names known: `let mood = || enum_type(…);`
    pub(super) fn statements(&self) -> Vec<Statement> {
        let named = self.0.iter().map(|(of, name)| Statement {
            before: format!("let {name} = || "),
            about: Some(String::new()),
            ..Statement::from(names::enum_type(of))
        });
        named.collect()
    }
}

/// What has another meaning in a revision.
const TAKEN: &[&str] = &[
    "as",
    "async",
    "await",
    "break",
    "const",
    "continue",
    "crate",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "macro",
    "override",
    "priv",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "op",
    "batch",
    "column",
    "add",
    "drop",
    "array",
    "big_integer",
    "binary",
    "boolean",
    "by_convention",
    "char",
    "check",
    "custom",
    "date",
    "double",
    "enum_type",
    "enumeration",
    "exclusion",
    "float",
    "foreign_key",
    "index",
    "integer",
    "interval",
    "json",
    "jsonb",
    "key",
    "now",
    "numeric",
    "primary_key",
    "sequence",
    "small_integer",
    "sql",
    "string",
    "text",
    "time",
    "timestamp",
    "timestamp_tz",
    "ulid",
    "unconstrained_numeric",
    "unconstrained_string",
    "unique",
    "unsigned_big_integer",
    "unsigned_integer",
    "unsigned_small_integer",
    "uuid",
    "revision",
    "servicekit",
    "std",
    "core",
    "alloc",
    "vec",
    "_",
];

/// A name for a variable that is not used yet, like that of the type.
fn free_name(of: &EnumType, taken: &mut HashSet<String>) -> String {
    let mut name = String::new();
    for c in of.name.name.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_matches('_');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if begins { name.to_owned() } else { format!("enum_{name}").trim_end_matches('_').to_owned() };
    let name = if TAKEN.contains(&name.as_str()) { name + "_values" } else { name };
    let mut free = name.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

/// The enum types that an operation mentions, in its order.
fn enums_of<'o>(operation: &'o Operation, found: &mut Vec<&'o EnumType>) {
    let mut of_columns = |columns: &mut dyn Iterator<Item = &'o Column>| {
        columns.for_each(|column| enums_of_type(&column.data_type, found));
    };
    match operation {
        Operation::CreateTable(CreateTable { table, .. })
        | Operation::DropTable(DropTable { existing: Some(table), .. }) => {
            of_columns(&mut table.columns.iter());
        }
        Operation::AddColumn(add) => {
            let AddColumn { column, .. } = &**add;
            of_columns(&mut std::iter::once(column));
        }
        Operation::AlterColumn(alter) => {
            let AlterColumn { data_type, existing, .. } = &**alter;
            of_columns(&mut existing.iter());
            if let Some(data_type) = data_type {
                enums_of_type(data_type, found);
            }
        }
        Operation::DropColumn(drop) => {
            let DropColumn { existing, .. } = &**drop;
            of_columns(&mut existing.iter());
        }
        Operation::CreateEnum(CreateEnum { enumeration })
        | Operation::DropEnum(DropEnum { enumeration, .. }) => found.push(enumeration),
        Operation::AlterEnum(alter) => {
            let AlterEnum { enumeration, columns, .. } = &**alter;
            of_columns(&mut columns.iter().map(|(_, column)| column));
            found.push(enumeration);
        }
        Operation::Batch(Batch { operations, .. }) => {
            for operation in operations {
                enums_of(operation, found);
            }
        }
        _ => {}
    }
}

fn enums_of_type<'o>(of: &'o Type, found: &mut Vec<&'o EnumType>) {
    match of {
        Type::Enum(of) => found.push(of),
        Type::Array(base) | Type::WithPrecision { base, .. } => enums_of_type(base, found),
        Type::PerDialect { base, variants } => {
            enums_of_type(base, found);
            for (_, variant) in variants {
                enums_of_type(variant, found);
            }
        }
        _ => {}
    }
}
