//! A service: its start, its health, its end.

use super::builder::Parts;
use super::endpoints;
use super::error::ServiceError;
use super::health::{HealthCheck, HealthReport};
use super::shutdown::{self, Shutdown};
use crate::ErrorKind;
use axum::Router;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// How long an answer of the databases counts: probes of many cannot keep them busy.
const CHECKS_COUNT_FOR: Duration = Duration::from_secs(1);

/// A service over HTTP: see [`BaseServiceBuilder`](super::BaseServiceBuilder). Clones are the same service.
#[derive(Debug, Clone)]
pub struct Service {
    shared: Arc<Shared>,
    routes: Router,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) parts: Arc<Parts>,
    phase: AtomicU8,
    starting: tokio::sync::Mutex<()>,
    checked: tokio::sync::Mutex<Option<(Instant, BTreeMap<String, HealthCheck>)>>,
}

/// What the service is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum ServicePhase {
    Starting,
    Serving,
    Ending,
}

impl Service {
    pub(super) fn new(parts: Arc<Parts>, routes: Router) -> Self {
        let phase = AtomicU8::new(ServicePhase::Starting as u8);
        let (starting, checked) = (tokio::sync::Mutex::new(()), tokio::sync::Mutex::new(None));
        Self { shared: Arc::new(Shared { parts, phase, starting, checked }), routes }
    }

    /// Opens the databases and brings them to head, one after another in their order.
    ///
    /// [`serve`](Self::serve) does it. Call it if you serve the [`router`](Self::router) yourself. When the service has
    /// started, it only looks whether the databases are at head.
    ///
    /// # Errors
    /// [`ServiceError::Database`]. It can be called again.
    pub async fn start(&self) -> Result<(), ServiceError> {
        let _starting = self.shared.starting.lock().await;
        for named in &self.shared.parts.databases {
            let started = named.database.init().await;
            started.map_err(|source| ServiceError::Database { name: named.shown_name(), source })?;
        }
        self.shared.enter(ServicePhase::Serving);
        Ok(())
    }

    /// The routes of the application and of the health, for a server of yours: see [`start`](Self::start).
    pub fn router(&self) -> Router {
        endpoints::around(self.routes.clone(), Arc::clone(&self.shared))
    }

    /// The health, as `/health` shows it.
    pub async fn health(&self) -> HealthReport {
        self.shared.health().await
    }

    /// Serves until the process is told to end, by SIGTERM or Ctrl-C: see [`serve_until`](Self::serve_until).
    ///
    /// A second signal gives up what is still running.
    ///
    /// # Errors
    /// See [`serve_until`](Self::serve_until).
    pub async fn serve(self, listener: TcpListener) -> Result<(), ServiceError> {
        let (first, second) = shutdown::signals()?;
        self.run(listener, Shutdown { begin: first, give_up: second }).await
    }

    /// Starts, and serves until `end` completes.
    ///
    /// The health is served from the beginning, also while revisions are applied; the routes of the application when all
    /// databases are at head. At the end the service is not ready any more, accepts no new connection, lets requests end
    /// within the [shutdown timeout](super::BaseServiceBuilder::with_shutdown_timeout), and closes the databases. A run of
    /// revisions stops before its next revision or stage.
    ///
    /// # Errors
    /// [`ServiceError::Database`] if a database cannot be brought to head, [`ServiceError::NotDrained`] if requests were given up.
    pub async fn serve_until(
        self,
        listener: TcpListener,
        end: impl Future<Output = ()> + Send,
    ) -> Result<(), ServiceError> {
        self.run(listener, Shutdown { begin: end, give_up: std::future::pending() }).await
    }

    async fn run(
        &self,
        listener: TcpListener,
        shutdown: Shutdown<impl Future<Output = ()> + Send, impl Future<Output = ()> + Send>,
    ) -> Result<(), ServiceError> {
        let (end, mut ended) = tokio::sync::watch::channel(false);
        let server = axum::serve(listener, self.router()).with_graceful_shutdown(async move {
            // An error is that the sender is gone, so that nobody waits any more.
            let _ = ended.wait_for(|ended| *ended).await;
        });
        let mut server = tokio::spawn(async move { server.await });
        let (mut begin, give_up) = (std::pin::pin!(shutdown.begin), shutdown.give_up);
        let mut start = std::pin::pin!(self.start());

        let started = tokio::select! {
            started = &mut start => Some(started),
            () = &mut begin => None,
        };
        if matches!(started, Some(Ok(()))) {
            tokio::select! {
                () = begin => {}
                // Only if the listener is broken for good.
                ended = &mut server => return Err(broken(ended)),
            }
        }
        self.shared.enter(ServicePhase::Ending);
        for named in &self.shared.parts.databases {
            named.database.stop();
        }
        // Nobody receives it when the server has ended by itself.
        let _ = end.send(true);
        let ended = async {
            let started = match started {
                Some(started) => started,
                // The run of revisions stops before its next one.
                None => start.await.or_else(unless_stopped),
            };
            // What the server says does not count any more.
            let _ = (&mut server).await;
            self.dispose().await;
            started
        };
        let waited = self.shared.parts.shutdown_timeout;
        let outcome = tokio::select! {
            ended = ended => ended,
            () = tokio::time::sleep(waited) => Err(ServiceError::NotDrained { waited: Some(waited) }),
            () = give_up => Err(ServiceError::NotDrained { waited: None }),
        };
        server.abort();
        outcome
    }

    /// Closes the databases, the last first.
    async fn dispose(&self) {
        for named in self.shared.parts.databases.iter().rev() {
            named.database.dispose().await;
        }
    }
}

/// A start that was stopped has done what was asked.
fn unless_stopped(error: ServiceError) -> Result<(), ServiceError> {
    match &error {
        ServiceError::Database { source, .. } if matches!(source.kind(), ErrorKind::Stopped) => Ok(()),
        _ => Err(error),
    }
}

fn broken(served: Result<std::io::Result<()>, tokio::task::JoinError>) -> ServiceError {
    let error = match served {
        Ok(Ok(())) => std::io::Error::other("the server has ended"),
        Ok(Err(error)) => error,
        Err(error) => error.into(),
    };
    ServiceError::Accept(error)
}

impl Shared {
    pub(super) fn phase(&self) -> ServicePhase {
        match self.phase.load(Ordering::Acquire) {
            0 => ServicePhase::Starting,
            1 => ServicePhase::Serving,
            _ => ServicePhase::Ending,
        }
    }

    /// A service that ends does not start again.
    fn enter(&self, phase: ServicePhase) {
        self.phase.fetch_max(phase as u8, Ordering::AcqRel);
    }

    pub(super) async fn health(&self) -> HealthReport {
        let phase = self.phase();
        let checks = match phase {
            ServicePhase::Starting => self.starting_checks(),
            ServicePhase::Serving | ServicePhase::Ending => self.checks().await,
        };
        HealthReport::new(checks, phase == ServicePhase::Serving)
    }

    /// While revisions are applied nobody waits for a database.
    fn starting_checks(&self) -> BTreeMap<String, HealthCheck> {
        let names = self.parts.databases.iter().flat_map(|named| {
            let names = named.database.check_names();
            names.into_iter().map(|check| named.check_name(&check))
        });
        let mut checks: BTreeMap<_, _> =
            names.map(|name| (name, HealthCheck::unhealthy("the service is starting"))).collect();
        if checks.is_empty() {
            checks.insert("service".to_owned(), HealthCheck::unhealthy("the service is starting"));
        }
        checks
    }

    async fn checks(&self) -> BTreeMap<String, HealthCheck> {
        let mut checked = self.checked.lock().await;
        if let Some((at, checks)) = &*checked
            && at.elapsed() < CHECKS_COUNT_FOR
        {
            return checks.clone();
        }
        let mut checks = BTreeMap::new();
        for named in &self.parts.databases {
            let checked = named.database.check().await;
            checks.extend(checked.into_iter().map(|(name, check)| (named.check_name(&name), check)));
        }
        for own in &self.parts.checks {
            checks.insert(own.name.clone(), (own.check)().await);
        }
        *checked = Some((Instant::now(), checks.clone()));
        checks
    }
}
