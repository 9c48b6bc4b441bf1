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
pub(crate) struct Call<'a> {
    pub(crate) common: &'a Common,
    pub(crate) live: &'a Live,
}

impl<'a> Call<'a> {
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
    let call = Call { common: &migrations.common, live };
    let chain = Chain::read(Location::new(&migrations.common));
    match &migrations.command {
        Command::Init(arguments) => init::run(arguments, &migrations.common),
        Command::Revision(arguments) => revision::run(arguments, &chain),
        Command::Merge(arguments) => merge::run(arguments, &chain),
        Command::Heads(arguments) => reading(&chain, heads::run(arguments, &chain, call)),
        Command::History(arguments) => reading(&chain, history::run(arguments, &chain, call)),
        Command::Branches => reading(&chain, branches::run(&chain, call)),
        Command::Show(arguments) => reading(&chain, show::run(arguments, &chain)),
        Command::Plan(arguments) => reading(&chain, plan::run(arguments, &chain, call)),
        Command::Upgrade(arguments) => upgrade::run(arguments, &chain, call),
        Command::Downgrade(arguments) => downgrade::run(arguments, &chain, call),
        Command::Current(arguments) => current::run(arguments, &chain, call),
        Command::Stamp(arguments) => stamp::run(arguments, &chain, call),
        Command::EnsureVersion(arguments) => ensure_version::run(arguments, &chain, call),
        Command::Doctor => Ok(doctor::run(&chain, call)),
        Command::Resolve(arguments) => resolve::run(arguments, &chain, call),
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
