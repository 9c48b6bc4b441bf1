//! Setup for the command line. This file is compiled only into the tests of the crate, where every model of this crate is.

/// Sets up logging, the variables of a `.env` file, and so on, and names the models: `()` is all that have registered
/// themselves.
pub fn env() {}
