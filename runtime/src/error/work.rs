//! Failed custom work of a revision.

use crate::error::statement::PARTLY;
use crate::error::{ErrorClass, StagePosition, error_message, located, notes};
use servicekit_chain::diagnostic::{Diagnostic, PlaceLabel, Position};
use servicekit_chain::{Direction, Heads, LineColumn, RevisionId};
use std::fmt;

/// Custom work of a revision ([`Operations::run`](crate::operation::RunWork::run)) that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct WorkError {
    /// The revision.
    pub revision: RevisionId,
    /// The message of the revision.
    pub message: &'static str,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// The name of the work.
    pub name: String,
    /// The file of the call, as shown in messages.
    pub file: String,
    /// The place of the call in it.
    pub position: LineColumn,
    /// The stage, if the revision has stages.
    pub stage: Option<StagePosition>,
    /// The reason.
    pub why: WorkErrorKind,
    /// What kind of trouble the error of the database in it is, where there is one.
    pub(crate) class: ErrorClass,
}

/// The reason why custom work failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkErrorKind {
    /// It returned an error.
    Failed(Box<dyn std::error::Error + Send + Sync>),
    /// It succeeded although a statement in it had failed; PostgreSQL then refuses further statements in the
    /// transaction.
    WentOn(sqlx::Error),
    /// It committed or rolled back.
    EndedTransaction,
    /// It was retried, and the revision recorded other operations than before.
    NotRepeatable,
}

impl WorkError {
    /// The error of sqlx in it, if that is what it is about.
    pub(crate) fn database_error(&self) -> Option<&sqlx::Error> {
        match &self.why {
            WorkErrorKind::WentOn(source) => Some(source),
            WorkErrorKind::Failed(source) => {
                let mut next: Option<&(dyn std::error::Error + 'static)> = Some(source.as_ref());
                while let Some(error) = next {
                    if let Some(found) = error.downcast_ref() {
                        return Some(found);
                    }
                    next = error.source();
                }
                None
            }
            WorkErrorKind::EndedTransaction | WorkErrorKind::NotRepeatable => None,
        }
    }

    /// That error by itself; this failure again where it is about something else.
    pub(crate) fn into_database_error(mut self: Box<Self>) -> Result<sqlx::Error, Box<Self>> {
        match self.why {
            WorkErrorKind::WentOn(source) => Ok(source),
            WorkErrorKind::Failed(source) => Ok(match source.downcast() {
                Ok(source) => *source,
                // The error of the database is somewhere inside of it.
                Err(source) => sqlx::Error::AnyDriverError(source),
            }),
            why => {
                self.why = why;
                Err(self)
            }
        }
    }

    /// The error below it.
    pub(crate) fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            WorkErrorKind::Failed(source) => Some(source.as_ref()),
            WorkErrorKind::WentOn(source) => Some(source),
            WorkErrorKind::EndedTransaction | WorkErrorKind::NotRepeatable => None,
        }
    }
}

impl fmt::Display for WorkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

impl WorkError {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let Self { revision, message, direction, name, file, position, .. } = self;
        let why = match &self.why {
            WorkErrorKind::Failed(source) => {
                source.downcast_ref().map_or_else(|| source.to_string(), error_message)
            }
            WorkErrorKind::WentOn(source) => {
                format!("it continued after a failed statement: {}", error_message(source))
            }
            WorkErrorKind::EndedTransaction => "it ended the transaction that it runs in".to_owned(),
            WorkErrorKind::NotRepeatable => {
                "it had to run again, but the revision recorded other work than before".to_owned()
            }
        };
        let title = format!("the {direction} of revision `{revision}` ({message}) failed in `{name}`: {why}");
        Diagnostic::new("work_failed", title)
            .labels([PlaceLabel::elsewhere(file, "", Position::At(*position))])
            .notes(self.database_error().map(notes).unwrap_or_default())
    }

    pub(super) fn state(&self, at: Option<&Heads>) -> String {
        let is_undone = !matches!(self.why, WorkErrorKind::EndedTransaction);
        match self.stage {
            None if is_undone => located("the transaction was rolled back", at),
            None => located("a part of the revision may have been committed", at),
            Some(StagePosition { stage, stages, kept }) => {
                let done = if is_undone { "was not done" } else { "may have been done in part" };
                let state = located(&format!("stage {stage} of {stages} {done}"), at);
                if kept { state + PARTLY } else { state }
            }
        }
    }

    pub(super) fn help(&self) -> &'static str {
        match self.why {
            WorkErrorKind::EndedTransaction => {
                "remove the statement that commits or rolls back (on MySQL and MariaDB, also DDL: use an operation), \
                 and revert by hand what was committed"
            }
            WorkErrorKind::NotRepeatable => {
                "a revision must record the same operations each time: fix it and start again"
            }
            WorkErrorKind::WentOn(_) => "return the error of the statement, or put a savepoint around it",
            WorkErrorKind::Failed(_) if self.stage.is_some() => {
                "fix the revision from this work on and start again: it continues with this stage"
            }
            WorkErrorKind::Failed(_) => "fix the revision and start again",
        }
    }
}
