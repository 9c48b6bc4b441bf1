//! Tables, the operations that a revision records on them, and the SQL of each operation for each database.
//!
//! This crate opens no connection and is not asynchronous: it has only plain data and pure functions, so that changes
//! can be compared, checked and printed without a database. Services use it through the crate `servicekit`, which
//! re-exports the items for revisions.
//!
//! # Overview
//! The main types:
//!
//! - [`Table`](table::Table) describes a table: columns, constraints and indexes. See [`table`].
//! - [`Operation`] is one change, such as [`AddColumn`](operation::AddColumn). The `upgrade` of a revision records a
//!   list of them, [`Operations`]; [`operation`] contains the operations, their names and their reverses.
//! - [`Action`](render::Action) is what the database runs for an operation: SQL in most cases. [`render`] creates it,
//!   with one folder for each database.
//! - [`source`] writes operations as the Rust that records them, [`script`] a difference as a whole revision, [`document`]
//!   a schema as plain values.
//!
//! The way to a database: the revision calls `op.add_column(…)`; [`Operations`] records the operation with the place
//! of the call and fills in missing names. The runner takes the operations for its kind of database
//! ([`into_recorded`](Operations::into_recorded)) and requests the actions of each ([`actions`](render::actions)).
//! SQL is sent unchanged, and custom work runs on the connection. A [`Rebuild`](rebuild::Rebuild) of a SQLite table
//! first reads the current table, then returns its statements ([`rebuild`]).
//!
//! Imports go one way: `render` uses `rebuild`, `rebuild` and `source` use `operation`, `operation` uses `table`;
//! `document` uses `source` and `table`. [`stored`] takes apart what SQLite keeps of a table, for a rebuild and for those
//! who read the schema of a database.

pub mod diff;
pub mod document;
pub mod operation;
pub mod rebuild;
pub mod render;
pub mod requirement;
pub mod script;
pub mod source;
pub mod stored;
pub mod table;

pub use operation::{Operation, OperationError, Operations};
pub use servicekit_chain::Dialect;

/// The items that a revision imports.
pub mod revision {
    pub use crate::operation::Operations;
    pub use crate::table::{
        Column, Deferrability, EnumType, ForeignKeyAction, ForeignKeyMatch, Nulls, Table, Type, array,
        big_integer, binary, boolean, by_convention, char, check, custom, date, double, enum_type,
        enumeration, exclusion, float, foreign_key, index, integer, interval, json, jsonb, key, now, numeric,
        one_of, primary_key, sequence, small_integer, sql, string, text, time, timestamp, timestamp_tz, ulid,
        unconstrained_numeric, unconstrained_string, unique, unsigned_big_integer, unsigned_integer,
        unsigned_small_integer, uuid,
    };
    pub use servicekit_chain::Dialect;
}
