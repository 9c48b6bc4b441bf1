//! What the steps of a plan will run: found before anything runs, without a database.

mod action;
pub(crate) mod check;
mod cut;
mod open_stage;
mod origin;
pub(crate) mod prepared;
pub(crate) mod preview;
mod recording;
mod stage;
pub(crate) mod statement;

pub(crate) use action::{LiveAction, RecordedRebuild, RecordedWork};
pub(crate) use check::Refused;
pub(crate) use cut::Cutter;
pub(crate) use open_stage::{OpenStage, StageState};
pub(crate) use origin::Origin;
pub(crate) use prepared::Prepared;
pub(crate) use preview::PlannedStep;
pub(crate) use recording::Recording;
pub(crate) use stage::{Stage, Stages, Work};
pub(crate) use statement::{Side, Statement};
