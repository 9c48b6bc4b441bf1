//! What the commands answer that open a database.

use super::Note;
use crate::revision::Revision;
use serde::{Serialize, Serializer};
use servicekit::worker::wire;
use servicekit::{Heads, PartialRevision};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a run has done.
#[derive(Debug, Serialize)]
pub(crate) struct Ran {
    #[serde(skip)]
    pub(crate) verb: Verb,
    pub(crate) from: Vec<String>,
    pub(crate) to: Vec<String>,
    pub(crate) steps: Vec<Step>,
    /// Applied revisions whose files were changed afterwards.
    pub(crate) edited: Vec<EditedFile>,
    #[serde(rename = "elapsed_ms", serialize_with = "millis")]
    pub(crate) elapsed: Duration,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Run,
    Stamp,
}

/// A revision that a run has applied or reverted.
#[derive(Debug, Serialize)]
pub(crate) struct Step {
    direction: String,
    revision: String,
    message: String,
    #[serde(rename = "elapsed_ms", serialize_with = "millis")]
    elapsed: Duration,
}

/// An applied revision whose file was changed afterwards.
#[derive(Debug, Serialize)]
pub(crate) struct EditedFile {
    revision: String,
    path: String,
    applied_at: String,
}

impl Ran {
    pub(crate) fn new(verb: Verb, ran: wire::Ran) -> Self {
        let wire::Ran { from, to, steps, edited, elapsed_micros } = ran;
        let step = |step: wire::Step| {
            let elapsed = step.elapsed();
            let wire::Step { direction, revision, message, .. } = step;
            Step { direction, revision, message, elapsed }
        };
        let edited_file = |file: wire::EditedFile| {
            let wire::EditedFile { revision, path, applied_at, .. } = file;
            EditedFile { revision, path, applied_at }
        };
        Self {
            verb,
            from,
            to,
            steps: steps.into_iter().map(step).collect(),
            edited: edited.into_iter().map(edited_file).collect(),
            elapsed: Duration::from_micros(elapsed_micros),
        }
    }
}

/// Where a database is.
#[derive(Debug, Serialize)]
pub(crate) struct Current {
    /// The version rows.
    pub(crate) heads: Vec<String>,
    /// Whether everything is applied.
    pub(crate) is_at_head: bool,
    /// Those of the rows that are in the folder.
    pub(crate) revisions: Vec<Revision>,
    /// Those that are not.
    pub(crate) unknown: Vec<String>,
    pub(crate) half_done: Option<HalfDone>,
    #[serde(skip)]
    pub(crate) database: String,
    #[serde(skip)]
    pub(crate) verbose: bool,
}

/// A revision of which some steps are done.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct HalfDone {
    pub(crate) revision: String,
    pub(crate) direction: &'static str,
    pub(crate) step: usize,
    pub(crate) steps: usize,
    pub(crate) state: &'static str,
    pub(crate) started_at: String,
    pub(crate) application: Option<String>,
    /// The revision as a person knows it.
    #[serde(skip)]
    pub(crate) described: String,
    /// What to do about it.
    pub(crate) help: String,
}

impl HalfDone {
    pub(crate) fn new(half_done: &PartialRevision, described: String, help: String) -> Self {
        let PartialRevision { revision, direction, step, steps, state, started_at, application, .. } =
            half_done;
        Self {
            revision: revision.clone(),
            direction: direction.name(),
            step: *step,
            steps: *steps,
            state,
            started_at: started_at.clone(),
            application: application.clone(),
            described,
            help,
        }
    }
}

impl fmt::Display for HalfDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { direction, described, step, steps, started_at, .. } = self;
        let state = match self.state {
            "done" => "is done",
            "failed" => "was not done",
            "resolved" => "was said to be done",
            _ => "was begun, and not ended yet",
        };
        write!(
            f,
            "the {direction} of {described} is half done: step {step} of {steps} {state}; it was begun on {started_at}"
        )?;
        match &self.application {
            Some(application) => write!(f, " by {application}"),
            None => Ok(()),
        }
    }
}

/// A step of which was said what became of it, and where the database is then.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// `step 2 of 3 of the upgrade of …`
    pub(crate) step: String,
    pub(crate) was_done: bool,
    pub(crate) after: Current,
}

/// Tells what happens while it happens, and asks.
#[derive(Clone)]
pub(crate) struct Live {
    tell: Arc<dyn Fn(Event<'_>) + Send + Sync>,
    ask: Option<Arc<Ask>>,
}

/// Says whether a person agrees.
type Ask = dyn Fn(&Question) -> bool + Send + Sync;

/// Something that has happened.
#[derive(Debug)]
pub(crate) enum Event<'e> {
    /// A revision begins.
    Started(&'e Started),
    /// A statement of it is sent: at this place of so many that go together.
    Statement {
        sql: &'e str,
        place: (usize, usize),
    },
    Finished(&'e StepDone),
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
pub(crate) struct Started {
    pub(crate) direction: String,
    pub(crate) revision: String,
    pub(crate) message: String,
    /// Its place in the run, from 1, and how many there are.
    pub(crate) place: (usize, usize),
}

/// A revision that was applied or reverted just now.
#[derive(Debug)]
pub(crate) struct StepDone {
    pub(crate) direction: String,
    pub(crate) revision: String,
    pub(crate) message: String,
    pub(crate) elapsed: Duration,
    /// The widths of the longest id and the longest message of the history.
    pub(crate) columns: (usize, usize),
}

impl Live {
    pub(crate) fn new(tell: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), ask: None }
    }

    /// The same where somebody is there to be asked.
    pub(crate) fn asking(self, ask: impl Fn(&Question) -> bool + Send + Sync + 'static) -> Self {
        Self { ask: Some(Arc::new(ask)), ..self }
    }

    pub(crate) fn tell(&self, event: Event<'_>) {
        (self.tell)(event);
    }

    pub(crate) fn note(&self, note: Note) {
        self.tell(Event::Note(note));
    }

    /// Whether anybody can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.ask.is_some()
    }

    /// What the person says; yes where there is none.
    pub(crate) fn agrees(&self, question: &Question) -> bool {
        self.ask.as_ref().is_none_or(|ask| ask(question))
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Live")
    }
}

/// Milliseconds with one digit behind the point.
fn millis<S: Serializer>(elapsed: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((elapsed.as_secs_f64() * 10_000.0).round() / 10.0)
}

pub(crate) fn ids(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}
