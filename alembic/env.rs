//! Setup for the command line. This file is compiled only into the tests of a crate that embeds this history.

/// Sets up logging, the variables of a `.env` file, and so on.
pub fn env() {}
