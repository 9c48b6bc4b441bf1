//! The arguments of the commands that open a database.

use super::replay::ReplayArgs;
use clap::{Args, ValueEnum};
use servicekit::schema::TableName;
use std::fmt;
use std::time::Duration;

/// Which application has the revisions in Rust.
#[derive(Debug, Args)]
pub(crate) struct ApplicationArgs {
    /// The package that embeds the history, for revisions in Rust and models [default: detected]
    #[arg(short, long, value_name = "NAME")]
    pub(crate) package: Option<String>,
    /// Features to build the application with, separated by commas, besides `features` in the configuration (repeatable)
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',')]
    pub(crate) features: Vec<String>,
}

/// What every command takes that changes a database.
#[derive(Debug, Args)]
pub(crate) struct ChangeArgs {
    /// How long to wait for a database that another session holds [default: 60]
    #[arg(long, alias = "lock-timeout", value_name = "SECONDS", value_parser = seconds)]
    pub(crate) acquire_timeout: Option<Duration>,
}

#[derive(Debug, Args)]
pub(crate) struct UpgradeArgs {
    /// The target: a revision, `head`, `heads`, `+1`, `label@head`
    #[arg(default_value = "head", allow_negative_numbers = true)]
    pub(crate) target: String,
    /// What to roll back when a revision fails
    #[arg(long, value_enum, default_value_t)]
    pub(crate) transaction: TransactionScope,
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}

/// What is rolled back together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TransactionScope {
    /// Only the failed revision: earlier revisions stay applied
    #[default]
    PerRevision,
    /// The whole run, as far as the database can roll it back
    PerRun,
}

#[derive(Debug, Args)]
pub(crate) struct DowngradeArgs {
    /// The target: a revision, `base`, `-1`, `label@base`
    #[arg(allow_negative_numbers = true)]
    pub(crate) target: String,
    /// Do not ask for confirmation before dropping data; without a terminal there is no question
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CurrentArgs {
    /// Fail if the database is not at head
    #[arg(long)]
    pub(crate) check_heads: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Only this table, as `NAME` or `SCHEMA.NAME`; put a name that contains a dot in double quotes (repeatable)
    #[arg(long, value_name = "NAME", value_parser = table_name)]
    pub(crate) table: Vec<TableName>,
    /// The schema to read, on MySQL a database (repeatable) [default: the current one]
    #[arg(long, value_name = "NAME")]
    pub(crate) schema: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: InspectFormat,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The URLs of the two databases; with one, it is compared with the database of `--database-url`; with none, that database
    /// is compared with its own history, replayed at its revision
    #[arg(value_name = "URL", num_args = 0..=2)]
    pub(crate) urls: Vec<String>,
    /// The schema to read, on MySQL a database (repeatable) [default: the current one]
    #[arg(long, value_name = "NAME")]
    pub(crate) schema: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) replay: ReplayArgs,
}

/// How a difference is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// A line for each thing that differs
    #[default]
    Text,
    /// The functions of a revision that leads from the first to the second
    Rs,
    /// The statements that lead there
    Sql,
}

#[derive(Debug, Args)]
pub(crate) struct ModelsArgs {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ModelsFormat,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}

/// How models are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelsFormat {
    /// Each table with its columns, in short
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// A first revision from a database that was there before it.
#[derive(Debug, Args)]
pub(crate) struct ExistingDatabaseArgs {
    /// Make the first revision from the tables of a database
    #[arg(long, conflicts_with_all = ["depends_on", "splice"])]
    pub(crate) from_database: bool,
    /// Only this table of the database, as `NAME` or `SCHEMA.NAME` (repeatable)
    #[arg(long, value_name = "NAME", value_parser = table_name, requires = "from_database")]
    pub(crate) table: Vec<TableName>,
    /// The schema to read, on MySQL a database (repeatable) [default: the current one]
    #[arg(long, value_name = "NAME", requires = "from_database")]
    pub(crate) schema: Vec<String>,
    /// Record at once that the database has the revision
    #[arg(long, requires = "from_database")]
    pub(crate) stamp: bool,
}

/// How a schema is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InspectFormat {
    /// The function of a revision that creates it
    #[default]
    Rs,
    /// The statements that create it on this database
    Sql,
    /// One JSON document
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct StampArgs {
    /// The target: ids, `head`, `heads`, `base`
    #[arg(value_name = "TARGET", required = true, allow_negative_numbers = true)]
    pub(crate) targets: Vec<String>,
    /// First delete all version rows, including those of unknown revisions
    #[arg(long)]
    pub(crate) purge: bool,
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ResolveArgs {
    /// Whether the last stage that was started was done
    #[arg(value_enum, value_name = "WHAT")]
    pub(crate) outcome: StageOutcome,
    #[command(flatten)]
    pub(crate) change: ChangeArgs,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageOutcome {
    /// It was done: the next run continues after it
    Done,
    /// It was not done, or you reverted it: the next run runs it
    NotDone,
}

/// A table, with its schema before a dot. A dot in double quotes is part of a name.
fn table_name(text: &str) -> Result<TableName, String> {
    let mut names = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(name) = names.last_mut() else { break };
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => name.push('"'),
            '"' if is_quoted || name.is_empty() => is_quoted = !is_quoted,
            '.' if !is_quoted => names.push(String::new()),
            _ => name.push(letter),
        }
    }
    match names.as_slice() {
        [name] if !name.is_empty() && !is_quoted => Ok(name.into()),
        [schema, name] if !schema.is_empty() && !name.is_empty() && !is_quoted => {
            Ok((schema.as_str(), name.as_str()).into())
        }
        _ => {
            Err("write `NAME` or `SCHEMA.NAME`, for example `orders`, `shop.orders` or `\"a.b\"`".to_owned())
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write a number of seconds, for example `10` or `0.5`".to_owned())
}

/// The environment variable that names the database.
pub(crate) const DATABASE_VARIABLE: &str = "DATABASE_URL";

/// Who named a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UrlSource {
    Option,
    Environment,
    /// The configuration, by its name in messages.
    Configuration(String),
    /// The option for a scratch database.
    ScratchOption,
    /// The key for a scratch database of the configuration, by its name in messages.
    ScratchKey(String),
    /// A configuration of Python's Alembic, by its name in messages.
    Alembic(String),
    /// An argument, by what it is.
    Argument(&'static str),
}

impl fmt::Display for UrlSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option => f.write_str("`--database-url`"),
            Self::Environment => write!(f, "`{DATABASE_VARIABLE}`"),
            Self::Configuration(name) => write!(f, "`database_url` in `{name}`"),
            Self::ScratchOption => f.write_str("`--scratch-url`"),
            Self::ScratchKey(name) => write!(f, "`scratch_url` in `{name}`"),
            Self::Alembic(name) => write!(f, "`sqlalchemy.url` in `{name}`"),
            Self::Argument(which) => f.write_str(which),
        }
    }
}
