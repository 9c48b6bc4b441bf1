//! What a run does on real servers: PostgreSQL, and MariaDB or MySQL.
#![cfg(all(feature = "postgres", feature = "mysql"))]
#![allow(clippy::large_futures, reason = "the future of a run, on the stack of a test")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy exempts test functions, not their helpers")]

#[path = "../support/mod.rs"]
mod support;

mod address;
mod alembic;
mod basics;
mod client;
mod counted;
mod defaults;
mod dialect;
mod elsewhere;
mod exactly_once;
mod fault_points;
mod handed_in;
mod lacking;
mod least;
mod left_behind;
mod lexical_modes;
mod meanwhile;
mod messages;
mod names;
mod notes;
mod own_settings;
mod paused;
mod place;
mod policies;
mod pooler;
mod read_only;
mod recorded;
mod server_killed;
mod sessions;
mod shared_journal;
mod silence;
mod status;
mod waiting;
mod wire;
