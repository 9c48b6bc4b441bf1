//! The arguments of a replay.

use super::ApplicationArgs;
use clap::Args;

/// Where the history is replayed, and what may run.
#[derive(Debug, Args)]
pub(crate) struct ReplayArgs {
    /// Without a URL, for PostgreSQL and MySQL: an empty database of another server, in which the history is applied; all
    /// that this makes is dropped afterwards [default: `scratch_url` in the configuration]
    #[arg(long, value_name = "URL", conflicts_with = "urls")]
    pub(crate) scratch_url: Option<String>,
    /// Allow a scratch database on the server of the database that is compared
    #[arg(long, conflicts_with = "urls")]
    pub(crate) scratch_on_same_server: bool,
    /// Run `op.run` too, which cannot be checked: it could change something other than the scratch database
    #[arg(long, conflicts_with = "urls")]
    pub(crate) run_work: bool,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}
