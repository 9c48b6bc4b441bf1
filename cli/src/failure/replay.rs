//! What is in the way of a replay.

use super::{Exit, FailureReport, failed};

/// Why the history was not replayed.
#[derive(Debug)]
pub(crate) enum ReplayFailure {
    /// A revision of the database is partially applied, so its schema is that of no revision.
    Partial {
        /// The revision, described.
        revision: String,
        /// What shows how to finish it.
        command: String,
    },
    /// No scratch database is named, and this kind of database needs one.
    NoScratch {
        /// The configuration, as messages name it.
        config: String,
    },
    /// The same where there is no database to compare with.
    NoScratchForHistory {
        /// The configuration, as messages name it.
        config: String,
    },
    /// One is named, and SQLite needs none.
    NeedsNoScratch,
    /// On MySQL, a schema is a database.
    Schema,
    /// A second signal ended the program at once.
    Ended {
        /// The scratch database, if there is one.
        scratch: Option<String>,
    },
}

impl ReplayFailure {
    /// What there is to say of it.
    pub(super) fn report(&self) -> FailureReport {
        match self {
            Self::Partial { revision, command } => failed(
                "partially_applied",
                format!("{revision} is partially applied, so the database is at no revision it could be compared with"),
            )
            .help(format!("`{command}` shows how to finish it")),
            Self::NoScratch { config } => FailureReport::new(
                "no_scratch_database",
                Exit::Usage,
                "no scratch database is named, in which the history can be replayed",
            )
            .help(format!(
                "name an empty database of another server with `--scratch-url`, or with `scratch_url` in `{config}`; or \
                 name a second database to compare with, as in `diff URL`"
            )),
            Self::NoScratchForHistory { config } => FailureReport::new(
                "no_scratch_database",
                Exit::Usage,
                "no scratch database is named, in which the history can be replayed",
            )
            .help(format!(
                "name an empty database with `--scratch-url`, or with `scratch_url` in `{config}`; or leave `--scratch` out, to \
                 compare with the database itself"
            )),
            Self::NeedsNoScratch => FailureReport::new(
                "scratch_database",
                Exit::Usage,
                "a history is replayed in memory for SQLite, so `--scratch-url` has no effect",
            )
            .help("leave it out"),
            Self::Schema => FailureReport::new(
                "other_schema",
                Exit::Usage,
                "on MySQL a schema is a database, and a replay makes only the tables of one",
            )
            .help("leave `--schema` out, or name a second database to compare with"),
            Self::Ended { scratch } => {
                let report = FailureReport::new("ended", Exit::Ended, "the program was terminated during a replay");
                match scratch {
                    Some(scratch) => report
                        .state(format!("what the replay made may still be in `{scratch}`"))
                        .help("drop and create that database before the next replay"),
                    None => report.state("the database itself was only read"),
                }
            }
        }
    }
}
