//! How the program ends.

use std::process::ExitCode;

/// The exit codes: see the README of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done, or nothing was to do.
    Success = 0,
    /// What was asked for cannot be done.
    Failure = 1,
    /// The arguments are wrong.
    Usage = 2,
    /// The folder cannot be read or its revisions form no sound chain.
    BrokenChain = 3,
    /// A revision, branch or target that was named does not exist or is ambiguous.
    Identifier = 4,
    /// The database cannot be reached.
    Unreachable = 5,
    /// Another session held the database for longer than the acquire timeout.
    Locked = 6,
    /// A statement of a revision failed.
    Statement = 7,
    /// What was started earlier has to be resolved by a person, or it is unknown whether it was done.
    InDoubt = 8,
    /// The database is ahead: it has revisions that are not in the folder.
    Ahead = 9,
    /// The run was stopped by a signal, between two stages.
    Stopped = 10,
    /// The program was ended by a second signal.
    Ended = 11,
    /// The application, which has the revisions in Rust, does not compile, or does not do its part.
    Application = 12,
    /// The database is not at head, and was to be.
    NotAtHead = 13,
    /// Two schemas differ, and were compared.
    Differs = 14,
    /// The application has no models, or those that it has do not fit together.
    Models = 15,
    /// It is not known whether something was renamed.
    OpenRename = 16,
    /// A revision would drop what nobody has allowed to be dropped.
    DropNotAllowed = 17,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
