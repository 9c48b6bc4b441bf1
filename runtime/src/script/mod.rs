//! What the steps of a plan will run: found before anything runs, without a database.

pub(crate) mod action;
pub(crate) mod check;
pub(crate) mod cut;
pub(crate) mod open_stage;
pub(crate) mod origin;
pub(crate) mod prepared;
pub(crate) mod preview;
pub(crate) mod stage;
pub(crate) mod statement;
