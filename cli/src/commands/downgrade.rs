//! `downgrade`: reverts revisions.

use super::upgrade;
use crate::answer::{Answer, Live, Verb};
use crate::arguments::Downgrade;
use crate::chain::Chain;
use crate::database::{Missing, Work, target};
use crate::failure::Failure;

pub(super) fn run(arguments: &Downgrade, chain: &Chain, live: &Live) -> Result<Answer, Failure> {
    let target = target(std::slice::from_ref(&arguments.target), chain)?;
    let work = Work::begin(chain, &arguments.change.connection, Missing::Refuse)?;
    let migrator = work.migrator(&arguments.change, live);
    work.look_ahead(live, migrator.plan_downgrade(work.database(), target.clone()))?;
    let (report, _) =
        work.run(live, migrator, async |migrator, database| migrator.downgrade_to(database, target).await)?;
    Ok(upgrade::answer(Verb::Run, &report, chain))
}
