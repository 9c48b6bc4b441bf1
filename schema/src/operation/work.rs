//! Work of the revision's own.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Work of the revision's own: a name, and something that whoever runs it knows how to run.
///
/// This crate does not know what the payload is: the crate `servicekit` puts a closure over its connection in, and takes
/// it out when the run comes to it. Two of them are equal when they are called the same, because what they do cannot be
/// compared.
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
    /// Work of this name. What `servicekit` can run is made by its `op.run` only.
    pub fn new(name: impl Into<String>, payload: Arc<dyn Any + Send + Sync>) -> Self {
        Self { name: name.into(), payload }
    }

    /// What it is called, in messages and in the journal.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is made of, where that is of this type.
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
