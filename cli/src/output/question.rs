//! What a person is asked before a run.

/// What a person is asked before it is done.
#[derive(Debug)]
pub(crate) struct Question {
    /// What will happen, a line each.
    pub(crate) what: Vec<String>,
    /// What is asked.
    pub(crate) question: String,
}
