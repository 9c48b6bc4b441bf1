//! What `#[servicekit::test]` runs a test with: a database of its own, a copy of a template.

mod argument;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod background;
mod error;
mod folder;
mod key;
#[cfg(feature = "mysql")]
mod mysql;
mod outcome;
mod own;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod ready;
mod run;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server_database;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server_template;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "sqlite")]
mod test_folder;

pub use argument::TestArgument;
pub use error::TestDatabaseError;
pub use outcome::Outcome;
pub use own::TestBackend;
pub use run::{Fixture, TestSetup, run};
