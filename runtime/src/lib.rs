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
//!
//! # Glossary
//! - **revision**: one file in `alembic/versions/`: a change of the schema, with its reverse.
//! - **lineage**: the revisions from a base to a head, each following the one before it.
//! - **base**: the state before any revision; also a revision that follows none.
//! - **head**: a revision that no other revision follows.
//! - **effective head**: a head that no other revision depends on: the version rows of a database with everything applied name these.
//! - **branch point**: a revision that more than one revision follows.
//! - **merge point**: a revision that follows more than one revision and joins their lineages.
//! - **dependency**: a revision that must be applied before another one that does not follow it (`depends_on`).
//! - **target**: what a run is asked for: a revision, `head`, `heads`, `base`, `+1`, `label@head`.
//! - **plan**: the steps from where a database is to a target.
//! - **step**: one revision of a plan, applied or reverted.
//! - **stage**: a part of a revision that is committed by itself, where the revision cannot be one transaction.
//! - **version table**: the table `alembic_version`, the same as Python's Alembic has.
//! - **version row**: a row of the version table: the id of an applied revision that no other applied revision follows or depends on.
//! - **mark row**: the row `in:progress`, which stands in the version table while a revision is partially applied.
//! - **journal**: the table `alembic_journal`: who applied what and when, and what became of each stage.
//! - **intent**: a row of the journal that says that a stage is about to run.
//! - **fingerprint**: what the journal keeps of the objects that a stage is about to change, so that a later run can find out whether it was done.
//! - **partially applied**: some stages of a revision are done, and others are not.
//! - **in doubt**: a stage was begun, and the database cannot show whether it was done.
//! - **resolve**: record what a person found out about a stage that is in doubt.
//! - **stamp**: write the version rows of a target without running its revisions.
//! - **digest**: a hash of what a revision does, without comments and layout; it shows that an applied revision was edited.
//! - **run**: one call of `upgrade`, `downgrade`, `stamp` or `resolve`, from its first question to its end.
//! - **migrator**: a history with the settings of its runs.
//! - **advisory lock**: a lock with a name that the server keeps for a session or a transaction and that locks no table; only one run holds it at a time.
//! - **acquire timeout**: how long a run waits for a database that another session holds (`Migrator::acquire_timeout`, `--acquire-timeout`).
//! - **lock timeout**: how long one statement waits for the lock of a table before its stage is undone and tried again (`Migrator::lock_timeout`).
//! - **savepoint**: a place in a transaction to which it can be rolled back without ending it.
//! - **session**: one connection as the server sees it, with its settings, locks and variables.
//! - **pooler**: a program between the client and the server that gives one session to several clients, one after another.
//! - **worker**: the application's tests, started by the command line to run revisions that are written in Rust.
//! - **dialect**: the SQL of SQLite, of PostgreSQL, or of MySQL and MariaDB.
//! - **backend**: the code that serves one kind of database.
//! - **operation**: a change that a `.rs` revision records, such as `op.add_column`, and that each dialect has its SQL for.
//! - **rebuild**: the way to change a table of SQLite that `ALTER TABLE` cannot change: a new table is made, filled and renamed.

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
compile_error!("servicekit needs a database: turn on its feature `sqlite`, `postgres` or `mysql`");

mod backend;
mod database;
mod error;
mod history;
mod json;
#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
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

/// What is said of an error, as a value with one renderer: see [`Error::diagnostic`].
pub mod diagnostic {
    pub use servicekit_chain::diagnostic::{Diagnostic, NoteLine, PlaceLabel, Position};
    pub use servicekit_chain::{Place, Source};
}

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
