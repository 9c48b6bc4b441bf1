//! The runtime that waits for databases and applications.

use std::io;
use tokio::runtime::{Builder, Runtime};

/// A runtime of this thread.
///
/// # Errors
/// When the process may open too few files.
pub(crate) fn new() -> io::Result<Runtime> {
    servicekit::worker::can_wait()?;
    Builder::new_current_thread().enable_all().build()
}
