//! `downgrade`: reverts revisions.

use super::{Setting, upgrade};
use crate::answer::{Answer, Verb};
use crate::arguments::Downgrade;
use crate::chain::Chain;
use crate::database::{Course, Missing, Work, target};
use crate::failure::Failure;
use servicekit::{Direction, TransactionMode};

pub(super) fn run(arguments: &Downgrade, chain: &Chain, setting: Setting<'_>) -> Result<Answer, Failure> {
    let targets = std::slice::from_ref(&arguments.target);
    target(targets, chain)?;
    let work = Work::begin(chain, setting.common, Missing::Refuse)?;
    let (mode, application) = (TransactionMode::PerRevision, &arguments.application);
    let (direction, asks) = (Direction::Downgrade, !arguments.yes);
    let course = Course { direction, targets, mode, asks, application };
    let ran = work.go(&course, setting.of(&arguments.change))?;
    Ok(upgrade::answer(Verb::Run, ran, chain))
}
