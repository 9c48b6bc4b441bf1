//! The words that the source of a schema is written in: databases, names of tables, types.

use super::enums::EnumNames;
use super::layout::{Expr, call, text, texts, word};
use crate::table::{Column, EnumType, TableName, Type};
use servicekit_chain::Dialect;

/// `Dialect::Postgres`
pub(super) fn dialect(dialect: Dialect) -> Expr {
    word(dialect.select("Dialect::Sqlite", "Dialect::Postgres", "Dialect::Mysql"))
}

/// `"users"` or `("shop", "users")`
pub(super) fn table_name(name: &TableName) -> Expr {
    match &name.schema {
        None => text(&name.name),
        Some(schema) => Expr::List { open: "(", items: vec![text(schema), text(&name.name)], close: ")" },
    }
}

/// `enum_type("mood", ["sad", "happy"])`, or the name that it is given in the function.
pub(super) fn enumeration(of: &EnumType, names: &EnumNames) -> Expr {
    match names.name_of(of) {
        Some(name) => call(name, []),
        None => enum_type(of),
    }
}

pub(super) fn enum_type(of: &EnumType) -> Expr {
    call("enum_type", [table_name(&of.name), texts(&of.values)])
}

/// A column of this type, by the function that is named after it.
pub(super) fn column_of(column: &Column, names: &EnumNames) -> Expr {
    let name = || text(&column.name);
    let with = |function: &str, arguments: &[u32]| {
        let arguments = arguments.iter().map(|argument| number(*argument));
        call(function, [name()].into_iter().chain(arguments))
    };
    match &column.data_type {
        Type::Char(length) => with("char", &[*length]),
        Type::Varchar(length) => with("string", &[*length]),
        Type::Numeric(precision, scale) => with("numeric", &[(*precision).into(), (*scale).into()]),
        Type::Enum(of) => call("enumeration", [name(), enumeration(of, names)]),
        Type::Array(element) => call("array", [name(), data_type(element, names)]),
        Type::Custom(sql) => call("custom", [name(), text(sql)]),
        Type::WithPrecision { base, digits } if !is_adorned(base) => {
            let base = column_of(&Column::new(&column.name, (**base).clone()), names);
            base.method("precision", [word(digits.to_string())])
        }
        Type::PerDialect { base, variants } if is_built(base, variants) => {
            let base = column_of(&Column::new(&column.name, (**base).clone()), names);
            variants.iter().fold(base, |column, (on, variant)| {
                column.method("type_on", [dialect(*on), data_type(variant, names)])
            })
        }
        plain => match simple(plain) {
            Some((function, _)) => call(function, [name()]),
            None => call("Column::new", [name(), data_type(plain, names)]),
        },
    }
}

/// `Type::Integer`
pub(super) fn data_type(of: &Type, names: &EnumNames) -> Expr {
    let with = |variant: &str, arguments: &[u32]| {
        call(format!("Type::{variant}"), arguments.iter().map(|argument| number(*argument)))
    };
    match of {
        Type::Char(length) => with("Char", &[*length]),
        Type::Varchar(length) => with("Varchar", &[*length]),
        Type::Numeric(precision, scale) => with("Numeric", &[(*precision).into(), (*scale).into()]),
        Type::Enum(of) => call("Type::Enum", [enumeration(of, names)]),
        Type::Array(element) => data_type(element, names).method("array", []),
        Type::Custom(sql) => call("Type::custom", [text(sql)]),
        Type::WithPrecision { base, digits } if !is_adorned(base) => {
            data_type(base, names).method("precision", [word(digits.to_string())])
        }
        Type::PerDialect { base, variants } if is_built(base, variants) => {
            variants.iter().fold(data_type(base, names), |base, (on, variant)| {
                base.method("on", [dialect(*on), data_type(variant, names)])
            })
        }
        Type::WithPrecision { base, digits } => fields(
            "Type::WithPrecision",
            vec![("base", boxed(base, names)), ("digits", word(digits.to_string()))],
        ),
        Type::PerDialect { base, variants } => {
            let variants = variants.iter().map(|(on, variant)| Expr::List {
                open: "(",
                items: vec![dialect(*on), data_type(variant, names)],
                close: ")",
            });
            let variants = Expr::List { open: "vec![", items: variants.collect(), close: "]" };
            fields("Type::PerDialect", vec![("base", boxed(base, names)), ("variants", variants)])
        }
        plain => word(format!("Type::{}", simple(plain).map_or("Text", |(_, variant)| variant))),
    }
}

/// The types without arguments.
pub(super) const SIMPLE: [Type; 22] = [
    Type::SmallInteger,
    Type::Integer,
    Type::BigInteger,
    Type::UnsignedSmallInteger,
    Type::UnsignedInteger,
    Type::UnsignedBigInteger,
    Type::Float,
    Type::Double,
    Type::UnconstrainedNumeric,
    Type::UnconstrainedVarchar,
    Type::Text,
    Type::Boolean,
    Type::Date,
    Type::Time,
    Type::Timestamp,
    Type::TimestampTz,
    Type::Interval,
    Type::Binary,
    Type::Json,
    Type::Jsonb,
    Type::Uuid,
    Type::Ulid,
];

/// The function and the variant of a type without arguments.
pub(super) fn simple(of: &Type) -> Option<(&'static str, &'static str)> {
    Some(match of {
        Type::SmallInteger => ("small_integer", "SmallInteger"),
        Type::Integer => ("integer", "Integer"),
        Type::BigInteger => ("big_integer", "BigInteger"),
        Type::UnsignedSmallInteger => ("unsigned_small_integer", "UnsignedSmallInteger"),
        Type::UnsignedInteger => ("unsigned_integer", "UnsignedInteger"),
        Type::UnsignedBigInteger => ("unsigned_big_integer", "UnsignedBigInteger"),
        Type::Float => ("float", "Float"),
        Type::Double => ("double", "Double"),
        Type::UnconstrainedNumeric => ("unconstrained_numeric", "UnconstrainedNumeric"),
        Type::UnconstrainedVarchar => ("unconstrained_string", "UnconstrainedVarchar"),
        Type::Text => ("text", "Text"),
        Type::Boolean => ("boolean", "Boolean"),
        Type::Date => ("date", "Date"),
        Type::Time => ("time", "Time"),
        Type::Timestamp => ("timestamp", "Timestamp"),
        Type::TimestampTz => ("timestamp_tz", "TimestampTz"),
        Type::Interval => ("interval", "Interval"),
        Type::Binary => ("binary", "Binary"),
        Type::Json => ("json", "Json"),
        Type::Jsonb => ("jsonb", "Jsonb"),
        Type::Uuid => ("uuid", "Uuid"),
        Type::Ulid => ("ulid", "Ulid"),
        Type::Numeric(..)
        | Type::Char(_)
        | Type::Varchar(_)
        | Type::Enum(_)
        | Type::Array(_)
        | Type::Custom(_)
        | Type::WithPrecision { .. }
        | Type::PerDialect { .. } => return None,
    })
}

/// Whether the methods that change a type would change this one otherwise.
fn is_adorned(base: &Type) -> bool {
    matches!(base, Type::PerDialect { .. } | Type::WithPrecision { .. })
}

/// Whether [`Type::on`] makes this of its base.
fn is_built(base: &Type, variants: &[(Dialect, Type)]) -> bool {
    let mut known = variants.iter().map(|(on, _)| on);
    let is_double = |on: &Dialect| variants.iter().filter(|(other, _)| other == on).count() > 1;
    !variants.is_empty() && !matches!(base, Type::PerDialect { .. }) && !known.any(is_double)
}

fn boxed(of: &Type, names: &EnumNames) -> Expr {
    call("Box::new", [data_type(of, names)])
}

/// `Path { field: value, field: value }`
fn fields(path: &'static str, fields: Vec<(&'static str, Expr)>) -> Expr {
    Expr::Fields { path, fields }
}

fn number(number: u32) -> Expr {
    word(super::literal::grouped(&number.to_string()))
}
