//! `upgrade`: applies revisions.

use crate::answer::{Answer, Data, Live, Note, Ran, Verb};
use crate::arguments::{Transaction, Upgrade};
use crate::chain::Chain;
use crate::database::{Missing, Work, target};
use crate::failure::Failure;
use servicekit::{Report, TransactionMode};

pub(super) fn run(arguments: &Upgrade, chain: &Chain, live: &Live) -> Result<Answer, Failure> {
    let target = target(std::slice::from_ref(&arguments.target), chain)?;
    let work = Work::begin(chain, &arguments.change.connection, Missing::Create)?;
    let mode = match arguments.transaction {
        Transaction::PerRevision => TransactionMode::PerRevision,
        Transaction::PerRun => TransactionMode::PerRun,
    };
    let migrator = work.migrator(&arguments.change, live).transaction(mode);
    work.look_ahead(live, migrator.plan(work.database(), target.clone()))?;
    let (report, _) =
        work.run(live, migrator, async |migrator, database| migrator.upgrade_to(database, target).await)?;
    Ok(answer(Verb::Run, &report, chain))
}

/// What a run has done, and what it found besides.
pub(super) fn answer(verb: Verb, report: &Report, chain: &Chain) -> Answer {
    let edited = report.edited.iter().map(|edited| Note { message: edited.to_string(), help: None });
    let notes = edited.chain(chain.policy().map(Note::from)).collect();
    Answer { notes, ..Answer::from(Data::Ran(Ran::new(verb, report))) }
}
