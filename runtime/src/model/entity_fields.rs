//! The types that the fields of an [`Entity`](super::Entity) may have.

use super::Ulid;
use sqlx::types::Json;
use sqlx::types::chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeZone, Utc};

/// A field `id`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no id of an entity",
    label = "an entity's `id` is a `Ulid`",
    note = "a type of your own around one has `impl From<&{Self}> for servicekit::Ulid`",
    note = "for a table with another key write `#[derive(servicekit::Table)]` instead of `#[entity]`"
)]
pub trait EntityId {
    /// The id.
    fn ulid(&self) -> Ulid;
}

#[diagnostic::do_not_recommend]
impl<T> EntityId for T
where
    for<'a> Ulid: From<&'a T>,
{
    fn ulid(&self) -> Ulid {
        Ulid::from(self)
    }
}

/// A field `created_at` or `updated_at`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no time of an entity",
    label = "this is a time of chrono",
    note = "an entity's times are `DateTime<Utc>`, `DateTime<Local>`, `DateTime<FixedOffset>` or `NaiveDateTime`, the last one in UTC",
    note = "for a table with other times write `#[derive(servicekit::Table)]` instead of `#[entity]`"
)]
pub trait EntityTime {
    /// The time.
    fn moment(&self) -> DateTime<Utc>;

    /// The time now.
    fn now() -> Self;
}

macro_rules! times {
    ($($zone:ty: $now:expr;)*) => {$(
        impl EntityTime for DateTime<$zone> {
            fn moment(&self) -> DateTime<Utc> {
                self.to_utc()
            }

            fn now() -> Self {
                $now
            }
        }
    )*};
}

times! {
    Utc: Utc::now();
    Local: Local::now();
    FixedOffset: Local::now().fixed_offset();
}

/// Of UTC.
impl EntityTime for NaiveDateTime {
    fn moment(&self) -> DateTime<Utc> {
        Utc.from_utc_datetime(self)
    }

    fn now() -> Self {
        Utc::now().naive_utc()
    }
}

/// A field `tags`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of tags",
    label = "an entity's `tags` are `Json<Vec<String>>` or, on PostgreSQL, `Vec<String>`",
    note = "give another field another name, and the common one is there beside it"
)]
pub trait EntityTags {
    /// The tags.
    fn list(&self) -> &[String];
}

impl EntityTags for Json<Vec<String>> {
    fn list(&self) -> &[String] {
        &self.0
    }
}

impl EntityTags for Vec<String> {
    fn list(&self) -> &[String] {
        self
    }
}
