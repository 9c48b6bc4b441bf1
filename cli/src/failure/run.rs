//! A run that failed, as the command line tells it.

use super::list;
use crate::answer::HalfDone;
use crate::chain::Chain;
use servicekit::{Error, Heads, Status};
use servicekit_chain::PlanError;
use std::fmt::Write as _;

/// A run that failed, in the words of the command line.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) error: Error,
    pub(super) message: String,
    pub(super) state: Option<String>,
    pub(super) help: Option<String>,
}

impl Run {
    pub(super) fn new(error: Error, status: Option<Status>, chain: &Chain) -> Self {
        let (message, state, help) = parts(&error.to_string());
        let state = match status.and_then(|status| status.half_done) {
            Some(half_done) => {
                let half_done = HalfDone::new(&half_done, chain.describe(&half_done.revision), String::new());
                state.map(|state| format!("{state}, and {half_done}"))
            }
            None => state,
        };
        let message = own_message(&error, chain).unwrap_or(message);
        let help = own_help(&error, chain).or(help);
        Self { error, message, state, help }
    }
}

/// What an error of the runtime says: what happened, the state after `now:`, the way out after `help:`.
pub(super) fn parts(text: &str) -> (String, Option<String>, Option<String>) {
    let cut = |text: &str, at: &str| match text.rsplit_once(at) {
        Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
        None => (text.to_owned(), None),
    };
    let (text, help) = cut(text, "\nhelp: ");
    let (message, state) = cut(&text, "\nnow: ");
    (message, state, help)
}

/// The runtime speaks of the binary that the history is compiled into; here it is a folder.
fn own_message(error: &Error, chain: &Chain) -> Option<String> {
    let folder = chain.versions();
    match error {
        Error::Ahead { unknown, .. } => {
            let ids: Vec<String> = unknown.iter().map(|row| format!("`{}`", row.revision)).collect();
            let are = if ids.len() == 1 { "is" } else { "are" };
            let mut text = format!(
                "the database is ahead of `{folder}`: it is at {}, which {are} not there",
                list(&ids, "and")
            );
            for row in unknown {
                if let (Some(at), Some(application)) = (&row.applied_at, &row.application) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\nnote: `{}` was applied on {at} by {application}", row.revision);
                }
            }
            Some(text)
        }
        Error::HalfDoneUnknown { revision, direction, application, .. } => {
            let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            Some(format!(
                "the {direction} of `{revision}`, which is not in `{folder}`, was begun{by} and is half done"
            ))
        }
        _ => None,
    }
}

fn own_help(error: &Error, chain: &Chain) -> Option<String> {
    let command = |command: &str| chain.location.command(command);
    let folder = chain.versions();
    Some(match error {
        Error::Ahead { .. } => format!(
            "bring its file into `{folder}`, as from the branch that has it; if it is of another history on the same \
             database, give each a `version_table` of its own"
        ),
        Error::HalfDoneUnknown { .. } => {
            format!("bring its file into `{folder}`, or start the version of the application that began it")
        }
        Error::Plan { source: PlanError::WrongDirection { up, given }, .. } => {
            let name = if *up { "upgrade" } else { "downgrade" };
            format!("that is `{}`", command(&format!("{name} {given}")))
        }
        Error::InDoubt { .. } => format!(
            "look whether it was done, then say so: `{}` or `{}`; the next run goes on from there",
            command("resolve done"),
            command("resolve not-done")
        ),
        Error::Locked { holder: None, .. } => {
            "find out who writes to it (a transaction left open, a backup), or wait longer with `--lock-timeout`".to_owned()
        }
        Error::Stopped { .. } => "the same command goes on from there".to_owned(),
        _ => return None,
    })
}

/// The version rows that an error tells of.
pub(super) fn rows(error: &Error) -> Option<&Heads> {
    match error {
        Error::Ahead { at, .. }
        | Error::Plan { at, .. }
        | Error::NoDowngrade { at, .. }
        | Error::NoSection { at, .. }
        | Error::Pooler { at, .. }
        | Error::HalfDoneUnknown { at, .. }
        | Error::NothingInDoubt { at }
        | Error::RowsChanged { at, .. }
        | Error::TransactionEnded { at, .. } => Some(at),
        Error::Statement(failure) => Some(&failure.at),
        Error::Work(failure) => Some(&failure.at),
        Error::Locked { at, .. }
        | Error::LockLost { at }
        | Error::Database { at, .. }
        | Error::Stopped { at } => at.as_ref(),
        Error::Moved { found, .. } => Some(found),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_at_its_last_words() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            parts("failed\n  | help: no\nnow: before\nnow: at a\nhelp: mend it"),
            ("failed\n  | help: no\nnow: before".to_owned(), some("at a"), some("mend it"))
        );
        assert_eq!(parts("only this"), ("only this".to_owned(), None, None));
    }
}
