//! Decimal numbers.
//!
//! MySQL refuses one without `precision` and `scale`: a scale that is guessed cuts digits off.

use crate::schema::Type;

#[cfg(feature = "rust_decimal")]
column_types! {
    sqlx::types::Decimal: Decimal, Type::UnconstrainedNumeric, [postgres mysql];
}

#[cfg(feature = "bigdecimal")]
column_types! {
    sqlx::types::BigDecimal: Decimal, Type::UnconstrainedNumeric, [postgres mysql];
}

#[cfg(feature = "rust_decimal")]
elements!(sqlx::types::Decimal);

#[cfg(feature = "bigdecimal")]
elements!(sqlx::types::BigDecimal);
