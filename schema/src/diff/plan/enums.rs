//! Enum types of PostgreSQL. Values come and go one by one.

use super::{Alteration, Draft, HazardKind, Stage};
use crate::diff::Difference;
use crate::operation::{AddValue, AlterEnum, CreateEnum, DropEnum, RemoveValue, ValuePosition};
use crate::table::{Column, EnumType, TableName, Type};

pub(super) fn plan(
    difference: &Difference,
    of: &Alteration<EnumType>,
    draft: &mut Draft,
) -> Result<(), String> {
    match of {
        Alteration::Added(of) => draft.push(Stage::Enums, &of.name, CreateEnum::new(of.clone())),
        Alteration::Dropped(of) => draft.push(Stage::DropEnums, &of.name, DropEnum::new(of.clone())),
        Alteration::Changed { from, to } => return change(difference, from, to, draft),
    }
    Ok(())
}

fn change(difference: &Difference, from: &EnumType, to: &EnumType, draft: &mut Draft) -> Result<(), String> {
    let kept: Vec<&String> = from.values.iter().filter(|value| to.values.contains(value)).collect();
    let order: Vec<&String> = to.values.iter().filter(|value| from.values.contains(value)).collect();
    if kept != order {
        return Err("values of an enum type keep their order".to_owned());
    }
    let mut now = from.clone();
    for value in from.values.iter().filter(|value| !to.values.contains(value)) {
        let mut alter = AlterEnum::new(now.clone(), RemoveValue { value: value.clone(), replacement: None });
        alter.columns = columns(difference, from);
        draft.push(Stage::Enums, &from.name, alter);
        draft.warn(HazardKind::CanFail, &from.name, format!("rows with `{value}` of the enum {}", from.name));
        now.values.retain(|known| known != value);
    }
    for (at, value) in to.values.iter().enumerate().filter(|(_, value)| !from.values.contains(value)) {
        // Those before it are all there by now.
        let position = match at.checked_sub(1).and_then(|before| to.values.get(before)) {
            Some(before) if now.values.last() != Some(before) => Some(ValuePosition::After(before.clone())),
            Some(_) => None,
            None => now.values.first().map(|first| ValuePosition::Before(first.clone())),
        };
        let alter = AlterEnum::new(now.clone(), AddValue { value: value.clone(), position });
        draft.push(Stage::Enums, &from.name, alter);
        now.values.insert(at, value.clone());
    }
    Ok(())
}

/// The columns that have the type, as they are.
fn columns(difference: &Difference, of: &EnumType) -> Vec<(TableName, Column)> {
    let has_it = |column: &&Column| match &column.data_type {
        Type::Enum(own) => own.name == of.name,
        Type::Array(element) => matches!(&**element, Type::Enum(own) if own.name == of.name),
        _ => false,
    };
    let tables = difference.from.tables.iter();
    tables
        .flat_map(|table| {
            table.columns.iter().filter(has_it).map(|column| (table.name.clone(), column.clone()))
        })
        .collect()
}
