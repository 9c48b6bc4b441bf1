//! Alembic-style database migrations for Rust services, checked by the compiler.
//!
//! A folder `alembic/versions/` holds revision files, each naming the revision it follows.
//! `migrations!("alembic")` reads them while the crate is compiled, proves that they form one
//! sound chain and embeds them; at the start of the service they are applied.
//!
//! Start with [`SqliteDatabaseBuilder`] for a service, or with [`Migrations::upgrade`] for a pool or a
//! connection that is there already. [`sqlx`] is exported so that versions agree.
//!
//! # Features
//! - `sqlite` (default): SQLite, compiled in.
//! - `postgres`: PostgreSQL.
//! - `mysql`: MySQL and MariaDB.
//! - `tls`: encrypted connections to servers.
//! - `testing`: migrated temporary databases for tests.

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
compile_error!("servicekit needs a database: turn on its feature `sqlite`, `postgres` or `mysql`");

mod backend;
mod database;
mod error;
mod history;
mod progress;
mod report;
mod run;
mod script;
#[cfg(feature = "testing")]
pub mod testing;
mod work;
#[doc(hidden)]
pub mod worker;

pub use backend::into_connection::{IntoConnection, Link};
pub use backend::rights::MissingRight;
pub use backend::tables::VersionTableSchema;
#[cfg(feature = "mysql")]
pub use database::MySqlDatabaseBuilder;
#[cfg(feature = "postgres")]
pub use database::PostgresDatabaseBuilder;
#[cfg(feature = "sqlite")]
pub use database::SqliteDatabaseBuilder;
pub use database::{AnyBackend, AnyPool, Backend, Database, DatabaseBuilder, UrlError};
pub use error::database::DatabaseError;
pub use error::foreign_keys::ForeignKeyViolation;
pub use error::lock_holder::LockHolder;
pub use error::name_limit::NameLimit;
pub use error::old_server::{OldServer, ServerNote};
pub use error::partial::PartialStage;
pub use error::phase::Phase;
pub use error::read_only::ReadOnlyCause;
pub use error::recorded_elsewhere::RecordedElsewhere;
pub use error::refused::{RefusalReason, RefusedStatement};
pub use error::setting::SettingInTheWay;
pub use error::statement::{StagePosition, StatementError};
pub use error::unsupported_operation::UnsupportedOperation;
pub use error::work::{WorkError, WorkErrorKind};
pub use error::{Error, ErrorKind, UnknownRevision};
pub use history::destination::Destination;
pub use history::embedded::Revision;
pub use history::from_folder::BrokenFolder;
pub use history::migrations::Migrations;
pub use progress::Progress;
pub use report::{BookkeepingTables, EditedRevision, PartialRevision, Report, RevisionReport, Status};
pub use run::migrator::Migrator;
pub use run::options::{AheadPolicy, PendingPolicy, TransactionMode};
pub use run::resolve::Resolution;
pub use run::rights::Rights;
pub use run::stop::StopToken;
pub use script::preview::{PlannedStatement, PlannedStep};
pub use servicekit_chain::{
    Dialect, Direction, Folder, Heads, Label, LineColumn, Plan, RevisionId, Step, Target, TargetError,
};
pub use servicekit_macros::migrations;
#[doc(inline)]
pub use servicekit_schema::table as schema;
pub use servicekit_schema::{OperationError, Operations};
pub use sqlx;

/// What a revision's `upgrade` and `downgrade` record.
///
/// See [`Operations`] for the list, and [`RunWork`](operation::RunWork) for work of the revision's own.
pub mod operation {
    pub use crate::work::{Connection, OtherDatabase, RunWork, WorkFn, WorkResult};
    pub use servicekit_schema::operation::*;
}

/// What a `.rs` revision imports.
pub mod revision {
    pub use crate::work::{Connection, RunWork, WorkResult};
    pub use servicekit_macros::revision;
    pub use servicekit_schema::revision::*;
}

/// What the macros name; not for programs.
#[doc(hidden)]
pub mod __private {
    pub use crate::error::notes;
    pub use crate::history::compiled::Compiled;
    pub use crate::history::embedded::{RustFunctions, id, revisions};
    pub use crate::history::migrations::Embedded;
    pub use crate::worker::serve;
}
