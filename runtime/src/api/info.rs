//! What a service is called.

/// The name and the version of a service, as its health shows them.
///
/// ```
/// use servicekit::api::ServiceInfo;
/// let info = ServiceInfo::new("Notes").with_version(env!("CARGO_PKG_VERSION"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct ServiceInfo {
    pub(super) display_name: String,
    pub(super) version: Option<String>,
}

impl ServiceInfo {
    /// A service with this name.
    pub fn new(display_name: impl Into<String>) -> Self {
        Self { display_name: display_name.into(), version: None }
    }

    /// The version of the application.
    pub fn with_version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }
}
