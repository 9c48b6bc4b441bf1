//! The progress of a run, reported to the console.

use crate::console::Console;
use crate::output::Note;
use servicekit::error::LockHolder;
use servicekit::{Migrations, Progress};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A shorter wait is not reported.
const MIN_REPORTED_WAIT: Duration = Duration::from_millis(300);

/// How often a wait is reported while nothing about it changes.
const REPORT_INTERVAL: Duration = Duration::from_secs(5);

/// Reports the progress of a run.
pub(super) fn reporter(
    console: &Console,
    migrations: Migrations,
) -> impl Fn(&Progress) + Send + Sync + use<> {
    let (console, wait) = (console.clone(), Mutex::new(Wait::default()));
    let width = |text: fn(&servicekit::history::Revision) -> usize| {
        migrations.revisions().iter().map(text).max().unwrap_or(0)
    };
    let columns = (
        width(|revision| revision.id().as_str().chars().count()),
        width(|revision| revision.message().chars().count()),
    );
    move |progress| match progress {
        Progress::Waiting { waited, holder } => {
            let mut wait = wait.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(message) = wait.report(*waited, holder.as_ref()) {
                console.note(&Note { message, help: None });
            }
        }
        progress => console.progress(progress, columns),
    }
}

/// A wait that is going on, and when it was reported last.
#[derive(Debug, Default)]
struct Wait {
    /// How long it was by then, and the session that was waited for.
    reported: Option<(Duration, Option<String>)>,
}

impl Wait {
    /// What to report now, if anything.
    fn report(&mut self, waited: Duration, holder: Option<&LockHolder>) -> Option<String> {
        let session = holder.map(|holder| holder.session.clone());
        let is_news = match &self.reported {
            Some((reported, before)) if *reported <= waited => {
                waited >= *reported + REPORT_INTERVAL || *before != session
            }
            // A shorter wait is another wait.
            _ => waited >= MIN_REPORTED_WAIT,
        };
        if !is_news {
            return None;
        }
        self.reported = Some((waited, session));
        let seconds = waited.as_secs_f64();
        Some(match holder {
            Some(holder) => format!("waiting for another run, {seconds:.1} s so far: {holder}"),
            None => format!("waiting for the database, which another session holds, {seconds:.1} s so far"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_reported_when_it_is_long_and_again_after_a_while() {
        let mut wait = Wait::default();
        let mut is_reported = |millis: u64| wait.report(Duration::from_millis(millis), None).is_some();
        let times = [0, 200, 300, 1000, 5200, 5300, 10, 400];
        assert_eq!(times.map(&mut is_reported), [false, false, true, false, false, true, false, true]);
    }
}
