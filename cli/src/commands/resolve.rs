//! `resolve`: says what became of a step that is in doubt.

use super::Call;
use super::current::current;
use crate::answer::{Answer, Data, Resolved};
use crate::arguments::{Outcome, Resolve};
use crate::chain::Chain;
use crate::database::{Missing, Work};
use crate::failure::Failure;
use servicekit::{Resolution, Status};

pub(super) fn run(arguments: &Resolve, chain: &Chain, call: Call<'_>) -> Result<Answer, Failure> {
    let work = Work::begin(chain, call.common, Missing::Refuse)?;
    let step = step(&work.status()?, chain);
    let resolution = match arguments.outcome {
        Outcome::Done => Resolution::Done,
        Outcome::NotDone => Resolution::NotDone,
    };
    let (_, work) = work.note(call.of(&arguments.change), async |migrator, database| {
        migrator.resolve(database, resolution).await
    })?;
    let after = current(&work.status()?, chain, work.shown_url())?;
    let was_done = arguments.outcome == Outcome::Done;
    Ok(Data::Resolved(Box::new(Resolved { step, was_done, after })).into())
}

fn step(status: &Status, chain: &Chain) -> String {
    status.half_done.as_ref().map_or_else(
        || "the step".to_owned(),
        |half_done| {
            let (step, steps, direction) = (half_done.step, half_done.steps, half_done.direction);
            format!("step {step} of {steps} of the {direction} of {}", chain.describe(&half_done.revision))
        },
    )
}
