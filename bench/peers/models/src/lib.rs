//! What stands in the place of the library that `macro` writes.

pub use {servicekit, sqlx};
