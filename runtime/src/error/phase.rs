//! The phases of a run.

use servicekit_chain::RevisionId;
use std::fmt;
use std::path::PathBuf;

/// The phase of a run when the database returned an error.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Opening a connection.
    Connect {
        /// The file that could not be opened; `None` if the file is not the problem.
        file: Option<PathBuf>,
    },
    /// Identifying the server and the existing tables.
    Identify,
    /// Acquiring the lock of the run, or checking that it is still held.
    Lock,
    /// Changing settings of the session.
    Settings,
    /// Reading the objects of a stage outside a transaction.
    Fingerprint,
    /// Dropping an invalid index of a failed concurrent build.
    DropInvalidIndex,
    /// Reading the version rows.
    ReadVersion,
    /// Checking foreign keys.
    CheckForeignKeys,
    /// Beginning a transaction.
    Begin,
    /// Beginning a transaction of the application: see [`Database::session`](crate::Database::session).
    BeginSession,
    /// Creating the version table and the journal.
    CreateTables,
    /// Changing the version rows.
    WriteVersion {
        /// The revision; `None` for a stamp.
        revision: Option<RevisionId>,
    },
    /// Reading the journal.
    ReadJournal,
    /// Writing the journal.
    WriteJournal {
        /// The revision; `None` for a stamp.
        revision: Option<RevisionId>,
    },
    /// Committing a revision, or the whole run.
    Commit {
        /// The revision; `None` for the run.
        revision: Option<RevisionId>,
    },
    /// Reading the schema of the database.
    Introspect,
    /// Restoring the session after a revision.
    PutBack {
        /// The revision.
        revision: RevisionId,
    },
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { file: Some(file) } => {
                write!(f, "the database `{}` could not be opened", file.display())
            }
            Self::Connect { file: None } => f.write_str("the database could not be opened"),
            Self::Identify => f.write_str("the server could not be identified"),
            Self::Lock => f.write_str("the lock of the run could not be acquired"),
            Self::Settings => f.write_str("the settings of the session could not be changed"),
            Self::Fingerprint => f.write_str("the objects of a stage could not be read"),
            Self::DropInvalidIndex => f.write_str("the invalid index of a failed build could not be dropped"),
            Self::ReadVersion => f.write_str("the version table could not be read"),
            Self::CheckForeignKeys => f.write_str("the foreign keys could not be checked"),
            Self::Begin => f.write_str("a transaction could not be started"),
            Self::BeginSession => f.write_str("a session could not be begun"),
            Self::CreateTables => f.write_str("the version table and the journal could not be created"),
            Self::WriteVersion { revision } => {
                write!(f, "the version table could not be written{}", after(revision.as_ref()))
            }
            Self::ReadJournal => f.write_str("the journal could not be read"),
            Self::WriteJournal { revision } => {
                write!(f, "the journal could not be written{}", after(revision.as_ref()))
            }
            Self::Commit { revision: Some(id) } => write!(f, "revision `{id}` could not be committed"),
            Self::PutBack { revision } => {
                write!(f, "the session could not be restored after revision `{revision}`")
            }
            Self::Introspect => f.write_str("the schema of the database could not be read"),
            Self::Commit { revision: None } => f.write_str("the run could not be committed"),
        }
    }
}

/// Names the revision in the middle of a sentence, where there is one.
pub(crate) fn after(revision: Option<&RevisionId>) -> String {
    revision.map(|revision| format!(" after revision `{revision}`")).unwrap_or_default()
}
