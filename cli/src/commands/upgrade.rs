//! `upgrade`: applies revisions.

use super::Call;
use crate::answer::{Answer, Data, Note, Ran, Verb};
use crate::arguments::{Transaction, Upgrade};
use crate::chain::Chain;
use crate::database::{Course, Missing, Work, target};
use crate::failure::Failure;
use servicekit::worker::wire;
use servicekit::{Direction, TransactionMode};

pub(super) fn run(arguments: &Upgrade, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let written = &arguments.target;
    let target = target(std::slice::from_ref(written), chain)?;
    let work = Work::begin(chain, call.common, Missing::Create)?;
    let mode = match arguments.transaction {
        Transaction::PerRevision => TransactionMode::PerRevision,
        Transaction::PerRun => TransactionMode::PerRun,
    };
    let application = &arguments.application;
    let course = Course { direction: Direction::Upgrade, target, written, mode, asks: false, application };
    let ran = work.go(&course, call.of(&arguments.change))?;
    Ok(answer(Verb::Run, ran, chain))
}

/// What a run has done, and what it found besides.
pub(super) fn answer(verb: Verb, ran: wire::Ran, chain: &Chain) -> Answer {
    let edited = ran.edited.iter().map(|edited| Note { message: edited.text.clone(), help: None });
    let notes = edited.chain(chain.empty_note()).chain(chain.policy().map(Note::from)).collect();
    Answer { notes, ..Answer::from(Data::Ran(Ran::new(verb, ran))) }
}
