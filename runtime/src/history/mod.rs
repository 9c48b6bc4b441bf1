//! The history: embedded by the macro, or read from a folder.

pub(crate) mod compiled;
pub(crate) mod destination;
pub(crate) mod embedded;
pub(crate) mod from_folder;
pub(crate) mod migrations;
pub(crate) mod stale;

pub use embedded::Revision;
pub use from_folder::BrokenFolder;
