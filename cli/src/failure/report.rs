//! What there is to say of a failure.

use super::Exit;
use servicekit_chain::diagnostic::{Diagnostic, NoteLine};
use std::borrow::Cow;

/// A failure as it is shown, to people and in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailureReport {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) exit: Exit,
}

impl FailureReport {
    pub(super) fn new(code: impl Into<Cow<'static, str>>, exit: Exit, message: impl Into<String>) -> Self {
        Self { diagnostic: Diagnostic::new(code, message), exit }
    }

    /// What happened, with its places and notes.
    pub(crate) fn message(&self) -> String {
        Diagnostic { state: None, help: None, ..self.diagnostic.clone() }.to_string()
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// With help where there is any.
    pub(super) fn maybe_help(self, help: Option<String>) -> Self {
        Self { diagnostic: Diagnostic { help, ..self.diagnostic }, ..self }
    }

    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { diagnostic: self.diagnostic.notes([NoteLine::new("note", note)]), ..self }
    }

    pub(super) fn state(self, state: impl Into<String>) -> Self {
        Self { diagnostic: self.diagnostic.state(state), ..self }
    }
}

/// What was asked for cannot be done.
pub(super) fn failed(code: &'static str, message: impl Into<String>) -> FailureReport {
    FailureReport::new(code, Exit::Failure, message)
}
