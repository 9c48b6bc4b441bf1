//! The arguments of what compares models with a database.

use super::ApplicationArgs;
use clap::Args;

/// What a person says about a difference between models and a database, where no terminal is there to ask.
#[derive(Debug, Default, Args)]
pub(crate) struct AnswerArgs {
    /// A table or column only gets another name: `OLD=NEW` for a table, `TABLE.OLD=NEW` for a column (repeatable)
    #[arg(long, value_name = "OLD=NEW", requires = "autogenerate")]
    pub(crate) rename: Vec<String>,
    /// Allow dropping this table, or this column with its values, as `TABLE` or `TABLE.COLUMN` (repeatable)
    #[arg(long, value_name = "NAME", requires = "autogenerate")]
    pub(crate) allow_drop: Vec<String>,
    /// The value of a column that may not be null for the rows that are there; an expression as `sql(…)` (repeatable)
    #[arg(long, value_name = "TABLE.COLUMN=VALUE", requires = "autogenerate")]
    pub(crate) backfill: Vec<String>,
}

/// A revision from models.
#[derive(Debug, Args)]
#[command(mut_arg("scratch", |arg| arg.requires("autogenerate")))]
pub(crate) struct AutogenerateArgs {
    /// Write what differs between the models of the application and the database
    #[arg(long, conflicts_with_all = ["from_database", "depends_on", "splice"])]
    pub(crate) autogenerate: bool,
    #[command(flatten)]
    pub(crate) answers: AnswerArgs,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
    #[command(flatten)]
    pub(crate) scratch: ScratchArgs,
}

/// The history replayed, in the place of a database.
#[derive(Debug, Args)]
pub(crate) struct ScratchArgs {
    /// Compare with the history instead of a database: it is replayed, for SQLite in memory, else in an empty database
    #[arg(long)]
    pub(crate) scratch: bool,
    /// The empty database for the replay; all that this makes is dropped afterwards [default: `scratch_url` in the
    /// configuration]
    #[arg(long, value_name = "URL", requires = "scratch")]
    pub(crate) scratch_url: Option<String>,
    /// Run `op.run` in the replay too, which cannot be checked: it could change something other than the scratch database
    #[arg(long, requires = "scratch")]
    pub(crate) run_work: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// A table or column only gets another name: `OLD=NEW` for a table, `TABLE.OLD=NEW` for a column (repeatable)
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
    #[command(flatten)]
    pub(crate) scratch: ScratchArgs,
}
