//! What all connections of a proxy share: what was seen, and what shall be cut.

use super::message::Message;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
pub(super) struct Record {
    state: Mutex<State>,
    closed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    messages: Vec<Message>,
    round_trips: usize,
    rules: Vec<Rule>,
    cuts: usize,
    opened: usize,
    open: BTreeSet<usize>,
}

/// What is to come at a message.
pub(super) struct Rule {
    pub(super) when: When,
    pub(super) matches: Box<dyn Fn(&Message) -> bool + Send>,
    pub(super) act: Act,
}

/// What is done at a message, and says what comes of the connection.
pub(super) type Act = Box<dyn FnOnce() -> Then + Send>;

/// What comes of a connection after something was done at one of its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It goes on as if nothing had been.
    GoOn,
    /// It is closed on both sides.
    Cut,
}

/// On which side of the forwarding something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    After,
}

/// An open connection; it is closed with the value.
#[derive(Debug)]
pub(super) struct Opened {
    record: Arc<Record>,
    number: usize,
}

impl Record {
    pub(super) fn open(self: &Arc<Self>) -> Opened {
        let mut state = self.state();
        let number = state.opened;
        state.opened += 1;
        state.open.insert(number);
        Opened { record: Arc::clone(self), number }
    }

    pub(super) fn messages(&self) -> Vec<Message> {
        self.state().messages.clone()
    }

    pub(super) fn round_trips(&self) -> usize {
        self.state().round_trips
    }

    pub(super) fn cuts(&self) -> usize {
        self.state().cuts
    }

    pub(super) fn clear(&self) {
        let mut state = self.state();
        state.messages.clear();
        state.round_trips = 0;
    }

    pub(super) fn add_rule(&self, rule: Rule) {
        self.state().rules.push(rule);
    }

    pub(super) fn open_connections(&self) -> BTreeSet<usize> {
        self.state().open.clone()
    }

    pub(super) fn wait_until_closed(&self, connections: &BTreeSet<usize>) {
        let state = self.state();
        let waited = self.closed.wait_while(state, |state| !state.open.is_disjoint(connections));
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A predicate that panicked has not touched the state.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Writes a message down; the answer says what is to be done at it.
    pub(super) fn message(&self, message: Message, begins_a_round_trip: bool) -> Option<Rule> {
        let mut state = self.record.state();
        let rule = state.rules.iter().position(|rule| (rule.matches)(&message));
        let rule = rule.map(|position| state.rules.remove(position));
        state.messages.push(message);
        state.round_trips += usize::from(begins_a_round_trip);
        rule
    }

    /// Does what is to be done at a message.
    pub(super) fn act(&self, act: Act) -> Then {
        let then = act();
        self.record.state().cuts += usize::from(then == Then::Cut);
        then
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.record.state().open.remove(&self.number);
        self.record.closed.notify_all();
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("when", &self.when).finish_non_exhaustive()
    }
}
