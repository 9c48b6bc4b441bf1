//! `stamp`: writes version rows, and runs nothing.

use super::{Call, upgrade};
use crate::answer::{Answer, Verb};
use crate::arguments::Stamp;
use crate::chain::Chain;
use crate::database::{Missing, Work, target};
use crate::failure::Failure;
use servicekit::worker::wire;

pub(super) fn run(arguments: &Stamp, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let target = target(&arguments.targets, chain)?;
    let work = Work::begin(chain, call.common, Missing::Create)?;
    let (report, _) = work.note(call.of(&arguments.change), async |migrator, database| {
        if arguments.purge {
            migrator.stamp_purged(database, target).await
        } else {
            migrator.stamp(database, target).await
        }
    })?;
    Ok(upgrade::answer(Verb::Stamp, wire::Ran::from(&report), chain))
}
