//! An error of the runtime, in the words of the command line.

use crate::failure::{DatabaseFailure, Exit, Failure, FailureReport, RunFailure, list_of_names, plan_code};
use crate::output::{PartiallyApplied, ids};
use crate::project::Project;
use servicekit::worker::wire::{Category, Detail, ErrorFacts};
use servicekit::{Error, ErrorKind, Status};
use servicekit_chain::PlanError;
use servicekit_chain::diagnostic::Diagnostic;

/// A run of this process that failed; `status` is where the database is, when that was looked up afterwards.
pub(crate) fn run_failure(error: &Error, status: Option<Status>, project: &Project) -> Failure {
    let mut failure = describe(ErrorFacts::from(error), status, project);
    if let ErrorKind::Plan { source, .. } = error.kind() {
        let diagnostic = &mut failure.report.diagnostic;
        diagnostic.code = plan_code(source).into();
        diagnostic.help = help_for_plan(source, project).or(diagnostic.help.take());
    }
    DatabaseFailure::Run(Box::new(failure)).into()
}

/// The same of a run of the application.
pub(crate) fn run_failure_in_application(
    facts: ErrorFacts,
    status: Option<Status>,
    project: &Project,
) -> Failure {
    DatabaseFailure::Run(Box::new(describe(facts, status, project))).into()
}

/// A replay that failed, wherever it ran. Where the scratch database was then is nothing to go on from.
pub(super) fn replay_failure(facts: ErrorFacts, project: &Project) -> Failure {
    let (is_stopped, ran_nothing) = (facts.category == Category::Stopped, facts.ran_nothing);
    let mut failure = describe(ErrorFacts { heads: None, ..facts }, None, project);
    let diagnostic = &mut failure.report.diagnostic;
    if is_stopped {
        "the replay was stopped before its end".clone_into(&mut diagnostic.message);
        diagnostic.help = Some("start it again: it begins with an empty database".to_owned());
    }
    let state = if ran_nothing {
        "nothing was run"
    } else {
        "the replay has ended; the database itself was only read"
    };
    diagnostic.state = Some(state.to_owned());
    DatabaseFailure::Run(Box::new(failure)).into()
}

/// A database that the runtime could not open.
pub(super) fn connect_failure(database: String, error: &Error) -> DatabaseFailure {
    let ErrorFacts { diagnostic, category, .. } = ErrorFacts::from(error);
    let help = own_help_for_a_pool(category).or(diagnostic.help.map(|help| with_options(&help)));
    DatabaseFailure::Connect { database, reason: Diagnostic { state: None, help, ..diagnostic } }
}

/// An error of any process.
fn describe(facts: ErrorFacts, status: Option<Status>, project: &Project) -> RunFailure {
    let ErrorFacts { category, mut diagnostic, heads, ran_nothing: _, detail } = facts;
    if let Some(message) = own_message(&detail, project) {
        diagnostic.message = message;
    }
    if let Some(partial) = status.and_then(|status| status.partial) {
        let described = project.describe(&partial.revision);
        let partial = PartiallyApplied { partial, described, help: String::new() };
        diagnostic.state = diagnostic.state.map(|state| format!("{state}, and {partial}"));
    }
    let help = own_help(category, &detail, project);
    diagnostic.help = help.or(diagnostic.help.map(|help| with_options(&help)));
    let answer = match detail {
        Detail::Statement { answer } => Some(answer),
        _ => None,
    };
    let report = FailureReport { diagnostic, exit: exit(category) };
    RunFailure { report, heads: heads.as_ref().map(ids), answer }
}

/// The runtime speaks of the binary that the history is compiled into; here it is a folder.
fn own_message(detail: &Detail, project: &Project) -> Option<String> {
    let folder = project.versions();
    match detail {
        Detail::Unknown(rows) => {
            let do_not = if rows.len() == 1 { "does not" } else { "do not" };
            let rows = list_of_names(rows, "and");
            Some(format!("the database is ahead of `{folder}`: it is at {rows}, which {do_not} exist there"))
        }
        Detail::PartialUnknown { revision, direction, application } => {
            let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            Some(format!(
                "the {direction} of `{revision}`, which is not in `{folder}`, was started{by} and is partially applied"
            ))
        }
        _ => None,
    }
}

fn own_help(category: Category, detail: &Detail, project: &Project) -> Option<String> {
    let command = |command: &str| project.location.command(command);
    let folder = project.versions();
    Some(match (category, detail) {
        (_, Detail::Unknown(_)) if project.empty_note().is_some() => {
            format!(
                "`{folder}` is empty: if the revisions are in another folder, name it with `--directory`; if they are of \
                 another history on the same database, give each a `version_table` of its own"
            )
        }
        (_, Detail::Unknown(_)) => format!(
            "add its file to `{folder}`, as from the branch that has it; if it is of another history on the same \
             database, give each a `version_table` of its own"
        ),
        (_, Detail::PartialUnknown { .. }) => {
            format!("add its file to `{folder}`, or run the version of the application that started it")
        }
        (_, Detail::HeldByUnknown) => {
            "find out who writes to it (a transaction left open, a backup), or wait longer with `--acquire-timeout`".to_owned()
        }
        (Category::InDoubt, _) => format!(
            "check whether it was done, then record it: `{}` or `{}`; the next run continues from there",
            command("resolve done"),
            command("resolve not-done")
        ),
        (Category::Unresolved, _) => format!(
            "check whether it has done a part of its work, undo that or do the rest by hand, and record it: `{}` or `{}`",
            command("resolve done"),
            command("resolve not-done")
        ),
        (Category::PrivateDatabase, _) => "name a file: a database in memory ends with this command anyway".to_owned(),
        (Category::UnknownTarget, _) => {
            format!("`{}` shows the revisions that there are", command("history"))
        }
        (Category::InTransaction, _) => {
            "find out what begins a transaction on every connection, as `init_connect` on the server or a pooler can, and use \
             an address of the server without it"
                .to_owned()
        }
        (Category::PoolTimedOut, _) => return own_help_for_a_pool(category),
        (Category::Stopped, _) => "the same command continues from there".to_owned(),
        _ => return None,
    })
}

/// A help of the runtime with the options of the command line instead of the settings of a program.
fn with_options(help: &str) -> String {
    help.replace("raise the acquire timeout", "wait longer with `--acquire-timeout`")
        .replace("with a longer acquire timeout", "with a longer `--acquire-timeout`")
}

/// Where the runtime tells a program what to do, what a person can do here.
fn own_help_for_a_pool(category: Category) -> Option<String> {
    let help =
        "no connection was available in time: check whether the server is busy or full, then start again";
    (category == Category::PoolTimedOut).then(|| help.to_owned())
}

fn exit(category: Category) -> Exit {
    match category {
        // A pool only gives up waiting for a connection that could not be opened, or was not given back.
        Category::Unreachable | Category::PoolTimedOut => Exit::Unreachable,
        Category::Locked => Exit::Locked,
        Category::Statement | Category::Unresolved => Exit::Statement,
        Category::InDoubt | Category::Unsettled => Exit::InDoubt,
        Category::Ahead => Exit::Ahead,
        Category::Stopped => Exit::Stopped,
        Category::LockLost
        | Category::PrivateDatabase
        | Category::InTransaction
        | Category::NoPlan
        | Category::UnknownTarget
        | Category::InvalidUrl
        | Category::Other => Exit::Failure,
    }
}

fn help_for_plan(error: &PlanError, project: &Project) -> Option<String> {
    let PlanError::WrongDirection { up, given } = error else { return None };
    let name = if *up { "upgrade" } else { "downgrade" };
    Some(format!("that is `{}`", project.location.command(format_args!("{name} {given}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::CommonArgs;

    #[test]
    fn no_help_is_given_that_only_a_program_could_follow() {
        let project = Project::read(&CommonArgs::default());
        let help = |category: Category, help: &str| {
            let diagnostic = Diagnostic::new("", "it failed").help(help);
            let facts =
                ErrorFacts { category, diagnostic, heads: None, ran_nothing: false, detail: Detail::None };
            describe(facts, None, &project).report.diagnostic.help.unwrap_or_default()
        };
        insta::assert_snapshot!([
            help(Category::Unresolved, "say so: `… resolve done` (`Migrator::resolve`)"),
            help(Category::Statement, "fix the revision and start again"),
            help(Category::PrivateDatabase, "open it as `sqlite::memory:`"),
            help(Category::InTransaction, "commit or roll back first, or pass a pool"),
            help(Category::Statement, "another session holds a lock on it: end it, or raise the acquire timeout"),
            help(Category::Other, "start again, with a longer acquire timeout if it is only slow"),
            help(Category::InDoubt, "say so (`Migrator::resolve`)"),
            help(Category::PoolTimedOut, "give connections back"),
        ].join("\n"), @r"
        check whether it has done a part of its work, undo that or do the rest by hand, and record it: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`
        fix the revision and start again
        name a file: a database in memory ends with this command anyway
        find out what begins a transaction on every connection, as `init_connect` on the server or a pooler can, and use an address of the server without it
        another session holds a lock on it: end it, or wait longer with `--acquire-timeout`
        start again, with a longer `--acquire-timeout` if it is only slow
        check whether it was done, then record it: `servicekit migrations resolve done` or `servicekit migrations resolve not-done`; the next run continues from there
        no connection was available in time: check whether the server is busy or full, then start again
        ");
    }

    #[test]
    fn a_pool_that_gave_up_is_a_database_that_was_not_reached() {
        assert_eq!(exit(Category::PoolTimedOut), exit(Category::Unreachable));
    }
}
