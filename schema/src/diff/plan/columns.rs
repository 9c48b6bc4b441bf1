//! Columns: they come, go and change.

use super::disturbed::Disturbed;
use super::{Alteration, Draft, HazardKind, Stage, Unplannable};
use crate::diff::{Attribute, Difference, Fact};
use crate::operation::{AddColumn, AlterColumn, Change, DropColumn};
use crate::render::part_text;
use crate::table::{Column, TableName, Type};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

pub(super) fn plan(table: &TableName, column: &Alteration<Box<Column>>, draft: &mut Draft) {
    let (from, to) = column.sides();
    if let Some(column) = from {
        drop(table, column, draft);
        if column.generated.is_none() {
            draft.warn(HazardKind::LosesData, table, format!("column {table}.{}", column.name));
        }
    }
    if let Some(column) = to {
        add(table, column, draft);
        let has_value = column.default.is_some() || column.generated.is_some() || column.identity.is_some();
        if !column.nullable && !has_value {
            let what = format!("rows of {table}, which get no value for {}", column.name);
            draft.warn(HazardKind::CanFail, table, what);
        }
    }
}

pub(super) fn drop(table: &TableName, column: &Column, draft: &mut Draft) {
    let mut drop = DropColumn::new(table, &column.name);
    drop.existing = Some(column.clone());
    let stage = if column.generated.is_some() { Stage::DropGenerated } else { Stage::DropColumns };
    draft.push(stage, table, drop);
}

pub(super) fn add(table: &TableName, column: &Column, draft: &mut Draft) {
    let stage = if column.generated.is_some() { Stage::AddGenerated } else { Stage::AddColumns };
    draft.push(stage, table, AddColumn::new(table, column.clone()));
}

/// What changes of columns that stay, all of one column together.
pub(super) fn plan_attributes(
    difference: &Difference,
    disturbed: &Disturbed<'_>,
    draft: &mut Draft,
) -> Result<(), Box<Unplannable>> {
    let mut rest = difference.facts.iter().peekable();
    while let Some(fact) = rest.next() {
        let Fact::Attribute { table, attribute, from, to } = fact else { continue };
        let mut attributes = vec![*attribute];
        while let Some(Fact::Attribute { table: other, attribute, from: of, .. }) = rest.peek() {
            if other != table || of.name != from.name {
                break;
            }
            attributes.push(*attribute);
            rest.next();
        }
        if disturbed.is_replaced(table, &from.name) {
            if from.generated.is_none() || to.generated.is_none() {
                draft.warn(HazardKind::LosesData, table, format!("column {table}.{}", from.name));
            }
            continue;
        }
        let alter = alter(difference.dialect, table, from, to, &attributes, draft);
        alter.map_err(|reason| difference.unplannable(fact, reason))?;
    }
    Ok(())
}

fn alter(
    dialect: Dialect,
    table: &TableName,
    from: &Column,
    to: &Column,
    attributes: &[Attribute],
    draft: &mut Draft,
) -> Result<(), String> {
    let mut alter = AlterColumn::new(table, &from.name);
    alter.existing = Some(from.clone());
    let default = match &to.default {
        Some(value) => Change::To(value.clone()),
        None => Change::Remove,
    };
    let column = format!("{table}.{}", from.name);
    for attribute in attributes {
        match attribute {
            Attribute::Type => {
                alter.data_type = Some(to.data_type.clone());
                alter.using = using(dialect, from, &to.data_type)?;
                // The old one need not be a value of the new type.
                if dialect == Dialect::Postgres && (from.default.is_some() || to.default.is_some()) {
                    alter.default = default.clone();
                }
                draft.warn(
                    HazardKind::CanFail,
                    table,
                    format!("values of {column} that the new type does not take"),
                );
            }
            Attribute::Nullable => {
                alter.nullable = Some(to.nullable);
                if !to.nullable {
                    draft.warn(HazardKind::CanFail, table, format!("rows where {column} is null"));
                }
            }
            Attribute::Default => alter.default = default.clone(),
            Attribute::Comment => {
                alter.comment = to.comment.clone().map_or(Change::Remove, Change::To);
            }
            other => return Err(format!("`alter_column` has no word for what is `{}`", other.name())),
        }
    }
    draft.push(Stage::AlterColumns, table, alter);
    Ok(())
}

/// What makes a value of the new type on PostgreSQL, where the database does not by itself: there is no cast that an
/// assignment uses (manual, ALTER TABLE and CREATE CAST).
fn using(dialect: Dialect, from: &Column, to: &Type) -> Result<Option<String>, String> {
    if dialect != Dialect::Postgres {
        return Ok(None);
    }
    let is_serial = |data_type: &Type| matches!(data_type, Type::Custom(name) if name.to_ascii_lowercase().ends_with("serial"));
    if is_serial(&from.data_type) || is_serial(to) {
        return Err("`serial` is an integer with a sequence of its own, which stays as it is".to_owned());
    }
    let column = quote_name(dialect, &from.name);
    let name = part_text::type_text(dialect, to).map_err(|problem| problem.reason)?;
    Ok(match (kind(&from.data_type), kind(to)) {
        (one, other) if one == other && one != Kind::Other => None,
        // Whatever it is, and the other way round to an enum.
        (_, Kind::Text | Kind::Enum) => None,
        (Kind::Number, Kind::Boolean) => Some(format!("{column} <> 0")),
        (Kind::Boolean, Kind::Number) => Some(format!("{column}::integer::{name}")),
        _ => Some(format!("{column}::text::{name}")),
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Boolean,
    /// A date, with or without a time.
    Moment,
    Json,
    Enum,
    Other,
}

fn kind(data_type: &Type) -> Kind {
    match data_type.for_dialect(Dialect::Postgres) {
        Type::SmallInteger
        | Type::Integer
        | Type::BigInteger
        | Type::UnsignedSmallInteger
        | Type::UnsignedInteger
        | Type::UnsignedBigInteger
        | Type::Float
        | Type::Double
        | Type::Numeric(..)
        | Type::UnconstrainedNumeric => Kind::Number,
        Type::Char(_) | Type::Varchar(_) | Type::UnconstrainedVarchar | Type::Text | Type::Ulid => Kind::Text,
        Type::Boolean => Kind::Boolean,
        Type::Date | Type::Timestamp | Type::TimestampTz => Kind::Moment,
        Type::Json | Type::Jsonb => Kind::Json,
        Type::Enum(_) => Kind::Enum,
        Type::WithPrecision { base, .. } => kind(base),
        _ => Kind::Other,
    }
}
