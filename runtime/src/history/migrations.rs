//! The embedded history that [`migrations!`](crate::migrations) makes.

use crate::history::compiled::Compiled;
use crate::history::embedded::Revision;

/// A history of revisions that the compiler has checked: what `MIGRATIONS` is.
///
/// It is a small value that can be copied freely; the revisions themselves are static data.
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    embedded: &'static Embedded,
}

/// What the macro hands over.
#[doc(hidden)]
#[derive(Debug)]
pub struct Embedded {
    /// The folder that holds `versions/`, as messages name it.
    pub folder: &'static str,
    /// The version rows of a database on which everything is applied, sorted.
    pub heads: &'static [&'static str],
    /// Every revision, in the order of the files.
    pub revisions: &'static [Revision],
    /// Name of the version table.
    pub version_table: &'static str,
    /// Name of the journal table.
    pub journal_table: &'static str,
    /// Schema of both tables, where the database has schemas.
    pub schema: Option<&'static str>,
    /// The folders of versions on the machine that compiled, in debug builds only: for the check of a stale
    /// binary.
    pub directories: &'static [&'static str],
    /// Name and version of the crate that embeds the history.
    pub application: &'static str,
    /// Whether both tables are in whichever schema the session is in, and others elsewhere are of other histories.
    pub current_schema: bool,
    /// The graph of the revisions, once it is made.
    pub compiled: Compiled,
}

impl Migrations {
    /// Wraps what the macro found.
    #[doc(hidden)]
    pub const fn new(embedded: &'static Embedded) -> Self {
        Self { embedded }
    }

    /// Every revision, in the order of the files.
    pub const fn revisions(&self) -> &'static [Revision] {
        self.embedded.revisions
    }

    /// The folder that holds `versions/`, as messages name it.
    pub const fn folder(&self) -> &'static str {
        self.embedded.folder
    }

    pub(crate) const fn embedded(self) -> &'static Embedded {
        self.embedded
    }
}
