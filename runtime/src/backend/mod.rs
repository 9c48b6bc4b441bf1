//! The databases: connections, and for each kind a room with what it alone does.
//!
//! `engine` says what every kind has to answer; `sqlite`, `postgres` and `mysql` answer it, a file for each of its traits.

pub(crate) mod acquire;
pub(crate) mod answer;
pub(crate) mod answer_limits;
pub(crate) mod connection;
pub(crate) mod driver;
pub(crate) mod driver_settings;
pub(crate) mod engine;
pub(crate) mod error_help;
pub(crate) mod hash;
pub(crate) mod into_connection;
pub(crate) mod lock_holder;
#[cfg(feature = "mysql")]
pub(crate) mod mysql;
pub(crate) mod named;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod oldest_version;
pub(crate) mod pooler;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod rights;
pub(crate) mod server;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server_room;
pub(crate) mod session_state;
pub(crate) mod sqlite;
pub(crate) mod tables;
pub(crate) mod timeouts;
