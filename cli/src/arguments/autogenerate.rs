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
pub(crate) struct AutogenerateArgs {
    /// Write what differs between the models of the application and the database
    #[arg(long, conflicts_with_all = ["from_database", "depends_on", "splice"])]
    pub(crate) autogenerate: bool,
    #[command(flatten)]
    pub(crate) answers: AnswerArgs,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// A table or column only gets another name: `OLD=NEW` for a table, `TABLE.OLD=NEW` for a column (repeatable)
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) rename: Vec<String>,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}
