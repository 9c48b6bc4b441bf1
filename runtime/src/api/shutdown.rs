//! When a service ends.

use super::error::ServiceError;
use std::future::Future;
use tokio::sync::watch;

/// What a service waits for.
pub(super) struct Shutdown<B, G> {
    /// It should end.
    pub(super) begin: B,
    /// It should not wait for its requests any longer.
    pub(super) give_up: G,
}

/// The first signal, and the second.
pub(super) fn signals() -> Result<
    (impl Future<Output = ()> + Send + 'static, impl Future<Output = ()> + Send + 'static),
    ServiceError,
> {
    let mut next = Signals::new()?;
    let (count, counted) = watch::channel(0_u8);
    tokio::spawn(async move {
        loop {
            next.wait().await;
            count.send_modify(|count| *count = count.saturating_add(1));
            if count.is_closed() {
                return;
            }
        }
    });
    Ok((at_least(counted.clone(), 1), at_least(counted, 2)))
}

async fn at_least(mut counted: watch::Receiver<u8>, least: u8) {
    if counted.wait_for(|count| *count >= least).await.is_err() {
        // The task that counts never ends before those who wait for it.
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[allow(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn wait(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
