//! A run that failed, as the command line tells it.

use super::{exit, list_of_names, unresolved};
use crate::answer::HalfDone;
use crate::chain::Chain;
use servicekit::worker::wire::{Detail, ErrorFacts};
use servicekit::{Error, Status};
use servicekit_chain::PlanError;
use std::fmt::Write as _;

/// A run that failed, in the words of the command line; wherever it ran.
#[derive(Debug)]
pub(crate) struct Run {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) state: Option<String>,
    pub(super) help: Option<String>,
    pub(super) facts: ErrorFacts,
}

impl Run {
    /// An error of this process.
    pub(super) fn new(error: &Error, status: Option<Status>, chain: &Chain) -> Self {
        let facts = ErrorFacts::from(error);
        match error {
            Error::Plan { source, .. } => {
                let code = unresolved::plan_code(source).to_owned();
                let run = Self::of_facts(facts, status, chain);
                let help = help_for_plan(source, chain).or(run.help);
                Self { code, help, ..run }
            }
            error => {
                let run = Self::of_facts(facts, status, chain);
                Self { help: help_here(error).map(str::to_owned).or(run.help), ..run }
            }
        }
    }

    /// An error of the application.
    pub(super) fn of_facts(facts: ErrorFacts, status: Option<Status>, chain: &Chain) -> Self {
        let (message, state, help) = parts(&facts.text);
        let state = match status.and_then(|status| status.half_done) {
            Some(half_done) => {
                let half_done = HalfDone::new(&half_done, chain.describe(&half_done.revision), String::new());
                state.map(|state| format!("{state}, and {half_done}"))
            }
            None => state,
        };
        let message = own_message(&facts, chain).unwrap_or(message);
        let help = own_help(&facts, chain).or(help.map(|help| by_options(&help)));
        Self { code: facts.code.clone(), message, state, help, facts }
    }

    pub(super) fn exit(&self) -> u8 {
        match (self.facts.code.as_str(), &self.facts.detail) {
            (_, Detail::Unreachable) => exit::UNREACHABLE,
            ("locked", _) => exit::LOCKED,
            ("statement_failed" | "work_failed", _) => exit::STATEMENT,
            ("in_doubt" | "edited_half_done" | "commit_unknown", _) => exit::IN_DOUBT,
            ("database_ahead" | "half_done_unknown", _) => exit::AHEAD,
            ("stopped", _) => exit::STOPPED,
            _ => exit::FAILURE,
        }
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
fn own_message(facts: &ErrorFacts, chain: &Chain) -> Option<String> {
    let folder = chain.versions();
    match &facts.detail {
        Detail::Unknown(rows) => {
            let are = if rows.len() == 1 { "is" } else { "are" };
            let mut text = format!(
                "the database is ahead of `{folder}`: it is at {}, which {are} not there",
                list_of_names(rows.iter().map(|row| &row.revision), "and")
            );
            for row in rows {
                if let (Some(at), Some(application)) = (&row.applied_at, &row.application) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\nnote: `{}` was applied on {at} by {application}", row.revision);
                }
            }
            Some(text)
        }
        Detail::HalfDoneUnknown { revision, direction, application } => {
            let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            Some(format!(
                "the {direction} of `{revision}`, which is not in `{folder}`, was begun{by} and is half done"
            ))
        }
        _ => None,
    }
}

fn own_help(facts: &ErrorFacts, chain: &Chain) -> Option<String> {
    let command = |command: &str| chain.location.command(command);
    let folder = chain.versions();
    Some(match (facts.code.as_str(), &facts.detail) {
        (_, Detail::Unknown(_)) if chain.empty_note().is_some() => {
            format!(
                "`{folder}` is empty: if the revisions are in another folder, name it with `--directory`; if they are of \
                 another history on the same database, give each a `version_table` of its own"
            )
        }
        (_, Detail::Unknown(_)) => format!(
            "bring its file into `{folder}`, as from the branch that has it; if it is of another history on the same \
             database, give each a `version_table` of its own"
        ),
        (_, Detail::HalfDoneUnknown { .. }) => {
            format!("bring its file into `{folder}`, or start the version of the application that began it")
        }
        (_, Detail::HeldByUnknown) => {
            "find out who writes to it (a transaction left open, a backup), or wait longer with `--lock-timeout`".to_owned()
        }
        ("in_doubt", _) => format!(
            "look whether it was done, then say so: `{}` or `{}`; the next run goes on from there",
            command("resolve done"),
            command("resolve not-done")
        ),
        ("statement_failed" | "work_failed", _) if facts.text.contains("`Migrator::resolve`") => format!(
            "look whether it has done a part of its work, undo that or do the rest by hand, and say so: `{}` or `{}`",
            command("resolve done"),
            command("resolve not-done")
        ),
        ("private_database", _) => "name a file: a database in memory ends with this command anyway".to_owned(),
        ("no_plan", _) if facts.text.contains("when this binary was built") => {
            format!("`{}` shows the revisions that there are", command("history"))
        }
        ("in_transaction", _) => {
            "find out what begins a transaction on every connection, as `init_connect` on the server or a pooler can, and name \
             a way to the server without it"
                .to_owned()
        }
        ("stopped", _) => "the same command goes on from there".to_owned(),
        _ => return None,
    })
}

/// A help of the runtime with the options of the command line instead of the settings of a program.
pub(super) fn by_options(help: &str) -> String {
    help.replace("raise the lock timeout", "wait longer with `--lock-timeout`")
        .replace("with a longer lock timeout", "with a longer `--lock-timeout`")
}

/// Where the runtime tells a program what to do, what a person can do here.
pub(super) fn help_here(error: &Error) -> Option<&'static str> {
    match error {
        Error::Database { source: servicekit::sqlx::Error::PoolTimedOut, .. } => Some(
            "no connection could be had in time: look whether the server is busy or full, then start again",
        ),
        _ => None,
    }
}

fn help_for_plan(error: &PlanError, chain: &Chain) -> Option<String> {
    let PlanError::WrongDirection { up, given } = error else { return None };
    let name = if *up { "upgrade" } else { "downgrade" };
    Some(format!("that is `{}`", chain.location.command(format_args!("{name} {given}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Common;
    use crate::chain::Location;

    #[test]
    fn no_help_is_given_that_only_a_program_could_follow() {
        let chain = Chain::read(Location::new(&Common::default()));
        let help = |code: &str, help: &str| {
            let text = format!("it failed\nhelp: {help}");
            let facts = ErrorFacts { code: code.to_owned(), text, rows: None, detail: Detail::None };
            Run::of_facts(facts, None, &chain).help.unwrap_or_default()
        };
        let pool = Error::Database {
            doing: servicekit::Phase::Begin,
            at: None,
            source: servicekit::sqlx::Error::PoolTimedOut,
        };
        insta::assert_snapshot!([
            help("statement_failed", "say so: `… resolve done` (`Migrator::resolve`)"),
            help("statement_failed", "mend the revision and start again"),
            help("private_database", &Error::PrivateDatabase.to_string()),
            help("in_transaction", "commit or roll back first, or hand in a pool"),
            help("statement_failed", "another session holds a lock on it: end it, or raise the lock timeout"),
            help("database_error", "start again, with a longer lock timeout if it is only slow"),
            help("in_doubt", "say so (`Migrator::resolve`)"),
            Run::new(&pool, None, &chain).help.unwrap_or_default(),
        ].join("\n"), @r"
        look whether it has done a part of its work, undo that or do the rest by hand, and say so: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`
        mend the revision and start again
        name a file: a database in memory ends with this command anyway
        find out what begins a transaction on every connection, as `init_connect` on the server or a pooler can, and name a way to the server without it
        another session holds a lock on it: end it, or wait longer with `--lock-timeout`
        start again, with a longer `--lock-timeout` if it is only slow
        look whether it was done, then say so: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`; the next run goes on from there
        no connection could be had in time: look whether the server is busy or full, then start again
        ");
    }

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
