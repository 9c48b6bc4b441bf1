//! Revisions whose statements are sent one after the other, several revisions in one message.

use crate::error::Error;
use crate::report::RevisionReport;
use crate::run::runner::{finish, report_start};
use crate::run::{Options, RevisionSpan, StopFlag};
use crate::script::Prepared;
use std::time::Instant;

/// Tells of revisions while their statements are done: which one begins, and how long each took.
#[derive(Debug)]
pub(crate) struct InTurn<'r> {
    options: &'r Options,
    /// What OpenTelemetry calls the database.
    system: &'static str,
    several: &'r [Prepared],
    /// How many statements are done when the first so many revisions are.
    ends: Vec<usize>,
    /// The number of the first step, and how many the run has.
    place: (usize, usize),
    /// When each revision began and ended.
    times: Vec<(Instant, Instant)>,
    /// The one that is running, and since when.
    running: Option<(RevisionSpan, Instant)>,
    /// Where a revision is told of as soon as its statements are done.
    told: Option<&'r mut Vec<RevisionReport>>,
    /// Who may want no more of them.
    stop: Option<&'r StopFlag>,
    is_stopped: bool,
}

impl<'r> InTurn<'r> {
    /// The statements of these are about to be sent.
    pub(crate) fn new(
        (options, system): (&'r Options, &'static str),
        several: &'r [Prepared],
        place: (usize, usize),
    ) -> Self {
        let ends = several.iter().scan(0, |end, current| {
            *end += current.statements().count();
            Some(*end)
        });
        let ends = ends.collect();
        let (times, running) = (Vec::with_capacity(several.len()), None);
        Self {
            options,
            system,
            several,
            ends,
            place,
            times,
            running,
            told: None,
            stop: None,
            is_stopped: false,
        }
    }

    /// Tells of each revision when it is done, not only when it is committed.
    pub(crate) fn telling(self, told: &'r mut Vec<RevisionReport>) -> Self {
        Self { told: Some(told), ..self }
    }

    /// Notes behind which revision the run was asked to stop.
    pub(crate) fn stopped_by(self, stop: Option<&'r StopFlag>) -> Self {
        Self { stop, ..self }
    }

    /// Tells what follows from it that so many statements are done.
    pub(crate) fn advance(&mut self, statements: usize) {
        if self.times.is_empty() && self.running.is_none() {
            self.begin();
        }
        while let (false, Some(current), Some(&end)) =
            (self.is_stopped, self.several.get(self.times.len()), self.ends.get(self.times.len()))
        {
            if end > statements {
                break;
            }
            let Some((_, began)) = self.running.take() else { break };
            let ended = Instant::now();
            self.times.push((began, ended));
            if let Some(told) = &mut self.told {
                told.push(finish(self.options, current, ended - began));
            }
            let is_last = self.times.len() == self.several.len();
            self.is_stopped = !is_last && self.stop.is_some_and(StopFlag::is_set);
            if !self.is_stopped {
                self.begin();
            }
        }
    }

    fn begin(&mut self) {
        let Some(next) = self.several.get(self.times.len()) else { return };
        let (first, steps) = self.place;
        report_start(self.options, next, (first + self.times.len(), steps));
        self.running = Some((RevisionSpan::new(self.system, next), Instant::now()));
    }

    /// Notes that a statement of the revision that is running has failed.
    pub(crate) fn failed(&mut self, error: &Error) {
        if let Some((span, _)) = self.running.take() {
            span.failed(error);
        }
    }

    /// When each of those began and ended that are done, up to where the run was asked to stop.
    pub(crate) fn times(&self) -> &[(Instant, Instant)] {
        &self.times
    }

    /// Whether the run was asked to stop before the last of them.
    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped
    }
}
