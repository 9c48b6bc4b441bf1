//! Custom work in Rust.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Custom work in Rust: a name, and a payload that the runner knows how to run.
///
/// This crate does not know the payload: the crate `servicekit` stores a closure over its connection, and takes it
/// out when the run reaches it. Two values are equal if their names are equal, because closures cannot be compared.
///
/// ```
/// # use servicekit_schema as servicekit;
/// use servicekit::operation::{Operation, Work};
/// use std::sync::Arc;
/// let work = Work::new("fill the catalogue", Arc::new(42_u8));
/// assert_eq!(work.payload::<u8>(), Some(&42));
/// assert_eq!(work.payload::<char>(), None);
/// assert_eq!(Operation::from(work).to_string(), "`run` of `fill the catalogue`");
/// ```
#[derive(Clone)]
pub struct Work {
    name: String,
    payload: Arc<dyn Any + Send + Sync>,
}

impl Work {
    /// Work with this name. `servicekit` can only run work that its `op.run` created.
    pub fn new(name: impl Into<String>, payload: Arc<dyn Any + Send + Sync>) -> Self {
        Self { name: name.into(), payload }
    }

    /// Its name in messages and in the journal.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The payload, if it has this type.
    pub fn payload<T: Any>(&self) -> Option<&T> {
        self.payload.downcast_ref()
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
