//! A database that does not answer.

use std::io;
use std::time::Duration;

/// No answer came.
#[derive(Debug, thiserror::Error)]
#[error("{}", describe(*.0))]
struct Silence(Duration);

pub(crate) fn describe(waited: Duration) -> String {
    format!("no answer came for {:.1} s", waited.as_secs_f64())
}

/// No answer came for so long.
pub(crate) fn error(waited: Duration) -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, Silence(waited)))
}

/// How long no answer came, if that is the error.
pub(crate) fn waited(error: &sqlx::Error) -> Option<Duration> {
    let sqlx::Error::Io(error) = error else { return None };
    error.get_ref()?.downcast_ref().map(|Silence(waited)| *waited)
}
