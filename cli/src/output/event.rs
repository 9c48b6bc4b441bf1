//! What happens during a run, and what a person is asked before it.

use super::Note;
use std::time::Duration;

/// Something that has happened.
#[derive(Debug)]
pub(crate) enum Event<'e> {
    /// A revision begins.
    Started(&'e StepStarted),
    /// A statement of it is sent: at this place of so many that go together.
    Statement {
        sql: &'e str,
        place: (usize, usize),
    },
    Finished(&'e StepFinished),
    Note(Note),
}

/// What a person is asked before it is done.
#[derive(Debug)]
pub(crate) struct Question {
    /// What will happen, a line each.
    pub(crate) what: Vec<String>,
    /// What is asked.
    pub(crate) question: String,
}

/// A revision that begins.
#[derive(Debug)]
pub(crate) struct StepStarted {
    pub(crate) direction: String,
    pub(crate) revision: String,
    pub(crate) message: String,
    /// Its place in the run, from 1, and how many there are.
    pub(crate) place: (usize, usize),
}

/// A revision that was applied or reverted just now.
#[derive(Debug)]
pub(crate) struct StepFinished {
    pub(crate) direction: String,
    pub(crate) revision: String,
    pub(crate) message: String,
    pub(crate) elapsed: Duration,
    /// The widths of the longest id and the longest message of the history.
    pub(crate) columns: (usize, usize),
}
