//! Ctrl-C and SIGTERM during a run.

use crate::console::Console;
use crate::output::Note;
use servicekit::StopToken;
use std::future::Future;
use std::pin::pin;

/// Waits for a run. At the first signal it is asked to stop and is waited for on; `None` after the second.
pub(super) async fn stoppable<T>(
    stop: &StopToken,
    console: &Console,
    run: impl Future<Output = T>,
) -> Option<T> {
    let mut run = pin!(run);
    let mut signals = Signals::watch();
    loop {
        tokio::select! {
            biased;
            result = &mut run => return Some(result),
            () = signals.next() => {
                if stop.is_stopped() {
                    return None;
                }
                stop.stop();
                let message = "stopping after the stage that is running".to_owned();
                let help = Some("a second Ctrl-C ends the program immediately".to_owned());
                console.note(&Note { message, help });
            }
        }
    }
}

/// The signals that ask a program to end.
#[cfg(unix)]
struct Signals {
    interrupt: Option<tokio::signal::unix::Signal>,
    terminate: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    /// From now on they do not end the program any more. Where they cannot be watched they still do.
    fn watch() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            interrupt: signal(SignalKind::interrupt()).ok(),
            terminate: signal(SignalKind::terminate()).ok(),
        }
    }

    async fn next(&mut self) {
        tokio::select! {
            () = one(self.interrupt.as_mut()) => {}
            () = one(self.terminate.as_mut()) => {}
        }
    }
}

#[cfg(unix)]
async fn one(signal: Option<&mut tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// The signals that ask a program to end.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn watch() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
