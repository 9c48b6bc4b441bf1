//! Read-only databases.

/// Why a database is read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadOnlyCause {
    /// The PostgreSQL server is a standby.
    Standby,
    /// A setting of the session, by name: from the server, the database, the role or the connection.
    Session(&'static str),
    /// A setting of the whole server, by name.
    Server(&'static str),
    /// A pragma of the SQLite connection, by name.
    Connection(&'static str),
}

impl ReadOnlyCause {
    /// The cause as text.
    #[must_use]
    pub fn message(self) -> String {
        match self {
            Self::Standby => "the server is a standby, which is read-only".to_owned(),
            Self::Session(name) => format!("`{name}` is on for this session, so the database is read-only"),
            Self::Connection(name) => {
                format!("`PRAGMA {name}` is on for this connection, so the database is read-only")
            }
            Self::Server(name) => {
                format!("`{name}` is on for the server, so the database is read-only, as on a replica")
            }
        }
    }

    /// What to do.
    #[must_use]
    pub fn help(self) -> String {
        match self {
            Self::Standby => "connect to the primary".to_owned(),
            Self::Session(name) => format!(
                "find out where it is set (the server, the database, the role or the connection); to run revisions, \
                 give their role `{name} = off`"
            ),
            Self::Connection(name) => {
                format!("pass a connection or a pool without `PRAGMA {name}`")
            }
            Self::Server(_) => {
                "connect to the primary; if this is the primary, turn the setting off first".to_owned()
            }
        }
    }
}
