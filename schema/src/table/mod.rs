//! Descriptions of a schema: tables, columns, types, constraints, indexes.
//!
//! Everything here is plain data. Operations record it, and a dialect turns it into SQL. SQL texts (an expression, a
//! condition, a custom type) are used unchanged; names are quoted and values escaped.
//!
//! ```
//! # use servicekit_schema as servicekit;
//! use servicekit::revision::*;
//!
//! fn upgrade(op: &mut Operations) {
//!     op.create_table(
//!         "orders",
//!         [
//!             ulid("id").primary_key(),
//!             ulid("user_id").not_null().references("users", "id").on_delete(ForeignKeyAction::Cascade),
//!             numeric("total", 12, 2).not_null().check("total >= 0"),
//!             timestamp_tz("placed_at").not_null().default(now()),
//!         ],
//!     )
//!     .with(index([key("user_id"), key("placed_at").desc()]));
//! }
//! # let mut op = Operations::default();
//! # upgrade(&mut op);
//! # let sql = op.sql(Dialect::Postgres).unwrap();
//! # assert!(sql[1].starts_with(r#"CREATE INDEX "ix_orders_user_id_placed_at""#), "{sql:?}");
//! ```

/// Methods that take a value and give it back with one field set.
macro_rules! setters {
    ($type:ty: $($(#[$doc:meta])* $name:ident($($value:ident: $of:ty)?) => $field:ident = $to:expr;)*) => {
        impl $type {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(mut self $(, $value: $of)?) -> Self {
                    self.$field = $to;
                    self
                }
            )*
        }
    };
}

/// Conversions into a type.
macro_rules! from {
    ($type:ty: $($source:ty => |$value:ident| $into:expr;)*) => {
        $(impl From<$source> for $type {
            fn from($value: $source) -> Self {
                $into
            }
        })*
    };
}

mod column;
mod columns;
mod condition;
mod constraint;
mod data_type;
mod definition;
mod described;
mod enum_type;
mod foreign_key;
mod hints;
mod index;
mod name;
mod naming;
mod row;
mod serial;
mod value;

pub use column::{Column, Generated, Identity, SequenceOptions, sequence};
pub use columns::{
    array, big_integer, binary, boolean, char, custom, date, double, enumeration, float, integer, interval,
    json, jsonb, numeric, small_integer, string, text, time, timestamp, timestamp_tz, ulid,
    unconstrained_numeric, unconstrained_string, unsigned_big_integer, unsigned_integer,
    unsigned_small_integer, uuid,
};
pub use condition::{Condition, ListedValues, one_of};
pub use constraint::{
    Check, Constraint, ConstraintKind, Deferrability, Exclusion, PrimaryKey, Unique, check, exclusion,
    primary_key, unique,
};
pub use data_type::Type;
pub use definition::{Part, Table};
pub use described::{Remainder, Schema};
pub use enum_type::{EnumType, enum_type};
pub use foreign_key::{ForeignKey, ForeignKeyAction, ForeignKeyMatch, foreign_key};
pub use hints::{Hints, RenamedValue};
pub use index::{Index, IndexKey, KeyOf, Nulls, Order, index, key};
pub use name::{Name, TableName, by_convention};
pub use naming::NamingConvention;
pub(crate) use naming::shortened;
pub use row::IntoRow;
pub use serial::name_of_sequence;
pub use value::{Expression, Value, now, sql};
