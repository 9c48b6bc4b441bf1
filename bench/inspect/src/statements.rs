//! The statements that are sent, as the driver logs them.

use anyhow::{Result, anyhow};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The texts that were sent, each with one statement or several.
#[derive(Debug, Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// Takes down what is sent from now on, in this process.
    pub fn listen(&self) -> Result<()> {
        Ok(tracing::subscriber::set_global_default(self.clone())?)
    }

    /// What was sent.
    pub fn texts(&self) -> Result<Vec<String>> {
        Ok(self.0.lock().map_err(|_| anyhow!("a statement was not taken down"))?.clone())
    }
}

/// The fields of an event: a statement is in `summary`, unless that is too short for it.
#[derive(Debug, Default)]
struct Logged {
    summary: String,
    statement: String,
}

impl Visit for Logged {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.trim().clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        let mut logged = Logged::default();
        event.record(&mut logged);
        let text = if logged.statement.is_empty() { logged.summary } else { logged.statement };
        if let Ok(mut texts) = self.0.lock() {
            texts.push(text);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
