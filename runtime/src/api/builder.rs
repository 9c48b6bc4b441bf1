//! What a service is made of.

use super::ServiceInfo;
use super::health::HealthCheck;
use super::served::Served;
use super::service::Service;
use crate::Database;
use crate::database::Backend;
use axum::Router;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// How long requests may take to end after the service was told to.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(30);

type Checked = Pin<Box<dyn Future<Output = HealthCheck> + Send>>;

/// A check of the application.
pub(super) struct OwnCheck {
    pub(super) name: String,
    pub(super) check: Box<dyn Fn() -> Checked + Send + Sync>,
}

impl fmt::Debug for OwnCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnCheck").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A database and its name; the one without a name is the only one, as a rule.
#[derive(Debug)]
pub(super) struct NamedDatabase {
    pub(super) name: Option<String>,
    pub(super) database: Box<dyn Served>,
}

impl NamedDatabase {
    /// The name of a check of it.
    pub(super) fn check_name(&self, check: &str) -> String {
        match &self.name {
            None => check.to_owned(),
            Some(name) => format!("{name}.{check}"),
        }
    }

    pub(super) fn shown_name(&self) -> String {
        self.name.clone().unwrap_or_else(|| "database".to_owned())
    }
}

/// What a [`Service`] is made of.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) info: ServiceInfo,
    pub(super) databases: Vec<NamedDatabase>,
    pub(super) checks: Vec<OwnCheck>,
    /// Where the health is; nowhere without it.
    pub(super) health: Option<String>,
    pub(super) shutdown_timeout: Duration,
}

/// Builds a [`Service`].
#[derive(Debug)]
#[must_use]
pub struct BaseServiceBuilder {
    parts: Parts,
    routes: Router,
}

impl BaseServiceBuilder {
    /// A service without databases and routes.
    pub fn new(info: ServiceInfo) -> Self {
        let (databases, checks) = (Vec::new(), Vec::new());
        let parts = Parts { info, databases, checks, health: None, shutdown_timeout: SHUTDOWN_TIMEOUT };
        Self { parts, routes: Router::new() }
    }

    /// The database of the service: it is opened and brought to head when the service starts, and closed when it ends.
    ///
    /// Keep a clone for the routes. A service with several databases names each by
    /// [`with_named_database`](Self::with_named_database).
    pub fn with_database<D: Backend + fmt::Debug>(self, database: Database<D>) -> Self {
        self.with(None, database)
    }

    /// One of several databases. They start one after another in the order of these calls; the checks of the health are
    /// `NAME.database` and `NAME.migrations`.
    ///
    /// ```
    /// # #[cfg(feature = "sqlite")] {
    /// # use servicekit::SqliteDatabaseBuilder;
    /// # use servicekit::api::{BaseServiceBuilder, ServiceInfo};
    /// # let (orders, archive) = (SqliteDatabaseBuilder::in_memory().build(), SqliteDatabaseBuilder::in_memory().build());
    /// let service = BaseServiceBuilder::new(ServiceInfo::new("Shop"))
    ///     .with_named_database("orders", orders.clone())
    ///     .with_named_database("archive", archive.clone())
    ///     .with_health()
    ///     .build();
    /// # }
    /// ```
    pub fn with_named_database<D: Backend + fmt::Debug>(
        self,
        name: impl Into<String>,
        database: Database<D>,
    ) -> Self {
        self.with(Some(name.into()), database)
    }

    fn with<D: Backend + fmt::Debug>(mut self, name: Option<String>, database: Database<D>) -> Self {
        self.parts.databases.push(NamedDatabase { name, database: Box::new(database) });
        self
    }

    /// Tells the health at `/health`, and whether the service lives at `/health/live` and is ready at `/health/ready`.
    ///
    /// The answers are JSON. The status is 200 for a service that is healthy or degraded, that lives, or that is ready,
    /// and 503 otherwise. A route of the application at one of these paths is never reached.
    pub fn with_health(self) -> Self {
        self.with_health_at("/health")
    }

    /// The same at another path, as `/status`.
    pub fn with_health_at(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.parts.health = Some(format!("/{}", path.trim_matches('/')));
        self
    }

    /// A check of the application, which the health asks for too. It is called at most once a second.
    ///
    /// ```
    /// # use servicekit::api::{BaseServiceBuilder, HealthCheck, ServiceInfo};
    /// # async fn is_reachable() -> bool { true }
    /// let service = BaseServiceBuilder::new(ServiceInfo::new("Shop"))
    ///     .with_health()
    ///     .with_check("mail", || async {
    ///         if is_reachable().await { HealthCheck::healthy() } else { HealthCheck::degraded("mail is queued") }
    ///     })
    ///     .build();
    /// ```
    pub fn with_check<F>(
        mut self,
        name: impl Into<String>,
        check: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = HealthCheck> + Send + 'static,
    {
        let check = Box::new(move || Box::pin(check()) as Checked);
        self.parts.checks.push(OwnCheck { name: name.into(), check });
        self
    }

    /// Routes of the application. Until the service has started they answer 503 with `Retry-After`.
    ///
    /// # Panics
    /// As [`Router::merge`] does: if a path and method of two routers is the same.
    pub fn include_router(mut self, routes: Router) -> Self {
        self.routes = self.routes.merge(routes);
        self
    }

    /// How long requests may take to end after the service was told to; 30 s by default.
    pub fn with_shutdown_timeout(mut self, timeout: Duration) -> Self {
        self.parts.shutdown_timeout = timeout;
        self
    }

    /// Returns the service, which [`Service::serve`] or [`Service::start`] starts.
    pub fn build(self) -> Service {
        Service::new(Arc::new(self.parts), self.routes)
    }
}
