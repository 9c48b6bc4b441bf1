//! A failed statement of a revision.

use crate::error::{ErrorClass, located, notes};
use servicekit_chain::diagnostic::{Diagnostic, PlaceLabel};
use servicekit_chain::{Direction, Heads, LineColumn, RevisionId};
use std::fmt;

/// A statement of a revision that the database refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct StatementError {
    /// The revision.
    pub revision: RevisionId,
    /// The message of the revision.
    pub message: &'static str,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// The file, as shown in messages.
    pub file: String,
    /// The place in the file: of the wrong token if the database reports it, else of the statement; in a `.rs` file,
    /// of the call that recorded it.
    pub position: LineColumn,
    /// The statement.
    pub statement: String,
    /// The stage, if the revision has stages.
    pub stage: Option<StagePosition>,
    /// The error of the database.
    pub source: sqlx::Error,
    /// The same place with the statement, and the message of the database there, in one line.
    pub(crate) place: PlaceLabel,
    /// What kind of trouble it is; found out by the backend, like the help.
    pub(crate) class: ErrorClass,
    pub(crate) help: Option<&'static str>,
    pub(crate) outcome: StatementOutcome,
}

/// What is known of what a statement has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatementOutcome {
    /// Nothing.
    NotDone,
    /// Nobody knows yet; the next run finds out.
    FoundOutNext,
    /// It may have done a part, which only a person can find out.
    ForAPerson,
}

/// The number of a stage in a revision with stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StagePosition {
    /// The stage, from 1.
    pub stage: usize,
    /// The number of stages.
    pub stages: usize,
    /// Whether something of the revision stays: an earlier stage, or the record that it was started.
    pub kept: bool,
}

/// After a statement whose outcome is unknown.
const FINDS_OUT: &str =
    "start again when the database can be reached: the run finds out, and continues from there";

/// After a statement that may have done a part before it failed.
const ASKS: &str = "check whether a part of it was done, revert that or do the rest by hand, then run `servicekit migrations resolve done` or `… resolve not-done` (`Migrator::resolve`)";

/// What to do where the revision is not what is wrong.
const LOST: &str =
    "check that the server runs and can be reached from here, then start again: the run continues from there";

impl fmt::Display for StatementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostic().fmt(f)
    }
}

impl StatementError {
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let Self { revision, direction, message, place, source, .. } = self;
        let title = format!("the {direction} of revision `{revision}` ({message}) failed: {}", place.text);
        Diagnostic::new("statement_failed", title).labels([place.clone()]).notes(notes(source))
    }

    pub(super) fn state(&self, at: Option<&Heads>) -> String {
        match self.stage {
            None => located("the transaction was rolled back", at),
            Some(StagePosition { stage, stages, .. }) if self.outcome != StatementOutcome::NotDone => {
                located(&format!("whether stage {stage} of {stages} was done is not known yet"), at) + PARTLY
            }
            Some(StagePosition { stage: 1, stages, kept: true }) => {
                located(&format!("stage 1 of {stages} was not done"), at) + PARTLY
            }
            Some(StagePosition { stage, stages, kept: true }) => {
                located(&format!("stage {stage} of {stages} was not done, the stages before it stay"), at)
                    + PARTLY
            }
            Some(StagePosition { stage, stages, kept: false }) => {
                located(&format!("stage {stage} of {stages} was not done"), at)
            }
        }
    }

    pub(super) fn help(&self) -> &'static str {
        match (self.help, self.stage) {
            _ if self.outcome == StatementOutcome::FoundOutNext => FINDS_OUT,
            _ if self.outcome == StatementOutcome::ForAPerson => ASKS,
            (Some(help), _) => help,
            (None, _) if self.class == ErrorClass::Gone => LOST,
            (None, Some(_)) => {
                "fix the revision from this statement on and start again: it continues with this stage"
            }
            (None, None) => "fix the revision and start again",
        }
    }

    /// Whether a person has to say what it has done.
    pub(crate) fn needs_resolution(&self) -> bool {
        self.outcome == StatementOutcome::ForAPerson
    }
}

/// After the version rows, where a part of the revision stays.
pub(super) const PARTLY: &str = ", with this revision partially applied";
