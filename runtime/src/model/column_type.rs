//! Which column a field of a Rust type is.

use super::Proof;
use crate::schema::{Column, Type};

/// A Rust type whose values are stored in a column.
///
/// It is implemented for what sqlx reads and writes. For a struct around one value derive it; for an enum derive `DbEnum`.
///
/// ```
/// use servicekit::{ColumnType, schema::Type};
/// assert_eq!(<Option<i64>>::column_type(), Type::BigInteger);
/// assert!(<Option<i64>>::NULLABLE);
/// ```
#[diagnostic::on_unimplemented(
    message = "no column type is known for `{Self}`",
    label = "a column cannot hold this",
    note = "columns hold integers, floats, `bool`, `String`, `Vec<u8>`, `Json<T>`, `Option` of these, and the types of chrono, time, uuid, rust_decimal and bigdecimal when the feature of `servicekit` with that name is on",
    note = "for a type of your own: `#[derive(ColumnType)]` on a struct around one value, `#[derive(DbEnum)]` on an enum, or `#[column(json)]` to store it as JSON",
    note = "for a type of another crate: `#[column(type = …)]` says which column to make"
)]
pub trait ColumnType {
    /// Whether the column can be null.
    const NULLABLE: bool = false;

    /// What kind of value it is, for what an attribute may say of it.
    const KIND: Kind;

    /// The type without `Option`, `Box` and the like: a column and the one that it refers to have the same.
    type Plain: ?Sized;

    /// The type of the column.
    fn column_type() -> Type;

    /// Notes how each database reads the type; one that notes nothing is not checked.
    fn proof(_: &mut Proof) {}

    /// Adds checks that come with the type, such as the list of an enum's values.
    fn described(column: Column) -> Column {
        column
    }
}

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Real,
    /// A decimal number.
    Decimal,
    /// True or false.
    Boolean,
    /// Bytes.
    Bytes,
    /// A date, a time or both.
    Time,
    /// JSON.
    Json,
    /// Anything else.
    Other,
}

/// A type of which `Vec<T>` is a column: an array on PostgreSQL, and bytes for `u8`.
///
/// ```
/// use servicekit::{ColumnType, schema::Type};
/// assert_eq!(<Vec<u8>>::column_type(), Type::Binary);
/// assert_eq!(<Vec<String>>::column_type(), Type::Text.array());
/// ```
#[diagnostic::on_unimplemented(
    message = "no column type is known for a list of `{Self}`",
    label = "a column cannot hold a list of this",
    note = "`#[column(json)]` stores a list as JSON, on every database"
)]
pub trait Element: ColumnType {
    /// What kind of value a list is.
    const LIST_KIND: Kind = Kind::Other;

    /// The type of the column of a list.
    fn list_type() -> Type {
        Self::column_type().array()
    }

    /// Notes how each database reads a list.
    fn list_proof(_: &mut Proof) {}
}
