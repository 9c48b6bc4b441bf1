//! `init`: sets a crate up.

use crate::answer::{Answer, Data};
use crate::arguments::{Common, Init};
use crate::chain::Location;
use crate::failure::Failure;
use crate::init;

pub(super) fn run(arguments: &Init, common: &Common) -> Result<Answer, Failure> {
    let directory = arguments.output.clone().unwrap_or_else(|| Location::new(common).directory);
    Ok(Data::Initialised(init::run(&directory, arguments.template)?).into())
}
