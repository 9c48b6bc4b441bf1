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

mod database;
mod dialect;
mod embedded;
mod from_folder;
mod migrate;
mod migrations;
pub mod operation;
pub mod schema;
#[cfg(feature = "testing")]
pub mod testing;
#[doc(hidden)]
pub mod worker;

#[cfg(feature = "mysql")]
pub use database::MySqlDatabaseBuilder;
#[cfg(feature = "postgres")]
pub use database::PostgresDatabaseBuilder;
#[cfg(feature = "sqlite")]
pub use database::SqliteDatabaseBuilder;
pub use database::{Any, AnyPool, Database, DatabaseBuilder, Kind, UrlError};
pub use embedded::Revision;
pub use from_folder::BrokenFolder;
pub use migrate::{
    Access, Doing, Edited, Error, Failure, HalfDone, HalfDoneRevision, HalfDoneStep, Holder, Link, Migrator,
    MissingRight, NameLimit, OldServer, PlannedStatement, PlannedStep, Policy, Progress, ReadOnlyCause,
    Reason, RecordedElsewhere, Refusal, Report, Resolution, Rights, ServerNote, SettingInTheWay, Status,
    StepReport, Stop, TablesFound, TransactionMode, UnknownRevision, Unsupported, VersionTableSchema,
    Violation, WhenAhead, Why, WorkFailure,
};
pub use migrations::Migrations;
pub use operation::{OperationError, Operations};
pub use servicekit_chain::{
    Dialect, Direction, Folder, Heads, Label, Plan, Position, RevisionId, Step, Target, TargetError,
};
pub use servicekit_macros::migrations;
pub use sqlx;

/// What a `.rs` revision imports.
pub mod revision {
    pub use crate::operation::{Connection, Operations, WorkResult};
    pub use crate::schema::{
        Column, Deferrability, ForeignKeyAction, ForeignKeyMatch, Nulls, Table, Type, array, big_integer,
        binary, boolean, by_convention, check, custom, date, double, exclusion, float, foreign_key, index,
        integer, interval, json, jsonb, key, now, numeric, primary_key, small_integer, sql, string, text,
        time, timestamp, timestamp_tz, ulid, unique, uuid,
    };
    pub use servicekit_chain::Dialect;
    pub use servicekit_macros::revision;
}

/// What the macros name; not for programs.
#[doc(hidden)]
pub mod __private {
    pub use crate::embedded::{RustFunctions, id, revisions};
    pub use crate::migrate::notes;
    pub use crate::migrations::Embedded;
    pub use crate::worker::serve;
}
