//! An operation while its options are being set.

use super::{Operation, Operations};
use std::panic::Location;

/// An operation that is being recorded; its methods set options.
///
/// It is recorded at the end of the statement.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::revision::*;
/// let mut op = Operations::default();
/// op.drop_table("users").if_exists();
/// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), [r#"DROP TABLE IF EXISTS "users""#]);
/// ```
#[derive(Debug)]
pub struct Recording<'a, T: Into<Operation>> {
    operations: &'a mut Operations,
    /// `None` once it is in the list.
    operation: Option<T>,
    location: &'static Location<'static>,
}

impl Operations {
    #[track_caller]
    pub(super) fn record<T: Into<Operation>>(&mut self, operation: T) -> Recording<'_, T> {
        Recording { operations: self, operation: Some(operation), location: Location::caller() }
    }
}

impl<T: Into<Operation>> Recording<'_, T> {
    /// Sets an option.
    pub(super) fn with_option(mut self, set: impl FnOnce(&mut T)) -> Self {
        if let Some(operation) = &mut self.operation {
            set(operation);
        }
        self
    }
}

impl<T: Into<Operation>> Drop for Recording<'_, T> {
    fn drop(&mut self) {
        if let Some(operation) = self.operation.take() {
            self.operations.push_at(operation.into(), self.location);
        }
    }
}
