//! Why a service ended.

use crate::Error;
use std::time::Duration;

/// Why a service could not start, or did not end in order.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// A database could not be opened or brought to head. Those before it in order stay as they are.
    #[error("the database `{name}` could not be started: {source}")]
    #[non_exhaustive]
    Database {
        /// Its name in the health.
        name: String,
        /// The reason.
        source: Error,
    },
    /// The address could not be served any more.
    #[error("the service cannot accept connections: {0}")]
    Accept(#[from] std::io::Error),
    /// Requests or connections of databases were still in use after the shutdown timeout, or at a second signal: they were
    /// given up.
    #[error(
        "the service ended before its requests: {}\nhelp: allow more time by `with_shutdown_timeout`, or find the requests \
         that take so long",
        describe(*.waited)
    )]
    #[non_exhaustive]
    NotDrained {
        /// How long the service waited; `None` if a second signal came.
        waited: Option<Duration>,
    },
}

crate::error::debug_as_display!(ServiceError);

fn describe(waited: Option<Duration>) -> String {
    match waited {
        Some(waited) => format!("they were still running after {waited:?}"),
        None => "a second signal came while they were running".to_owned(),
    }
}
