//! Tables, the operations that a revision records on them, and the SQL of each operation for each database.
//!
//! Nothing here opens a connection or is asynchronous: everything is plain data and pure functions, so that changes can be
//! compared, checked and printed without a database. Services use it through the crate `servicekit`, which exports what a
//! revision needs.
//!
//! # Overview
//! Three types carry everything:
//!
//! - [`Table`](table::Table) is a table as it should be: columns, constraints and indexes. [`table`] holds the words for it.
//! - [`Operation`] is one change, such as [`AddColumn`](operation::AddColumn). A revision's `upgrade` records a list of them,
//!   [`Operations`]; [`operation`] holds them, their names and their reverses.
//! - [`Action`](render::Action) is what a database is given for an operation: SQL in most cases. [`render`] makes it, one
//!   folder for each database.
//!
//! From a revision to a database: the revision calls `op.add_column(…)`, and [`Operations`] records the operation with the
//! place of the call and gives names to what has none. The runner takes the list for the database that it is connected to
//! ([`into_recorded`](Operations::into_recorded)) and asks for the actions of each operation ([`actions`](render::actions)).
//! SQL is sent as it is; work of the revision's own is run on the connection; a [`Rebuild`](rebuild::Rebuild) of a table of
//! SQLite first needs to know how the table looks now, and then gives its statements ([`rebuild`]).
//!
//! Imports go one way: `render` uses `rebuild`, `rebuild` uses `operation`, `operation` uses `table`.

pub mod operation;
pub mod rebuild;
pub mod render;
pub mod table;

pub use operation::{Operation, OperationError, Operations};
pub use servicekit_chain::Dialect;

/// What a revision imports to describe its changes.
pub mod revision {
    pub use crate::operation::Operations;
    pub use crate::table::{
        Column, Deferrability, ForeignKeyAction, ForeignKeyMatch, Nulls, Table, Type, array, big_integer,
        binary, boolean, by_convention, check, custom, date, double, exclusion, float, foreign_key, index,
        integer, interval, json, jsonb, key, now, numeric, primary_key, small_integer, sql, string, text,
        time, timestamp, timestamp_tz, ulid, unique, uuid,
    };
    pub use servicekit_chain::Dialect;
}
