//! Alembic-style database migrations for Rust services, checked by the compiler.

mod embedded;
mod migrations;
mod operation;

pub use embedded::Revision;
pub use migrations::Migrations;
pub use operation::Operations;
pub use servicekit_chain::{Dialect, Heads, Label, RevisionId};
pub use servicekit_macros::migrations;
pub use sqlx;

/// What a `.rs` revision imports.
pub mod revision {
    pub use crate::operation::Operations;
    pub use servicekit_chain::Dialect;
    pub use servicekit_macros::revision;
}

/// What the macros name; not for programs.
#[doc(hidden)]
pub mod __private {
    pub use crate::embedded::RustFunctions;
    pub use crate::migrations::Embedded;
}
