//! Errors of the database that a replay is made in.

use servicekit_chain::diagnostic::list;
use std::fmt;

/// Why a scratch database is not used, or was not left as it was found.
#[derive(Debug)]
#[non_exhaustive]
pub enum ScratchError {
    /// It is not empty.
    #[non_exhaustive]
    NotEmpty {
        /// What is in it, each with its kind.
        found: Vec<String>,
    },
    /// It is the database that the replay is compared with.
    SameDatabase,
    /// It is on the server of that database.
    SameServer,
    /// At least one of the two servers does not say which one it is.
    UnknownServer,
    /// Another replay uses it.
    Busy,
    /// It is of another kind than the database that the replay is compared with, or is SQLite, which needs none.
    OtherKind,
    /// What the replay made could not be dropped.
    #[non_exhaustive]
    NotEmptied {
        /// What is left, each with its kind; empty if that could not be read.
        left: Vec<String>,
        /// The error of the database, if there was one.
        source: Option<sqlx::Error>,
        /// Why the replay itself failed, if it did.
        after: Option<Box<super::Error>>,
    },
}

/// How many of the things that are there are named.
const SHOWN: usize = 5;

impl fmt::Display for ScratchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty { found } => write!(f, "the scratch database is not empty: it has {}", some(found)),
            Self::SameDatabase => {
                f.write_str("the scratch database is the one that the replay is to be compared with")
            }
            Self::SameServer => {
                f.write_str("the scratch database is on the server of the database that it is compared with")
            }
            Self::UnknownServer => f.write_str(
                "it is unknown whether the scratch database is on the server of the database that it is compared with",
            ),
            Self::Busy => f.write_str("another replay uses the scratch database"),
            Self::OtherKind => f.write_str("a replay needs a scratch database of the same kind of server"),
            Self::NotEmptied { left, source, after } => {
                f.write_str("the scratch database could not be emptied after the replay")?;
                if !left.is_empty() {
                    write!(f, ", which left {}", some(left))?;
                }
                if let Some(source) = source {
                    write!(f, ": {}", super::error_message(source))?;
                }
                after.as_ref().map_or(Ok(()), |after| write!(f, " (the replay had failed: {})", after.message()))
            }
        }
    }
}

impl ScratchError {
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::NotEmpty { .. } => "name an empty database: everything in it is dropped after the replay",
            Self::SameDatabase => "create an empty database for replays, and name that",
            Self::SameServer | Self::UnknownServer => {
                "use another server, so that no mistake in a revision can reach this one; or allow it with \
                 `--scratch-on-same-server`"
            }
            Self::Busy => "wait until it has ended, or use another database",
            Self::OtherKind => "name an empty database of that kind; SQLite needs none",
            Self::NotEmptied { .. } => "drop what is left, or drop and create the scratch database",
        }
    }
}

/// The first of these, and how many more there are.
fn some(things: &[String]) -> String {
    let more = things.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("{more} more"));
    let named: Vec<String> = things.iter().take(SHOWN).cloned().chain(more).collect();
    list(&named, "and")
}

#[cfg(test)]
mod tests {
    use super::ScratchError;
    use crate::error::{Error, ErrorKind};

    #[test]
    fn each_says_what_became_of_the_database_and_what_to_do() {
        let left = |count: usize| (1..=count).map(|number| format!("the table `t{number}`")).collect();
        let after = ErrorKind::Scratch(ScratchError::Busy).into();
        let all = [
            ScratchError::UnknownServer,
            ScratchError::Busy,
            ScratchError::OtherKind,
            ScratchError::NotEmptied { left: left(1), source: Some(sqlx::Error::WorkerCrashed), after: None },
            ScratchError::NotEmptied { left: left(7), source: None, after: Some(Box::new(after)) },
            ScratchError::NotEmptied { left: left(0), source: Some(sqlx::Error::RowNotFound), after: None },
        ];
        let texts = all.map(|error| Error::from(ErrorKind::Scratch(error)).to_string());
        insta::assert_snapshot!(texts.join("\n\n"), @"
        it is unknown whether the scratch database is on the server of the database that it is compared with
        now: nothing was run
        help: use another server, so that no mistake in a revision can reach this one; or allow it with `--scratch-on-same-server`

        another replay uses the scratch database
        now: nothing was run
        help: wait until it has ended, or use another database

        a replay needs a scratch database of the same kind of server
        now: nothing was run
        help: name an empty database of that kind; SQLite needs none

        the scratch database could not be emptied after the replay, which left the table `t1`: attempted to communicate with a crashed background worker
        help: drop what is left, or drop and create the scratch database

        the scratch database could not be emptied after the replay, which left the table `t1`, the table `t2`, the table `t3`, the table `t4`, the table `t5` and 2 more (the replay had failed: another replay uses the scratch database)
        help: drop what is left, or drop and create the scratch database

        the scratch database could not be emptied after the replay: no rows returned by a query that expected to return at least one row
        help: drop what is left, or drop and create the scratch database
        ");
    }
}
