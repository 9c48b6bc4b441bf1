//! Alembic-style database migrations for Rust services, checked by the compiler.
//!
//! The folder `alembic/versions/` holds revision files, each naming the revision it follows.
//! `migrations!("alembic")` reads them while the crate compiles, checks that they form one valid
//! chain and embeds them. The service applies them when it starts.
//!
//! Start with [`SqliteDatabaseBuilder`] for a service, or with [`Migrations::upgrade`] for an existing pool or
//! connection. [`sqlx`] is re-exported so that you use the same version: servicekit 0.1 goes with sqlx 0.9.
//!
//! # Features
//! - `sqlite` (default): SQLite, compiled in.
//! - `postgres`: PostgreSQL.
//! - `mysql`: MySQL and MariaDB.
//! - `tls-rustls`: encrypted connections to servers, by rustls with the certificates of the system.
//! - `introspection`: reading the schema of a database, comparing schemas, and replays.
//! - `models`: tables as Rust structs; `entity`: structs with an id, times and tags.
//! - `chrono`, `time`, `uuid`, `rust_decimal`, `bigdecimal`, `json`: columns of the types of these crates.
//! - `testing`: `#[servicekit::test]`, tests with a migrated database of their own, and `migration_tests!`, tests of a
//!   whole history; includes `introspection`.
//!
//! # Modules
//! - [`error`]: the details of each [`ErrorKind`]; [`diagnostic`]: an error as a value with its places.
//! - [`plan`]: what a run would do; [`report`]: what it did.
//! - [`options`]: the values of a [`Migrator`]'s settings; [`database`]: kinds of databases and their pools.
//! - [`history`]: the revisions; [`revision`], [`operation`] and [`schema`]: what revisions in Rust are written with.
//!
//! # Glossary
//! - **revision**: one file in `alembic/versions/`: a change of the schema, with its reverse.
//! - **lineage**: the revisions from a base to a head, each following the one before it.
//! - **base**: the state before any revision; also a revision that follows none.
//! - **head**: a revision that no other revision follows.
//! - **effective head**: a head that no other revision depends on; a fully applied database has a version row for each.
//! - **branch point**: a revision that more than one revision follows.
//! - **merge point**: a revision that follows more than one revision and joins their lineages.
//! - **dependency**: a revision that must be applied before another one that does not follow it (`depends_on`).
//! - **target**: the state that a run is asked to reach: a revision, `head`, `heads`, `base`, `+1`, `label@head`.
//! - **plan**: the steps from the current state of a database to a target.
//! - **step**: one revision of a plan, applied or reverted.
//! - **stage**: a part of a revision that is committed separately, when the revision cannot be one transaction.
//! - **version table**: the table `alembic_version`, which Python's Alembic uses too.
//! - **version row**: a row of the version table: the id of an applied revision that no other applied revision follows or depends on.
//! - **mark row**: the row `in:progress` in the version table while a revision is partially applied.
//! - **journal**: the table `alembic_journal`: who applied what and when, and the outcome of each stage.
//! - **intent**: a row of the journal, written before a stage runs.
//! - **fingerprint**: the state of the objects that a stage is about to change, kept in the journal so that a later run can find out whether it was done.
//! - **partially applied**: some stages of a revision are done, and others are not.
//! - **in doubt**: a stage was started, and the database cannot show whether it was done.
//! - **resolve**: record whether a stage that is in doubt was done.
//! - **stamp**: write the version rows of a target without running its revisions.
//! - **digest**: a hash of what a revision does, without comments and layout; it shows that an applied revision was edited.
//! - **run**: one call of `upgrade`, `downgrade`, `stamp` or `resolve`, from its first query to its end.
//! - **migrator**: a history with settings for its runs.
//! - **advisory lock**: a named lock that the server keeps for a session or a transaction and that locks no table; only one run holds it at a time.
//! - **acquire timeout**: how long a run waits for a database that another session holds (`Migrator::acquire_timeout`, `--acquire-timeout`).
//! - **lock timeout**: how long one statement waits for a table lock before its stage is rolled back and retried (`Migrator::lock_timeout`).
//! - **savepoint**: a point in a transaction that it can be rolled back to without ending it.
//! - **session**: one connection as the server sees it, with its settings, locks and variables.
//! - **pooler**: a program between clients and the server that shares one session between several clients, one after another.
//! - **worker**: the application's test binary, started by the command line to run revisions in Rust.
//! - **dialect**: the SQL of SQLite, of PostgreSQL, or of MySQL and MariaDB.
//! - **backend**: the code that serves one kind of database.
//! - **operation**: a change that a `.rs` revision records, such as `op.add_column`, and that becomes SQL of each dialect.
//! - **rebuild**: how a SQLite table is changed where `ALTER TABLE` cannot: a new table is created, filled and renamed.
//! - **replay**: the history at a revision, applied to an empty database to see which schema it makes.
//! - **scratch database**: the empty database of a server that a replay is made in.

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
compile_error!("servicekit needs a database: enable its feature `sqlite`, `postgres` or `mysql`");

#[cfg(feature = "api")]
pub mod api;
mod backend;
mod confine;
pub mod database;
pub mod error;
pub mod history;
#[cfg(feature = "introspection")]
pub mod introspection;
mod json;
#[cfg(feature = "models")]
pub mod model;
#[allow(clippy::question_mark, reason = "the derive macros of nanoserde write it out")]
mod progress;
#[cfg(feature = "introspection")]
pub mod replay;
pub mod report;
mod run;
mod script;
#[cfg(feature = "testing")]
pub mod testing;
mod work;
#[doc(hidden)]
pub mod worker;

pub use backend::into_connection::IntoConnection;
pub use database::Database;
#[cfg(feature = "mysql")]
pub use database::MySqlDatabaseBuilder;
#[cfg(feature = "postgres")]
pub use database::PostgresDatabaseBuilder;
#[cfg(feature = "sqlite")]
pub use database::SqliteDatabaseBuilder;
pub use error::{Error, ErrorKind};
pub use history::destination::Destination;
pub use history::migrations::Migrations;
#[cfg(feature = "entity")]
pub use model::Entity;
#[cfg(feature = "models")]
pub use model::{Base, ColumnType, Metadata, Model, Models, Registry, Ulid, utils};
pub use progress::Progress;
pub use report::{Report, Status};
pub use run::migrator::Migrator;
pub use run::stop::StopToken;
pub use servicekit_chain::{Dialect, Direction, RevisionId, Target};
#[cfg(feature = "entity")]
pub use servicekit_macros::entity;
pub use servicekit_macros::migrations;
#[cfg(feature = "models")]
pub use servicekit_macros::{ColumnType, DbEnum, Table};
#[cfg(feature = "testing")]
pub use servicekit_macros::{migration_tests, test};
pub use servicekit_schema::Operations;
pub use servicekit_schema::requirement;
#[doc(inline)]
pub use servicekit_schema::table as schema;
#[cfg(feature = "introspection")]
pub use servicekit_schema::{diff, document, script as revision_script, source};
pub use sqlx;
#[cfg(feature = "json")]
pub use sqlx::types::Json;

/// An error as a value with one renderer: see [`Error::diagnostic`].
pub mod diagnostic {
    pub use servicekit_chain::diagnostic::{Diagnostic, NoteLine, PlaceLabel, Position};
    pub use servicekit_chain::{LineColumn, Place, Source};
}

/// The values of a [`Migrator`]'s settings, and of [`Migrator::resolve`].
pub mod options {
    pub use crate::backend::tables::VersionTableSchema;
    pub use crate::run::options::{AheadPolicy, PendingPolicy, TransactionMode};
    pub use crate::run::resolve::Resolution;
}

/// What a run would do: see [`Migrator::plan`], [`Migrations::plan_from`] and [`Migrations::preview`].
pub mod plan {
    pub use crate::script::preview::{PlannedStatement, PlannedStep};
    pub use servicekit_chain::{
        Heads, InvalidId, Label, Note, Plan, PlanError, ResolveError, RowChange, Step, TargetError,
    };
}

/// The operations that a revision's `upgrade` and `downgrade` record.
///
/// See [`Operations`] for the list, and [`RunWork`](operation::RunWork) for custom work in Rust.
pub mod operation {
    pub use crate::work::{Connection, OtherDatabase, RunWork, WorkFn, WorkResult};
    pub use servicekit_schema::operation::*;
}

/// The items that a `.rs` revision imports.
pub mod revision {
    pub use crate::work::{Connection, RunWork, WorkResult};
    pub use servicekit_macros::revision;
    pub use servicekit_schema::revision::*;
}

/// The items that the macros refer to; not public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::backend::into_connection::Link;
    pub use crate::error::notes;
    pub use crate::history::compiled::Compiled;
    pub use crate::history::embedded::{RustFunctions, id, revisions};
    pub use crate::history::migrations::Embedded;
    #[cfg(feature = "models")]
    pub use crate::model::expansion as model;
    #[cfg(feature = "testing")]
    pub use crate::testing::kit as test;
    pub use crate::worker::serve;
}
