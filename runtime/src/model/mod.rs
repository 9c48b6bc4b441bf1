//! Tables as Rust structs.
//!
//! A [`Model`] is a struct that knows its table. Models register themselves where they are compiled; a [`Metadata`]
//! collects those of a [`Registry`], or those that [`models!`](crate::models) names, and checks that they fit together.
//! A field's Rust type gives the column's type: see [`ColumnType`].

mod column_type;
mod create_all;
mod definition;
#[cfg(feature = "entity")]
mod entity;
#[cfg(feature = "entity")]
mod entity_fields;
mod enumeration;
pub mod expansion;
mod kinds;
mod metadata;
mod models;
mod problem;
pub mod proof;
mod registry;
mod ulid;
pub mod utils;

pub use column_type::{ColumnType, Element, Kind};
pub use create_all::CreateAllError;
pub use definition::Model;
#[cfg(feature = "entity")]
pub use entity::Entity;
pub use enumeration::UnknownValue;
pub use metadata::Metadata;
pub use models::Models;
pub use problem::{InvalidModels, ModelPlace, Problem};
pub use proof::Proof;
pub(crate) use registry::registries;
pub use registry::{Base, Entry, Registry};
pub use servicekit_schema::table::Hints;
pub use ulid::{InvalidUlid, Ulid};
