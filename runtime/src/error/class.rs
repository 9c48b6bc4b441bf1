//! What kind of trouble an error of a database is.

/// What kind of trouble an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorClass {
    /// Somebody else holds a lock: worth another attempt, nothing was done.
    Busy,
    /// The server has no room for another connection.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        allow(dead_code, reason = "a file has no server")
    )]
    TooManyConnections,
    /// The statement cannot run inside a transaction block; nothing was done.
    NotInTransaction,
    /// Somebody else has begun a transaction on this connection.
    #[cfg_attr(
        not(any(feature = "sqlite", feature = "postgres")),
        allow(dead_code, reason = "MySQL ends that transaction instead of refusing")
    )]
    InTransaction,
    /// The connection is gone, so nobody said what became of the last statement.
    Gone,
    /// Anything else.
    Other,
}
