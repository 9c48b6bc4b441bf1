//! The commands: one file each.

mod branches;
mod current;
mod doctor;
mod downgrade;
mod ensure_version;
mod heads;
mod history;
mod init;
mod merge;
mod new;
mod plan;
mod resolve;
mod revision;
mod show;
mod stamp;
mod upgrade;

use crate::answer::{Answer, Live};
use crate::arguments::{Change, Command, Common, Migrations};
use crate::chain::{Chain, Location};
use crate::database::Settings;
use crate::failure::Failure;

/// What every command is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) common: &'a Common,
    pub(crate) live: &'a Live,
}

impl<'a> Setting<'a> {
    /// For a command that changes a database.
    fn of(self, change: &Change) -> Settings<'a> {
        Settings { live: self.live, lock_timeout: change.lock_timeout, quiet: self.common.quiet }
    }
}

/// Runs a command; what happens meanwhile is told live.
///
/// # Errors
/// Why it did not do what it was asked for.
pub(crate) fn run(migrations: &Migrations, live: &Live) -> Result<Answer, Failure> {
    let setting = Setting { common: &migrations.common, live };
    let chain = Chain::read(Location::new(&migrations.common));
    match &migrations.command {
        Command::Init(arguments) => init::run(arguments, &migrations.common),
        Command::Revision(arguments) => revision::run(arguments, &chain),
        Command::Merge(arguments) => merge::run(arguments, &chain),
        Command::Heads(arguments) => reading(&chain, heads::run(arguments, &chain, setting)),
        Command::History(arguments) => reading(&chain, history::run(arguments, &chain, setting)),
        Command::Branches => reading(&chain, branches::run(&chain, setting)),
        Command::Show(arguments) => reading(&chain, show::run(arguments, &chain)),
        Command::Plan(arguments) => reading(&chain, plan::run(arguments, &chain, setting)),
        Command::Upgrade(arguments) => upgrade::run(arguments, &chain, setting),
        Command::Downgrade(arguments) => downgrade::run(arguments, &chain, setting),
        Command::Current(arguments) => current::run(arguments, &chain, setting),
        Command::Stamp(arguments) => stamp::run(arguments, &chain, setting),
        Command::EnsureVersion(arguments) => ensure_version::run(arguments, &chain, setting),
        Command::Doctor => Ok(doctor::run(&chain, setting)),
        Command::Resolve(arguments) => resolve::run(arguments, &chain, setting),
    }
}

/// A command that only reads answers whenever there is a graph, and then says what is wrong besides.
fn reading(chain: &Chain, answer: Result<Answer, Failure>) -> Result<Answer, Failure> {
    let mut answer = answer?;
    if answer.failure.is_none() && !chain.problems().is_empty() {
        answer.failure = Some(chain.broken());
    }
    Ok(answer)
}
