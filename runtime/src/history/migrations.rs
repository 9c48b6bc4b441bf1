//! The embedded history that [`migrations!`](crate::migrations) creates.

use crate::history::{Compiled, Revision};

/// A history of revisions that the compiler has checked: the type of `MIGRATIONS`.
///
/// It is a small `Copy` value; the revisions are static data.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    embedded: &'static Embedded,
}

/// The data from the macro.
#[doc(hidden)]
#[derive(Debug)]
pub struct Embedded {
    /// The folder that holds `versions/`, as shown in messages.
    pub folder: &'static str,
    /// The version rows of a fully applied database, sorted.
    pub heads: &'static [&'static str],
    /// Every revision, in the order of the files.
    pub revisions: &'static [Revision],
    /// Name of the version table.
    pub version_table: &'static str,
    /// Name of the journal table.
    pub journal_table: &'static str,
    /// Schema of both tables, where the database has schemas.
    pub schema: Option<&'static str>,
    /// The folders of versions on the build machine, in debug builds only, to detect a stale binary.
    pub directories: &'static [&'static str],
    /// Name and version of the crate that embeds the history.
    pub application: &'static str,
    /// Whether the tables are in the current schema of the session, and tables elsewhere belong to other histories.
    pub current_schema: bool,
    /// What autogenerate leaves as it is.
    pub ignore: &'static [&'static str],
    /// The kinds of databases that the history serves, by their names.
    pub databases: &'static [&'static str],
    /// The graph of the revisions, once it is built.
    pub compiled: Compiled,
}

impl Migrations {
    /// Wraps the data from the macro.
    #[doc(hidden)]
    pub const fn new(embedded: &'static Embedded) -> Self {
        Self { embedded }
    }

    /// Every revision, in the order of the files.
    pub const fn revisions(&self) -> &'static [Revision] {
        self.embedded.revisions
    }

    /// The folder that holds `versions/`, as shown in messages.
    pub const fn folder(&self) -> &'static str {
        self.embedded.folder
    }

    /// What autogenerate leaves as it is, by the configuration.
    #[cfg(all(feature = "models", feature = "testing", feature = "introspection"))]
    pub(crate) fn ignored(self) -> Vec<servicekit_chain::Ignored> {
        // The compiler has read them.
        self.embedded.ignore.iter().filter_map(|text| text.parse().ok()).collect()
    }

    /// The kinds of databases that the history serves, by the configuration.
    #[cfg(all(feature = "models", feature = "testing", feature = "introspection"))]
    pub(crate) fn databases(self) -> Vec<servicekit_chain::Dialect> {
        self.embedded.databases.iter().filter_map(|name| servicekit_chain::Dialect::from_name(name)).collect()
    }

    pub(crate) const fn embedded(self) -> &'static Embedded {
        self.embedded
    }
}
