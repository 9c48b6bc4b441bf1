//! What `#[entity]` gives to a struct.

use super::Ulid;
use sqlx::types::chrono::{DateTime, Utc};

/// A struct with an id, times and tags; `#[entity]` adds the fields and implements it.
///
/// ```
/// use servicekit::Entity;
/// fn is_newer(one: &impl Entity, other: &impl Entity) -> bool {
///     one.created_at() > other.created_at()
/// }
/// ```
pub trait Entity {
    /// Who it is.
    fn id(&self) -> Ulid;

    /// When it was made.
    fn created_at(&self) -> DateTime<Utc>;

    /// When it was changed for the last time, as far as [`touch`](Self::touch) was told.
    fn updated_at(&self) -> DateTime<Utc>;

    /// Its tags.
    fn tags(&self) -> &[String];

    /// Sets the time of its last change to now; nothing else does.
    fn touch(&mut self);
}
