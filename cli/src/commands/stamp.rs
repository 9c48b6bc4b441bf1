//! `stamp`: writes version rows, and runs nothing.

use super::upgrade;
use crate::answer::{Answer, Live, Verb};
use crate::arguments::Stamp;
use crate::chain::Chain;
use crate::database::{Missing, Work, target};
use crate::failure::Failure;

pub(super) fn run(arguments: &Stamp, chain: &Chain, live: &Live) -> Result<Answer, Failure> {
    let target = target(&arguments.targets, chain)?;
    let work = Work::begin(chain, &arguments.change.connection, Missing::Create)?;
    let migrator = work.migrator(&arguments.change, live);
    let (report, _) =
        work.run(live, migrator, async |migrator, database| migrator.stamp(database, target).await)?;
    Ok(upgrade::answer(Verb::Stamp, &report, chain))
}
