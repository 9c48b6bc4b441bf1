//! Values of one type as those of another: PostgreSQL.

use crate::diff::types;
use crate::render::part_text;
use crate::table::{Column, Type};
use servicekit_chain::Dialect;
use servicekit_chain::sql::quote_name;

/// What makes a value of the new type on PostgreSQL, where the database does not by itself: there is no cast that an
/// assignment uses (manual, ALTER TABLE and CREATE CAST).
pub(super) fn using(dialect: Dialect, from: &Column, to: &Column) -> Result<Option<String>, String> {
    if dialect != Dialect::Postgres {
        return Ok(None);
    }
    if is_same(from, to, dialect) {
        return Ok(None);
    }
    let column = quote_name(dialect, &from.name);
    let (from, to) = (&without_serial(from), &without_serial(to));
    let name = part_text::type_text(dialect, to).map_err(|problem| problem.reason)?;
    Ok(match (kind(from), kind(to)) {
        (one, other) if one == other && one != Kind::Other => None,
        // Whatever it is, and the other way round to an enum.
        (_, Kind::Text | Kind::Enum) => None,
        (Kind::Number, Kind::Boolean) => Some(format!("{column} <> 0")),
        (Kind::Boolean, Kind::Number) => Some(format!("{column}::integer::{name}")),
        _ => Some(format!("{column}::text::{name}")),
    })
}

/// Whether values stay as they are: a `serial` is an integer.
pub(super) fn is_same(from: &Column, to: &Column, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Postgres => types::is_same(&without_serial(from), &without_serial(to), dialect),
        _ => types::is_same(&from.data_type, &to.data_type, dialect),
    }
}

fn without_serial(column: &Column) -> Type {
    column.data_type.behind_serial().unwrap_or_else(|| column.data_type.clone())
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
