//! What is asked of a database that a replay is made in.

/// Texts for a scratch database; each is one statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScratchQueries {
    /// Which server it is: the same rows on every connection to it, and others on every other server.
    pub(crate) server: &'static str,
    /// The database of the connection.
    pub(crate) database: &'static str,
    /// Takes a lock of the session for this database; true if it was free.
    pub(crate) lock: &'static str,
    /// Everything that is in the database: its kind, its name, and what drops it.
    pub(crate) contents: &'static str,
    /// What has to be set before anything is dropped.
    pub(crate) before_drops: &'static [&'static str],
}
