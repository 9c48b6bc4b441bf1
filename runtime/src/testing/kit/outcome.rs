//! How a test ended.

use super::TestDatabaseError;
use std::any::Any;
use std::process::ExitCode;

/// How a test ended. What `#[servicekit::test]` emits prints the message and then ends the test as it ended.
#[derive(Debug)]
pub struct Outcome {
    message: Option<String>,
    end: End,
}

#[derive(Debug)]
enum End {
    Returned(ExitCode),
    Panicked(Box<dyn Any + Send>),
}

impl Outcome {
    pub(super) fn returned(code: ExitCode, kept: Option<String>) -> Self {
        Self { message: kept, end: End::Returned(code) }
    }

    pub(super) fn panicked(payload: Box<dyn Any + Send>, kept: Option<String>) -> Self {
        Self { message: kept, end: End::Panicked(payload) }
    }

    /// There was no database to run the test with.
    pub(super) fn not_run(error: &TestDatabaseError) -> Self {
        Self { message: Some(format!("error: {error}")), end: End::Returned(ExitCode::FAILURE) }
    }

    /// What the test has to print.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Ends the test: its exit code, or its panic.
    pub fn finish(self) -> ExitCode {
        match self.end {
            End::Returned(code) => code,
            End::Panicked(payload) => std::panic::resume_unwind(payload),
        }
    }
}
