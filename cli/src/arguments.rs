//! The arguments of the program.

mod autogenerate;
mod database;
mod location;
mod replay;

pub(crate) use autogenerate::{AnswerArgs, AutogenerateArgs, CheckArgs, ScratchArgs};
pub(crate) use database::{
    ApplicationArgs, ChangeArgs, CurrentArgs, DATABASE_VARIABLE, DiffArgs, DiffFormat, DowngradeArgs,
    ExistingDatabaseArgs, InspectArgs, InspectFormat, ModelsArgs, ModelsFormat, ResolveArgs, StageOutcome,
    StampArgs, TransactionScope, UpgradeArgs, UrlSource,
};
pub(crate) use location::{Location, shell_quoted};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use servicekit::revision_script::Language;
use servicekit_chain::Dialect;
use servicekit_chain::characters::escaped;
use std::ffi::OsString;
use std::path::PathBuf;

/// Database migrations for Rust services
#[derive(Debug, Parser)]
#[command(name = "servicekit", bin_name = "servicekit", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) area: TopCommand,
}

/// The arguments that cargo gives to a program of its own.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo", version, propagate_version = true)]
pub(crate) enum CargoArguments {
    /// Create, show, merge, plan and run revisions
    Alembic(MigrationsArgs),
}

impl CargoArguments {
    pub(crate) fn area(self) -> TopCommand {
        let Self::Alembic(migrations) = self;
        TopCommand::Migrations(Box::new(migrations))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum TopCommand {
    /// Create, show, merge, plan and run revisions
    Migrations(Box<MigrationsArgs>),
    /// Print the completions for a shell, for example `servicekit completions bash`
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

/// Everything below `servicekit migrations`.
#[derive(Debug, Args)]
pub(crate) struct MigrationsArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    #[command(subcommand)]
    pub(crate) command: MigrationsCommand,
}

/// What every command takes.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct CommonArgs {
    /// The folder that holds `versions/` [default: alembic]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// The configuration file; `alembic_main.toml` belongs to the folder `alembic_main/`; or an `alembic.ini`
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The section of `alembic.ini`, for one of several databases [default: alembic]
    #[arg(short, long, global = true, value_name = "SECTION")]
    pub(crate) name: Option<String>,
    /// The URL of the database [default: the environment variable `DATABASE_URL`, then `database_url` in the configuration, then `sqlalchemy.url` in `alembic.ini`]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// `-x db=URL` is the same as `--database-url URL`
    #[arg(short = 'x', global = true, value_name = "KEY=VALUE", value_parser = database, conflicts_with = "database_url")]
    pub(crate) x: Option<String>,
    /// Print one JSON document, also for errors
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print only the result, and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Show revisions in detail, and each statement of a run
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: Color,
}

impl CommonArgs {
    /// The database that the arguments name.
    pub(crate) fn database(&self) -> Option<&str> {
        self.database_url.as_deref().or(self.x.as_deref())
    }
}

/// When there are colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    // On a terminal, unless `NO_COLOR` is set. Words that clap shows would make the help of every command twice as long.
    #[default]
    Auto,
    Always,
    Never,
}

/// The value of `-x db=URL`. Alembic hands other keys to the code of `env.py`; here nothing would read them.
fn database(text: &str) -> Result<String, String> {
    match text.split_once('=') {
        Some(("db", url)) => Ok(url.to_owned()),
        Some((key, _)) => {
            Err(format!("unknown key `{key}`; the only key is `db`, for example `-x db=sqlite://app.db`"))
        }
        None => Err("write a key and a value, for example `-x db=sqlite://app.db`".to_owned()),
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum MigrationsCommand {
    /// Set up a crate: create the folder and its configuration, add the dependency and the build script
    Init(InitArgs),
    /// Create a new revision file
    Revision(Box<RevisionArgs>),
    /// Join several heads in a new revision
    Merge(MergeArgs),
    /// List the heads: revisions that no other revision follows
    Heads(HeadsArgs),
    /// List all revisions, the newest first
    History(HistoryArgs),
    /// List the branch points: revisions that more than one revision follows
    Branches,
    /// Show one revision in detail
    Show(ShowArgs),
    /// Show the steps to a target, and the version rows after each step
    Plan(PlanArgs),
    /// Apply revisions to a database
    Upgrade(UpgradeArgs),
    /// Revert revisions
    Downgrade(DowngradeArgs),
    /// Show the version rows of a database
    Current(CurrentArgs),
    /// Show the tables of a database, as a revision that creates them
    Inspect(InspectArgs),
    /// Compare the schemas of two databases: what differs, and the operations that lead from the first to the second
    Diff(DiffArgs),
    /// Compare the models of the application with the database: fails if a revision would have something to write
    Check(CheckArgs),
    /// Show the models of the application: the tables that its structs stand for
    Models(ModelsArgs),
    /// Write the version rows of a target, without running revisions
    Stamp(StampArgs),
    /// Create the version table and the journal if they are missing
    #[command(name = "ensure_version", alias = "ensure-version")]
    EnsureVersion(ChangeArgs),
    /// Record whether a stage that is in doubt was done
    Resolve(ResolveArgs),
    /// Check the configuration, the folder and the database, and suggest what to do
    Doctor,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to create, for a crate with several databases [default: alembic]
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The kind of database
    #[arg(long, value_parser = dialects(), default_value_t = Dialect::Sqlite)]
    pub(crate) template: Dialect,
}

/// The names of the kinds of database.
fn dialects() -> impl TypedValueParser<Value = Dialect> {
    PossibleValuesParser::new(Dialect::ALL.map(Dialect::name))
        .try_map(|name| Dialect::from_name(&name).ok_or("an unknown kind of database"))
}

#[derive(Debug, Args)]
pub(crate) struct RevisionArgs {
    /// What the revision does, in a few words [default with `--from-database`: what is in it]
    #[arg(
        short,
        long,
        value_name = "TEXT",
        allow_hyphen_values = true,
        required_unless_present_any = ["from_database", "autogenerate"]
    )]
    pub(crate) message: Option<String>,
    /// The folder for the new file: one of `version_locations` [default: the folder of the revision it follows]
    #[arg(long, value_name = "DIR")]
    pub(crate) version_path: Option<PathBuf>,
    /// The kind of file [default: `format` of the configuration, else sql; with `--from-database` rs]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// The revision to follow; `base` starts a separate history
    #[arg(long, value_name = "REV", default_value = "head", allow_negative_numbers = true)]
    pub(crate) head: String,
    #[command(flatten)]
    pub(crate) new: NewRevisionArgs,
    /// A revision, or a branch label, that must be applied before this one (repeatable)
    #[arg(long, value_name = "REV")]
    pub(crate) depends_on: Vec<String>,
    #[command(flatten)]
    pub(crate) existing: ExistingDatabaseArgs,
    #[command(flatten)]
    pub(crate) models: AutogenerateArgs,
}

/// What `revision` and `merge` both take.
#[derive(Debug, Args)]
pub(crate) struct NewRevisionArgs {
    /// Allow following a revision that is not a head, which creates a branch
    #[arg(long)]
    pub(crate) splice: bool,
    /// The id of the new revision [default: 12 random hexadecimal digits]
    #[arg(long, value_name = "ID")]
    pub(crate) rev_id: Option<String>,
    /// A label for the branch that starts here (repeatable)
    #[arg(long, value_name = "LABEL")]
    pub(crate) branch_label: Vec<String>,
}

/// The kind of a version file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Sql,
    Rs,
}

impl From<Format> for Language {
    fn from(format: Format) -> Self {
        match format {
            Format::Rs => Self::Rust,
            Format::Sql => Self::Sql,
        }
    }
}

impl From<servicekit_chain::config::Format> for Format {
    fn from(format: servicekit_chain::config::Format) -> Self {
        match format {
            servicekit_chain::config::Format::Sql => Self::Sql,
            servicekit_chain::config::Format::Rs => Self::Rs,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The revisions to join; `heads` means all heads
    #[arg(value_name = "REV", default_value = "heads")]
    pub(crate) revisions: Vec<String>,
    /// What the revision does [default: "merge … and …"]
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) message: Option<String>,
    #[command(flatten)]
    pub(crate) new: NewRevisionArgs,
}

#[derive(Debug, Args)]
pub(crate) struct HeadsArgs {
    /// Omit heads that another revision depends on
    #[arg(long)]
    pub(crate) resolve_dependencies: bool,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// Show only this range, including both ends, for example `7f3c:head`, `7f3c:` or `-3:head`
    #[arg(short, long, value_name = "FROM:TO", allow_hyphen_values = true)]
    pub(crate) rev_range: Option<String>,
    /// Mark the current revisions of the database
    #[arg(short, long)]
    pub(crate) indicate_current: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The revision: its id or a prefix of it, a branch label, `head`
    #[arg(value_name = "REV", allow_negative_numbers = true)]
    pub(crate) revision: String,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// The target: a revision, `head`, `heads`, `base`, `+1`, `-1`, `label@head`
    #[arg(allow_negative_numbers = true)]
    pub(crate) target: String,
    /// The version rows to start from, separated by commas; `base` if nothing is applied [default: those of the database]
    #[arg(long, value_name = "ROWS")]
    pub(crate) from: Option<String>,
    /// Plan a downgrade
    #[arg(long)]
    pub(crate) downgrade: bool,
    /// Show the statements of every step for a kind of database [default: that of the database]
    #[arg(long, value_name = "DATABASE", value_parser = dialects())]
    #[allow(clippy::option_option, reason = "the option can be given without a value")]
    pub(crate) sql: Option<Option<Dialect>>,
    #[command(flatten)]
    pub(crate) application: ApplicationArgs,
}

/// The completions for a shell.
pub(crate) fn completions(shell: Shell) -> String {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "servicekit", &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// The arguments without characters that are not seen as they are.
pub(crate) fn shown(arguments: &[OsString]) -> Vec<OsString> {
    let shown = |argument: &OsString| {
        argument.to_str().map_or_else(|| argument.clone(), |text| escaped(text).into_owned().into())
    };
    arguments.iter().map(shown).collect()
}

/// Whether JSON is asked for in arguments that could not be understood.
pub(crate) fn asks_for_json(arguments: &[OsString]) -> bool {
    arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == "--json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_declared_without_contradiction() {
        Arguments::command().debug_assert();
        CargoArguments::command().debug_assert();
    }
}
