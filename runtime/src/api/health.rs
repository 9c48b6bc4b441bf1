//! What a service says about itself.

use super::ServiceInfo;
use nanoserde::SerJson;
use std::collections::BTreeMap;
use std::fmt;

/// How well something is. The greatest of several is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HealthStatus {
    /// As it should be.
    Healthy,
    /// It serves, and a person should look at it.
    Degraded,
    /// It does not serve.
    Unhealthy,
}

impl HealthStatus {
    /// The word in JSON: `healthy`, `degraded`, `unhealthy`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Unhealthy => "unhealthy",
        }
    }
}

impl fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HealthCheck {
    /// How well it is.
    pub status: HealthStatus,
    /// What is wrong. Everyone who can reach the service reads it, so it has no details of the machine.
    pub message: Option<String>,
    /// Of a database with a history.
    pub migrations: Option<MigrationState>,
}

impl HealthCheck {
    /// All is well.
    pub fn healthy() -> Self {
        Self { status: HealthStatus::Healthy, message: None, migrations: None }
    }

    /// It serves, with something wrong.
    pub fn degraded(message: impl Into<String>) -> Self {
        Self { status: HealthStatus::Degraded, message: Some(message.into()), migrations: None }
    }

    /// It does not serve: the service is not ready.
    pub fn unhealthy(message: impl Into<String>) -> Self {
        Self { status: HealthStatus::Unhealthy, message: Some(message.into()), migrations: None }
    }
}

/// Where a database is in its history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationState {
    /// The version rows; empty at base.
    pub current: Vec<String>,
    /// The heads of the history in this program.
    pub head: Vec<String>,
    /// What is not applied yet, in order.
    pub pending: Vec<String>,
}

/// The health of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HealthReport {
    /// That of the check which is worst.
    pub status: HealthStatus,
    /// Whether the service should get requests: it has started, is not about to end, and is not unhealthy.
    pub is_ready: bool,
    /// The checks by name: `database`, `migrations`, and those of the application.
    pub checks: BTreeMap<String, HealthCheck>,
}

impl HealthReport {
    pub(super) fn new(checks: BTreeMap<String, HealthCheck>, is_serving: bool) -> Self {
        let worst = checks.values().map(|check| check.status).max();
        let status = worst.unwrap_or(HealthStatus::Healthy);
        Self { status, is_ready: is_serving && status != HealthStatus::Unhealthy, checks }
    }

    pub(super) fn to_json(&self, info: &ServiceInfo) -> String {
        let checks = self.checks.iter().map(|(name, check)| (name.clone(), check.written())).collect();
        let service = WrittenService { name: info.display_name.clone(), version: info.version.clone() };
        let (status, ready) = (self.status.name().to_owned(), self.is_ready);
        Written { status, ready, service, checks }.serialize_json()
    }
}

impl HealthCheck {
    fn written(&self) -> WrittenCheck {
        let Self { status, message, migrations } = self.clone();
        let (current, head, pending) = match migrations {
            Some(MigrationState { current, head, pending }) => (Some(current), Some(head), Some(pending)),
            None => (None, None, None),
        };
        WrittenCheck { status: status.name().to_owned(), message, current, head, pending }
    }
}

#[derive(SerJson)]
struct Written {
    status: String,
    ready: bool,
    service: WrittenService,
    checks: BTreeMap<String, WrittenCheck>,
}

#[derive(SerJson)]
struct WrittenService {
    name: String,
    version: Option<String>,
}

#[derive(SerJson)]
struct WrittenCheck {
    status: String,
    message: Option<String>,
    current: Option<Vec<String>>,
    head: Option<Vec<String>>,
    pending: Option<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_check_counts_and_json_has_what_is_known() {
        let mut checks = BTreeMap::from([
            ("database".to_owned(), HealthCheck::healthy()),
            ("mail".to_owned(), HealthCheck::degraded("the \"queue\" is long\n")),
        ]);
        let info = ServiceInfo::new("Notes").with_version("1.2");
        let report = HealthReport::new(checks.clone(), true);
        assert_eq!((report.status, report.is_ready), (HealthStatus::Degraded, true));
        insta::assert_snapshot!(report.to_json(&info), @r#"{"status":"degraded","ready":true,"service":{"name":"Notes","version":"1.2"},"checks":{"database":{"status":"healthy"},"mail":{"status":"degraded","message":"the \"queue\" is long\n"}}}"#);

        let state = MigrationState {
            current: vec![],
            head: vec!["b".to_owned()],
            pending: vec!["a".to_owned(), "b".to_owned()],
        };
        let behind =
            HealthCheck { migrations: Some(state), ..HealthCheck::unhealthy("2 revisions are pending") };
        checks.insert("migrations".to_owned(), behind);
        let report = HealthReport::new(checks, true);
        assert_eq!((report.status, report.is_ready), (HealthStatus::Unhealthy, false));
        insta::assert_snapshot!(report.to_json(&ServiceInfo::new("Notes")), @r#"{"status":"unhealthy","ready":false,"service":{"name":"Notes"},"checks":{"database":{"status":"healthy"},"mail":{"status":"degraded","message":"the \"queue\" is long\n"},"migrations":{"status":"unhealthy","message":"2 revisions are pending","current":[],"head":["b"],"pending":["a","b"]}}}"#);
        assert!(!HealthReport::new(BTreeMap::new(), false).is_ready);
    }
}
