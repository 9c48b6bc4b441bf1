//! What `env()` of `env.rs` gives.

#[cfg(feature = "models")]
pub use crate::model::Models as Environment;

/// What is known of the application's models.
#[cfg(feature = "models")]
pub(super) type Gathered = crate::model::Metadata;

/// What `env()` may return: without the feature `models` nothing.
#[cfg(not(feature = "models"))]
pub trait Environment {
    /// Nothing.
    fn metadata(self);
}

#[cfg(not(feature = "models"))]
impl Environment for () {
    fn metadata(self) {}
}

/// What is known of the application's models.
#[cfg(not(feature = "models"))]
pub(super) type Gathered = ();

/// Why `env()` has failed, if it has.
#[cfg(feature = "models")]
pub(super) fn failure(gathered: &Gathered) -> Option<std::io::Error> {
    gathered.failure().map(std::io::Error::other)
}

/// Why `env()` has failed: without the feature `models` it cannot.
#[cfg(not(feature = "models"))]
pub(super) fn failure((): &Gathered) -> Option<std::io::Error> {
    None
}
