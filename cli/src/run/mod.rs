//! Naming and opening a database, and running revisions on it: in this process, or in the application.

mod database;
mod error;
mod interrupt;
mod open;
mod progress;
mod replay;
mod request;
mod url;

pub(crate) use database::{OpenDatabase, history, parse_target};
pub(crate) use error::{run_failure, run_failure_in_application};
pub(crate) use open::MissingFile;
pub(crate) use replay::ReplayRequest;
pub(crate) use request::{RunRequest, RunSettings};
pub(crate) use url::DatabaseUrl;
