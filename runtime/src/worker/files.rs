//! The files that a runtime of tokio opens.

use std::io;

/// An error when this process may not open as many files as a runtime of tokio needs: for signals, tokio opens some of them in a way that
/// panics.
///
/// # Errors
/// When too many are open.
pub fn can_wait() -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::net::UnixStream;
        // Two to wait with, three for signals; another for whatever is waited for.
        let _held = [UnixStream::pair()?, UnixStream::pair()?, UnixStream::pair()?];
    }
    Ok(())
}
