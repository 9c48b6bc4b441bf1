//! Enum types of PostgreSQL. Values come and go one by one.

use super::{Affected, Alteration, Draft, HazardKind, Stage};
use crate::diff::Difference;
use crate::operation::{
    AddValue, AlterColumn, AlterEnum, Change, CreateEnum, DropEnum, EnumChange, RemoveValue, ReorderValues,
    ValuePosition,
};
use crate::table::{Column, EnumType, TableName, Type, Value};

pub(super) fn plan(difference: &Difference, of: &Alteration<EnumType>, draft: &mut Draft) {
    match of {
        Alteration::Added(of) => draft.push(Stage::Enums, &of.name, CreateEnum::new(of.clone())),
        Alteration::Dropped(of) => draft.push(Stage::DropEnums, &of.name, DropEnum::new(of.clone())),
        Alteration::Changed { from, to } => change(difference, from, to, draft),
    }
}

fn change(difference: &Difference, from: &EnumType, to: &EnumType, draft: &mut Draft) {
    let mut now = from.clone();
    let gone = gone(from, to);
    if !gone.is_empty() {
        drop_defaults(difference, from, &gone, draft);
    }
    for value in &gone {
        let remove = AlterEnum::new(now.clone(), RemoveValue { value: (*value).clone(), replacement: None });
        draft.push(Stage::RemoveEnumValues, &from.name, with_columns(difference, remove, &gone));
        draft.warn_of_last(
            HazardKind::CanFail,
            &from.name,
            format!("rows with `{value}` of the enum {}", from.name),
            Affected::EnumValue((*value).clone()),
        );
        now.values.retain(|known| known != *value);
    }
    if is_reordered(from, to) {
        let values: Vec<String> = stays(to, from).cloned().collect();
        let reorder = AlterEnum::new(now.clone(), ReorderValues { values: values.clone() });
        draft.push(Stage::RemoveEnumValues, &from.name, with_columns(difference, reorder, &gone));
        now.values = values;
    }
    let is_replaced = is_replaced(from, to);
    for (at, value) in to.values.iter().enumerate().filter(|(_, value)| !from.values.contains(value)) {
        // Those before it are all there by now.
        let position = match at.checked_sub(1).and_then(|before| to.values.get(before)) {
            Some(before) if now.values.last() != Some(before) => Some(ValuePosition::After(before.clone())),
            Some(_) => None,
            None => now.values.first().map(|first| ValuePosition::Before(first.clone())),
        };
        let alter = AlterEnum::new(now.clone(), AddValue { value: value.clone(), position });
        // All in one order: those that come are placed among those that stay.
        let stage = if is_replaced { Stage::RemoveEnumValues } else { Stage::Enums };
        draft.push(stage, &from.name, alter);
        now.values.insert(at, value.clone());
    }
}

/// A change with the columns that it is about, as they are by then.
fn with_columns<C: Into<EnumChange>>(
    difference: &Difference,
    mut alter: AlterEnum<C>,
    gone: &[&String],
) -> AlterEnum<C> {
    let columns = columns_of(difference, &alter.enumeration);
    let mut columns: Vec<_> = columns.map(|(table, column)| (table.clone(), column.clone())).collect();
    for (_, column) in &mut columns {
        column.default = column.default.take().filter(|default| !is_one_of(default, gone));
        column.data_type = with_values(&column.data_type, &alter.enumeration);
    }
    alter.columns = columns;
    alter
}

/// Whether the type becomes another one to the database: a value goes, or those that stay change places.
pub(super) fn is_replaced(from: &EnumType, to: &EnumType) -> bool {
    !gone(from, to).is_empty() || is_reordered(from, to)
}

fn is_reordered(from: &EnumType, to: &EnumType) -> bool {
    !stays(from, to).eq(stays(to, from))
}

/// The values of one type that the other one has too.
fn stays<'e>(of: &'e EnumType, other: &'e EnumType) -> impl Iterator<Item = &'e String> {
    of.values.iter().filter(|value| other.values.contains(value))
}

/// The values that go.
fn gone<'e>(from: &'e EnumType, to: &EnumType) -> Vec<&'e String> {
    from.values.iter().filter(|value| !to.values.contains(value)).collect()
}

/// A value that goes can be no default; the column gets the one that it has then, if any, with its other attributes.
fn drop_defaults(difference: &Difference, of: &EnumType, gone: &[&String], draft: &mut Draft) {
    for (table, column) in columns_of(difference, of) {
        if column.default.as_ref().is_some_and(|default| is_one_of(default, gone)) {
            let mut alter = AlterColumn::new(table, &column.name);
            alter.default = Change::Remove;
            alter.existing = Some(column.clone());
            draft.push(Stage::RemoveEnumValues, &of.name, alter);
        }
    }
}

fn is_one_of(default: &Value, values: &[&String]) -> bool {
    matches!(default, Value::Text(text) if values.contains(&text))
}

fn with_values(data_type: &Type, of: &EnumType) -> Type {
    match data_type {
        Type::Array(element) => with_values(element, of).array(),
        _ => Type::Enum(of.clone()),
    }
}

/// The columns that have the type, as they are.
pub(in crate::diff) fn columns_of<'d>(
    difference: &'d Difference,
    of: &'d EnumType,
) -> impl Iterator<Item = (&'d TableName, &'d Column)> {
    let has_it = |column: &&Column| match &column.data_type {
        Type::Enum(own) => own.name == of.name,
        Type::Array(element) => matches!(&**element, Type::Enum(own) if own.name == of.name),
        _ => false,
    };
    let tables = difference.from.tables.iter();
    tables.flat_map(move |table| table.columns.iter().filter(has_it).map(|column| (&table.name, column)))
}
