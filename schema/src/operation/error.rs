//! An operation that cannot be turned into SQL.

use std::fmt;

/// The reason why an operation cannot be turned into SQL; detected before anything runs.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.create_table("users", [text("name"), text("name")]);
/// let error = op.sql(Dialect::Sqlite).unwrap_err();
/// assert_eq!(error.operation, "`create_table` of `users`");
/// assert_eq!(error.reason, "the column `name` is given twice");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationError {
    /// The operation.
    pub operation: String,
    /// The problem.
    pub reason: String,
    /// The solution, if known.
    pub help: Option<String>,
    /// The source file of the call, as the compiler names it.
    pub file: &'static str,
    /// The line of the call, from 1.
    pub line: u32,
    /// The column of the call, from 1.
    pub column: u32,
}

impl fmt::Display for OperationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, reason, help, file, line, column } = self;
        write!(f, "{operation}: {reason}\n --> {file}:{line}:{column}")?;
        match help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for OperationError {}
