//! Utilities for tests of a service: migrated temporary databases, and checks of a history.

mod checks;
#[doc(hidden)]
pub mod kit;
#[cfg(feature = "models")]
mod model_types;
#[cfg(all(feature = "models", feature = "introspection"))]
mod models_at_head;
mod repeatable;
#[cfg(feature = "sqlite")]
mod temporary;

pub use checks::{
    CheckedRevisions, MigrationCheckError, MigrationChecks, SchemaChange, Seed, SkippedRevision,
};
pub use kit::{TestArgument, TestBackend, TestDatabaseError};
#[cfg(feature = "models")]
pub use model_types::{ModelTypesError, check_model_types};
#[cfg(all(feature = "models", feature = "introspection", feature = "sqlite"))]
pub use models_at_head::check_models;
#[cfg(all(feature = "models", feature = "introspection"))]
pub use models_at_head::{ModelsDiffer, ModelsError, check_models_on};
pub use repeatable::{Unrepeatable, check_repeatable};
#[cfg(feature = "sqlite")]
pub use temporary::{TempDatabaseError, TempSqlite, temp_sqlite};
