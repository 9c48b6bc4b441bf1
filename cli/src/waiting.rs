//! What waits for databases and applications.

use std::io;
use tokio::runtime::{Builder, Runtime};

/// A runtime of this thread.
///
/// # Errors
/// When the process may open too few files.
pub(crate) fn runtime() -> io::Result<Runtime> {
    servicekit::worker::can_wait()?;
    Builder::new_current_thread().enable_all().build()
}

/// What to do about files that could not be opened because there are too many.
pub(crate) fn help(error: &io::Error) -> Option<&'static str> {
    // EMFILE and ENFILE, which are the same numbers on every Unix.
    let is_full = cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24));
    is_full.then_some("let the program open more files, as with `ulimit -n 256`")
}
