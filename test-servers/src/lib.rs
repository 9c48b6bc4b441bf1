//! Real database servers for the tests of servicekit; nothing here is published.
//!
//! | what a test wants | what it takes |
//! |---|---|
//! | a database of its own | [`postgres()`] or [`mysql()`], then [`Server::create_database`] |
//! | a server that it may kill | [`PrivateServer`] |
//! | PostgreSQL behind a pooler | [`PgBouncer`] |
//! | to see or to cut what goes over the wire | [`WireProxy`] |
//! | Python's Alembic beside it | [`alembic()`] |
//! | what the database's own client makes of a script | [`own_client()`] |
//! | the tables as the database's own dump has them | [`own_dump()`] |
//!
//! Whatever is not to be had gives `None`, after a line that starts with `LEFT OUT:` and that no test harness
//! swallows; with `SERVICEKIT_TEST_REQUIRE_SERVERS=1`, which `cargo xtask test` sets, it panics instead, so
//! that a full run is never half of one. See [`notice`] for the variable's values.
//!
//! | variable | what it names |
//! |---|---|
//! | `SERVICEKIT_TEST_POSTGRES_URL`, `SERVICEKIT_TEST_MYSQL_URL` | the server that all tests share |
//! | `SERVICEKIT_TEST_POSTGRES_FOLDER`, `SERVICEKIT_TEST_MYSQL_FOLDER` | the folder with the programs of another version, from which servers are started; `none` leaves the tests of the engine out |
//! | `SERVICEKIT_TEST_USAGE_FILE` | the file that says afterwards which tests had a server |
//!
//! Every function blocks, and may be called inside a tokio runtime and outside: what needs a runtime gets one on
//! a thread of its own.
//!
//! ```no_run
//! use servicekit_test_servers::postgres;
//!
//! # fn example() {
//! let Some(server) = postgres() else { return };
//! let database = server.create_database();
//! println!("{}", database.url()); // dropped at the end, whoever is still connected
//! # }
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "test support: a test that cannot have its server ends with a message that says why"
)]

mod alembic;
mod blocking;
mod database;
mod engine;
pub mod http;
mod installation;
pub mod notice;
mod os;
mod own_client;
mod pgbouncer;
mod private;
mod proxy;
mod server;
mod url;
mod usage;

pub use alembic::{Alembic, HISTORY, Output, PythonRevision, alembic};
pub use database::TestDatabase;
pub use engine::Engine;
pub use installation::NO_FOLDER;
pub use own_client::{own_client, own_dump};
pub use pgbouncer::{PgBouncer, PoolMode};
pub use private::{PrivateServer, PrivateServerBuilder};
pub use proxy::{Message, Then, WireProxy};
pub use server::{NotFound, Server, mysql, postgres};
pub use usage::USAGE_VARIABLE;
