//! Asynchronous work for callers that may or may not be inside a runtime.

use std::panic;
use std::thread;

/// Runs a future to its end on a thread and a runtime of its own; a panic in it goes on in the caller.
pub(crate) fn run<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a tokio runtime can be made")
                .block_on(work())
        });
        worker.join().unwrap_or_else(|payload| panic::resume_unwind(payload))
    })
}
