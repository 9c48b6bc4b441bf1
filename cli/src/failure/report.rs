//! What there is to say of a failure.

use super::Exit;
use std::borrow::Cow;

/// A failure as it is shown, to people and in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FailureReport {
    /// What programs know it by, in snake case.
    pub(crate) code: Cow<'static, str>,
    /// What happened.
    pub(crate) message: String,
    /// The state that the database is in now.
    pub(crate) state: Option<String>,
    /// What to do, in one line.
    pub(crate) help: Option<String>,
    pub(crate) exit: Exit,
}

impl FailureReport {
    pub(super) fn new(code: impl Into<Cow<'static, str>>, exit: Exit, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), state: None, help: None, exit }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// With help where there is any.
    pub(super) fn maybe_help(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    pub(super) fn state(self, state: impl Into<String>) -> Self {
        Self { state: Some(state.into()), ..self }
    }
}
