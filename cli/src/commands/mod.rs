//! The commands: one file each.

mod branches;
mod current;
mod downgrade;
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
use crate::arguments::{Command, Migrations};
use crate::chain::{Chain, Location};
use crate::failure::Failure;

/// Runs a command; what happens meanwhile is told live.
///
/// # Errors
/// Why it did not do what it was asked for.
pub(crate) fn run(migrations: &Migrations, live: &Live) -> Result<Answer, Failure> {
    let chain = Chain::read(Location::new(&migrations.common));
    match &migrations.command {
        Command::Init(arguments) => init::run(arguments, &migrations.common),
        Command::Revision(arguments) => revision::run(arguments, &chain),
        Command::Merge(arguments) => merge::run(arguments, &chain),
        Command::Heads(arguments) => reading(&chain, heads::run(arguments, &chain)),
        Command::History(arguments) => reading(&chain, history::run(arguments, &chain)),
        Command::Branches(arguments) => reading(&chain, branches::run(arguments, &chain)),
        Command::Show(arguments) => reading(&chain, show::run(arguments, &chain)),
        Command::Plan(arguments) => reading(&chain, plan::run(arguments, &chain)),
        Command::Upgrade(arguments) => upgrade::run(arguments, &chain, live),
        Command::Downgrade(arguments) => downgrade::run(arguments, &chain, live),
        Command::Current(arguments) => current::run(arguments, &chain),
        Command::Stamp(arguments) => stamp::run(arguments, &chain, live),
        Command::Resolve(arguments) => resolve::run(arguments, &chain, live),
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
