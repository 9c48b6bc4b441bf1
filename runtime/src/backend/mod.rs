//! The databases: connections, and for each kind a room with what it alone does.
//!
//! `engine` says what every kind has to answer; `sqlite`, `postgres` and `mysql` answer it, a file for each of its traits.

mod acquire;
pub(crate) mod answer;
pub(crate) mod answer_limits;
mod connection;
pub(crate) mod driver;
mod driver_settings;
pub(crate) mod engine;
pub(crate) mod error_help;
pub(crate) mod hash;
pub(crate) mod into_connection;
pub(crate) mod lock_holder;
#[cfg(feature = "mysql")]
pub(crate) mod mysql;
mod named;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod oldest_version;
mod pooler;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod rights;
mod server;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) mod server_room;
mod server_version;
mod session_state;
pub(crate) mod sqlite;
pub(crate) mod tables;
mod timeouts;

pub(crate) use acquire::{Acquired, OwnedConnection, RunConnection};
pub(crate) use answer::{Answer, SendError};
pub(crate) use answer_limits::AnswerLimits;
pub(crate) use connection::Connection;
pub(crate) use driver::{AnyConnection, AnyPool, Driver, Held, driver_enum, map_driver, with_driver};
pub(crate) use driver_settings::OwnSetting;
pub(crate) use engine::Engine;
#[cfg(feature = "introspection")]
pub(crate) use engine::{Scope, ScratchQueries, equality};
pub(crate) use error_help::{begin_error, database_error, during};
pub(crate) use into_connection::{IntoConnection, Link};
pub(crate) use pooler::Probe;
pub(crate) use rights::{MissingRight, RightQuestion};
pub(crate) use server::Server;
pub(crate) use tables::{JournalColumns, Tables, VersionTableSchema};
pub(crate) use timeouts::Timeouts;
