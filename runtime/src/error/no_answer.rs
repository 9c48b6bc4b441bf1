//! A database that does not answer.

use std::time::Duration;
use std::{fmt, io};

/// No answer came.
#[derive(Debug)]
struct Silence(Duration);

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&describe(self.0))
    }
}

impl std::error::Error for Silence {}

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
