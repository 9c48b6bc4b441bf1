//! What a run tells while it is going on, as a command tells it.

use crate::answer::{Event, Live, Note, Started, StepDone};
use servicekit::Migrations;
use servicekit::worker::wire::{Happened, HolderFacts};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A wait shorter than this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(300);

/// How often a wait is mentioned while nothing about it changes.
const REMIND: Duration = Duration::from_secs(5);

/// Passes on what a run tells.
pub(super) fn reporter(live: &Live, migrations: Migrations) -> impl Fn(&Happened) + Send + Sync + use<> {
    let (live, wait) = (live.clone(), Mutex::new(Wait::default()));
    let width =
        |text: fn(&servicekit::Revision) -> usize| migrations.revisions().iter().map(text).max().unwrap_or(0);
    let columns = (
        width(|revision| revision.id().as_str().chars().count()),
        width(|revision| revision.message().chars().count()),
    );
    move |happened| match happened {
        Happened::Started { direction, revision, message, step, steps } => {
            live.tell(Event::Started(&Started {
                direction: direction.clone(),
                revision: revision.clone(),
                message: message.clone(),
                place: (*step, *steps),
            }));
        }
        Happened::Statement { sql, place, together, .. } => {
            live.tell(Event::Statement { sql, place: (*place, *together) });
        }
        Happened::Finished(step) => live.tell(Event::Finished(&StepDone {
            direction: step.direction.clone(),
            revision: step.revision.clone(),
            message: step.message.clone(),
            elapsed: step.elapsed(),
            columns,
        })),
        Happened::Waiting { waited_micros, holder } => {
            let mut wait = wait.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(message) = wait.tell(Duration::from_micros(*waited_micros), holder.as_ref()) {
                live.note(Note { message, help: None });
            }
        }
    }
}

/// A wait that is going on, and when it was mentioned last.
#[derive(Debug, Default)]
struct Wait {
    /// How long it was by then, and the session that was waited for.
    told: Option<(Duration, Option<String>)>,
}

impl Wait {
    /// What to say now, if anything.
    fn tell(&mut self, waited: Duration, holder: Option<&HolderFacts>) -> Option<String> {
        let session = holder.map(|holder| holder.session.clone());
        let is_news = match &self.told {
            Some((told, before)) if *told <= waited => waited >= *told + REMIND || *before != session,
            // A shorter wait is another wait.
            _ => waited >= PATIENCE,
        };
        if !is_news {
            return None;
        }
        self.told = Some((waited, session));
        let seconds = waited.as_secs_f64();
        Some(match holder {
            Some(holder) => format!("waiting for another run, {seconds:.1} s so far: {}", holder.text),
            None => format!("waiting for the database, which somebody else holds, {seconds:.1} s so far"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_mentioned_when_it_is_long_and_again_after_a_while() {
        let mut wait = Wait::default();
        let mut told = |millis: u64| wait.tell(Duration::from_millis(millis), None).is_some();
        let times = [0, 200, 300, 1000, 5200, 5300, 10, 400];
        assert_eq!(times.map(&mut told), [false, false, true, false, false, true, false, true]);
    }
}
