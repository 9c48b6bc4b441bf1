//! The history: embedded by the macro, or read from a folder.

pub(crate) mod compiled;
pub(crate) mod destination;
pub(crate) mod embedded;
mod from_folder;
pub(crate) mod migrations;
pub(crate) mod stale;

pub use embedded::Revision;
pub use from_folder::BrokenFolder;

pub(crate) use compiled::{Compiled, History};
pub(crate) use destination::Destination;
pub(crate) use embedded::Body;
pub(crate) use migrations::{Embedded, Migrations};
