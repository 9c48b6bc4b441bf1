//! The embedded history: what the macro made, and the same read from a folder.

pub(crate) mod compiled;
pub(crate) mod destination;
pub(crate) mod embedded;
pub(crate) mod from_folder;
pub(crate) mod migrations;
pub(crate) mod stale;
