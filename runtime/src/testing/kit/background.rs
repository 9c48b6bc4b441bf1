//! The thread of a process that makes ready copies while tests run, on servers that would not finish them by themselves.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long the last test of a process waits for the copy that is being made.
const COPY_IN_HAND: Duration = Duration::from_mins(1);

/// What is to be done: copies of a template.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) template: String,
    /// How many are to be ready.
    pub(super) at_most: usize,
}

/// What a process does on the servers of one kind besides its tests. The thread is not joined: it ends with the process,
/// whose last test waits for what would otherwise be left half-made.
#[derive(Debug)]
pub(super) struct Background {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// How many tests are running.
    tests: usize,
    /// The latest job, not begun yet.
    wanted: Option<Job>,
    thread: Thread,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thread {
    NotStarted,
    /// For a job.
    Waiting,
    Working,
}

impl Background {
    pub(super) const fn new() -> Self {
        let state = State { tests: 0, wanted: None, thread: Thread::NotStarted };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Counts a test for as long as the value lives.
    pub(super) fn begin_test(&'static self) -> RunningTest {
        self.state().tests += 1;
        RunningTest(self)
    }

    /// Whether a test is running.
    pub(super) fn has_tests(&self) -> bool {
        self.state().tests > 0
    }

    /// Has the thread do this next, and starts it if it does not run: `work` takes the jobs.
    pub(super) fn want(&'static self, job: Job, work: fn(&'static Self)) {
        let mut state = self.state();
        state.wanted = Some(job);
        if state.thread == Thread::NotStarted {
            let body = move || {
                let _ended = EndedThread(self);
                work(self);
            };
            match thread::Builder::new().name("servicekit ready copies".to_owned()).spawn(body) {
                Ok(_) => state.thread = Thread::Waiting,
                Err(error) => {
                    state.wanted = None;
                    tracing::debug!(%error, "start the thread of ready copies");
                }
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for the next job, for the thread.
    pub(super) fn next(&self) -> Job {
        let mut state = self.state();
        loop {
            if let Some(job) = state.wanted.take() {
                state.thread = Thread::Working;
                return job;
            }
            state.thread = Thread::Waiting;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A test that runs. The last one of a process waits for the copy in hand when it ends.
#[derive(Debug)]
pub(super) struct RunningTest(&'static Background);

impl Drop for RunningTest {
    fn drop(&mut self) {
        let Background { changed, .. } = self.0;
        let mut state = self.0.state();
        state.tests -= 1;
        if state.tests == 0 {
            let is_busy = |state: &mut State| state.wanted.is_some() || state.thread == Thread::Working;
            // A copy that takes longer is dropped by the next process.
            drop(changed.wait_timeout_while(state, COPY_IN_HAND, is_busy));
        }
    }
}

/// Nobody waits for a thread that has ended.
struct EndedThread(&'static Background);

impl Drop for EndedThread {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.wanted = None;
        state.thread = Thread::NotStarted;
        drop(state);
        self.0.changed.notify_all();
    }
}
