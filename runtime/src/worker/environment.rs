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
    fn metadata(self) -> NoModels;
}

#[cfg(not(feature = "models"))]
impl Environment for () {
    fn metadata(self) -> NoModels {
        NoModels
    }
}

/// What is known of the application's models.
#[cfg(not(feature = "models"))]
#[derive(Debug)]
pub struct NoModels;

/// What is known of the application's models.
#[cfg(not(feature = "models"))]
pub(super) type Gathered = NoModels;

/// Why `env()` has failed, if it has: its error, and what led to it.
#[cfg(feature = "models")]
pub(super) fn failure(gathered: &Gathered) -> Option<Vec<String>> {
    let mut causes = Vec::new();
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&**gathered.failure()?);
    while let Some(error) = next {
        causes.push(error.to_string());
        next = error.source();
    }
    Some(causes)
}

/// Why `env()` has failed: without the feature `models` it cannot.
#[cfg(not(feature = "models"))]
pub(super) fn failure(_: &Gathered) -> Option<Vec<String>> {
    None
}
