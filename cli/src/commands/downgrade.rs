//! `downgrade`: reverts revisions.

use super::{Call, upgrade};
use crate::answer::{Answer, Verb};
use crate::arguments::Downgrade;
use crate::chain::Chain;
use crate::database::{Course, Missing, Work, target};
use crate::failure::Failure;
use servicekit::{Direction, TransactionMode};

pub(super) fn run(arguments: &Downgrade, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let written = &arguments.target;
    let target = target(std::slice::from_ref(written), chain)?;
    let work = Work::begin(chain, call.common, Missing::Refuse)?;
    let (mode, application) = (TransactionMode::PerRevision, &arguments.application);
    let (direction, asks) = (Direction::Downgrade, !arguments.yes);
    let course = Course { direction, target, written, mode, asks, application };
    let ran = work.go(&course, call.of(&arguments.change))?;
    Ok(upgrade::answer(Verb::Run, ran, chain))
}
