//! What an error says to a person: what happened, what state things are in now, and what to do.

#[cfg(feature = "introspection")]
use crate::error::ScratchError;
use crate::error::foreign_keys::describe;
use crate::error::phase::after;
use crate::error::{ErrorKind, UnknownRevision, error_message, located, notes};
use servicekit_chain::diagnostic::{Diagnostic, NoteLine, PlaceLabel, Position};
use servicekit_chain::{Heads, PlanError, ResolveError, RevisionId};
use std::fmt;

/// About a table of the runner's own that is not as the runner left it.
pub(crate) const KEPT_BY_THE_RUNNER: &str =
    "only the runner may change its tables: look for other changes of them, in the revision or in a trigger";

/// What happened, with its places and notes.
pub(super) fn diagnostic(kind: &ErrorKind) -> Diagnostic {
    let plain = Diagnostic::new(kind.code(), message(kind));
    match kind {
        ErrorKind::Refused(refusal) => refusal.diagnostic(),
        ErrorKind::Operation(unsupported) => unsupported.diagnostic(),
        ErrorKind::Statement(failure) => failure.diagnostic(),
        ErrorKind::Work(failure) => failure.diagnostic(),
        ErrorKind::Database(error) => error.diagnostic(),
        ErrorKind::Ahead { unknown, .. } => plain.notes(unknown.iter().filter_map(UnknownRevision::note)),
        ErrorKind::CommitUnknown { source, .. } => plain.notes(notes(source)),
        ErrorKind::InDoubt { path, statement, found, .. } => plain
            .labels([PlaceLabel::elsewhere(path, statement, Position::Unknown)])
            .notes([NoteLine::new("found", found)]),
        ErrorKind::PartialEdited { path, .. } => {
            plain.labels([PlaceLabel::elsewhere(path, "", Position::Unknown)])
        }
        _ => plain,
    }
}

/// What happened, in words alone; nothing for what describes itself.
#[allow(clippy::too_many_lines, reason = "an arm for each error")]
fn message(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Ahead { unknown, .. } => {
            let ids = join(unknown.iter().map(|row| format!("`{}`", row.revision)));
            format!(
                "the database is ahead of this binary: it is at {ids}, which this binary does not contain"
            )
        }
        ErrorKind::Target(source) => source.to_string(),
        ErrorKind::Plan { source, .. } => source.to_string(),
        ErrorKind::Chain(errors) => {
            format!("the embedded revisions do not form a chain: {}", join(errors.iter()))
        }
        ErrorKind::File(problems) => {
            let messages: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
            messages.join("\n")
        }
        ErrorKind::NoDowngrade { revision, path, .. } => {
            format!("revision `{revision}` cannot be reverted: `{path}` has no downgrade")
        }
        ErrorKind::NeedsApplication { revision, path, .. } => {
            format!(
                "revision `{revision}` cannot be run here: `{path}` is Rust, which is compiled into the application"
            )
        }
        ErrorKind::NoSection { revision, path, direction, dialect, .. } => format!(
            "revision `{revision}` cannot run on {dialect}: `{path}` has no {direction} section for it"
        ),
        ErrorKind::Refused(_)
        | ErrorKind::Operation(_)
        | ErrorKind::Statement(_)
        | ErrorKind::Work(_)
        | ErrorKind::Database(_) => String::new(),
        ErrorKind::ForeignKeys { revision, violations, .. } => {
            let what = revision_or(revision.as_ref(), "the run");
            format!("{what} leaves rows that violate a foreign key: {}", describe(violations))
        }
        ErrorKind::Locked { waited, holder, .. } => {
            let waited = waited.as_secs_f64();
            match holder {
                Some(holder) => format!("another run held the database for {waited:.1} s: {holder}"),
                None => format!("another session held the database for {waited:.1} s"),
            }
        }
        #[cfg(feature = "introspection")]
        ErrorKind::Introspection(error) => error.to_string(),
        #[cfg(feature = "introspection")]
        ErrorKind::Scratch(error) => error.to_string(),
        ErrorKind::LockLost => "this run has lost its lock, so another run may be active".to_owned(),
        ErrorKind::CommitUnknown { revision, source } => {
            let what = revision_or(revision.as_ref(), "the run");
            format!("the connection was lost while {what} was committed: {}", error_message(source))
        }
        ErrorKind::Pooler { revision, .. } => format!(
            "revision `{revision}` has a stage outside a transaction, and there is a pooler between this run and the \
             server: other clients would share the session and its lock"
        ),
        ErrorKind::UnsupportedEngine { engine } => {
            format!("this is {engine}, which has no lock that excludes other runs")
        }
        ErrorKind::ReadOnly { cause, .. } => cause.message(),
        ErrorKind::InDoubt { stage, .. } => {
            format!("{stage} is in doubt: it was started on {}", stage.started_at)
        }
        ErrorKind::PartialEdited { stage, .. } => {
            format!("{stage} was done on {}, but the file was edited afterwards", stage.started_at)
        }
        ErrorKind::PartialUnknown { revision, direction, application, .. } => {
            let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
            format!(
                "the {direction} of revision `{revision}` was started{by} and is partially applied, but this binary cannot continue it"
            )
        }
        ErrorKind::NothingInDoubt => "no stage is in doubt".to_owned(),
        ErrorKind::NotAtHead { pending, waited, .. } => {
            let ids = join(pending.iter().map(|id| format!("`{id}`")));
            let waited = waited
                .map(|waited| format!(", after a wait of {:.1} s", waited.as_secs_f64()))
                .unwrap_or_default();
            let what = if pending.is_empty() { String::new() } else { format!(": {ids} pending") };
            format!("Target database is not up to date{waited}{what}")
        }
        ErrorKind::CorruptVersionTable { table, reason } => {
            format!("the version table `{table}` is not valid: {reason}")
        }
        ErrorKind::RowsChanged { revision, expected, found, .. } => format!(
            "the version rows should be {expected}{}, and they were {found}",
            after(revision.as_ref())
        ),
        ErrorKind::TransactionEnded { revision, .. } => {
            let what = revision_or(revision.as_ref(), "a revision");
            format!("{what} ended the transaction that it runs in")
        }
        ErrorKind::Moved { expected, found } => format!(
            "another process changed the version rows during this run: they were {expected}, and now they are {found}"
        ),
        ErrorKind::InTransaction => {
            "the connection is inside a transaction, but a run needs its own transactions".to_owned()
        }
        ErrorKind::PrivateDatabase => {
            "each connection of the pool has its own database in memory, which other connections cannot see"
                .to_owned()
        }
        ErrorKind::Stale { folder, added, removed } => stale(folder, added, removed),
        ErrorKind::Stopped => "the run was stopped before its end".to_owned(),
        ErrorKind::Url { scheme, reason } if scheme.is_empty() => {
            format!("the URL names no database that can be opened: {reason}")
        }
        ErrorKind::Url { scheme, reason } => {
            format!("the URL `{scheme}:…` names no database that can be opened: {reason}")
        }
        #[cfg(feature = "sqlite")]
        ErrorKind::JournalMode { file, mode, .. } => match mode {
            Some(mode) => {
                format!("the file `{}` cannot be in WAL mode: it keeps the mode `{mode}`", file.display())
            }
            None => {
                format!("the file `{}` could not be put into WAL mode: it is in use", file.display())
            }
        },
        ErrorKind::NotInitialised => "the database is not open".to_owned(),
        ErrorKind::RecordedElsewhere(recorded) => recorded.to_string(),
        ErrorKind::UrlRefused { scheme, source } => format!("the URL `{scheme}:…` {source}"),
        ErrorKind::ServerTooOld(old) => old.to_string(),
        ErrorKind::Setting(setting) => setting.message().to_owned(),
        ErrorKind::NoTransactions { table, engine } => {
            format!("the table `{table}` has the storage engine {engine}, which has no transactions")
        }
        ErrorKind::NameTooLong { setting, name, limit, dialect } => {
            format!("`{setting}` is too long for {dialect}: {}", limit.exceeded(name))
        }
    }
}

/// Whether it was found before anything ran.
pub(super) fn ran_nothing(kind: &ErrorKind, at: Option<&Heads>) -> bool {
    match kind {
        ErrorKind::Plan { .. }
        | ErrorKind::NoDowngrade { .. }
        | ErrorKind::NeedsApplication { .. }
        | ErrorKind::NoSection { .. }
        | ErrorKind::Pooler { .. }
        | ErrorKind::ReadOnly { .. }
        | ErrorKind::NotAtHead { .. }
        | ErrorKind::InTransaction
        | ErrorKind::UnsupportedEngine { .. }
        | ErrorKind::RecordedElsewhere(_)
        | ErrorKind::ServerTooOld(_)
        | ErrorKind::Setting(_)
        | ErrorKind::NoTransactions { .. }
        | ErrorKind::NameTooLong { .. } => true,
        ErrorKind::Database(error) => error.ran_nothing(at),
        ErrorKind::Refused(error) => !error.rolled_back,
        ErrorKind::Operation(error) => !error.rolled_back,
        #[cfg(feature = "introspection")]
        ErrorKind::Scratch(error) => !matches!(error, ScratchError::NotEmptied { .. }),
        _ => false,
    }
}

/// The state that things are in now.
pub(super) fn state(kind: &ErrorKind, at: Option<&Heads>) -> Option<String> {
    let only_known = |state: &str| at.map(|at| format!("{state}; the database is at {at}"));
    if ran_nothing(kind, at) {
        return Some(located("nothing was run", at));
    }
    Some(match kind {
        // Also when a newer binary went ahead in the middle of a run.
        ErrorKind::Ahead { .. } => located("nothing more is run", at),
        ErrorKind::LockLost => return only_known("nothing more is run"),
        ErrorKind::CommitUnknown { .. } => "whether it was committed is not known yet".to_owned(),
        ErrorKind::InDoubt { .. } | ErrorKind::PartialEdited { .. } => {
            "nothing was run; the revision is partially applied".to_owned()
        }
        ErrorKind::PartialUnknown { .. } => {
            located("nothing was run", at) + ", with that revision partially applied"
        }
        ErrorKind::NothingInDoubt => located("nothing was changed", at),
        ErrorKind::Database(error) => return error.state(at),
        ErrorKind::Locked { .. } => return only_known("what was not committed has been rolled back"),
        ErrorKind::Stopped => return at.map(|at| format!("the database is at {at}")),
        ErrorKind::CorruptVersionTable { .. } => "nothing was changed".to_owned(),
        ErrorKind::RowsChanged { .. }
        | ErrorKind::ForeignKeys { .. }
        | ErrorKind::Refused(_)
        | ErrorKind::Operation(_) => located("the transaction was rolled back", at),
        ErrorKind::TransactionEnded { .. } => located("a part of the revision may have been committed", at),
        ErrorKind::Moved { .. } => "nothing was rolled back".to_owned(),
        #[cfg(feature = "sqlite")]
        ErrorKind::JournalMode { .. } => "nothing was changed".to_owned(),
        ErrorKind::PrivateDatabase => "one connection was migrated, and only that one".to_owned(),
        ErrorKind::Statement(error) => error.state(at),
        ErrorKind::Work(error) => error.state(at),
        _ => return None,
    })
}

/// What to do about it.
#[allow(clippy::too_many_lines, reason = "an arm for each error")]
pub(super) fn help(kind: &ErrorKind) -> Option<String> {
    let help = match kind {
        ErrorKind::Ahead { folder, .. } => {
            return Some(format!(
                "start the version of the application that contains it, or add its file to `{folder}/versions` and \
                 rebuild; if it belongs to another history on the same database, give each history its own \
                 `version_table`"
            ));
        }
        ErrorKind::Plan { folder, source, .. } if is_unknown(source) => {
            return Some(format!(
                "`{folder}/versions` had no such revision when this binary was built; rebuild if it has one now"
            ));
        }
        ErrorKind::NoDowngrade { .. } => "write its downgrade, or restore a backup",
        ErrorKind::NeedsApplication { .. } => "start the application, which runs it",
        ErrorKind::NoSection { direction, dialect, .. } => {
            return Some(format!(
                "add a section `-- +{direction} {dialect}`, or one without a database, for all databases"
            ));
        }
        ErrorKind::Locked { holder: Some(_), .. } => "wait for it, or end that session, and start again",
        ErrorKind::Locked { .. } => {
            "find the session that writes to it (an open transaction, a backup), or raise the acquire timeout"
        }
        #[cfg(feature = "introspection")]
        ErrorKind::Introspection(error) => return Some(error.help()),
        #[cfg(feature = "introspection")]
        ErrorKind::Scratch(error) => error.help(),
        ErrorKind::LockLost => "start again: the next run continues from there",
        ErrorKind::CommitUnknown { .. } => {
            "start again when the database can be reached: the run finds out, and continues from there"
        }
        ErrorKind::Pooler { .. } => "use a URL of the server itself",
        ErrorKind::ReadOnly { cause, .. } => return Some(cause.help()),
        ErrorKind::UnsupportedEngine { .. } => "run the revisions on one server of a supported engine",
        ErrorKind::InDoubt { .. } => {
            "check whether it was done, then run `servicekit migrations resolve done` or `… resolve not-done` \
             (`Migrator::resolve`), and start again"
        }
        ErrorKind::PartialEdited { .. } => {
            "restore the file, let the run finish the revision, and make the change in a new one; or finish by hand \
             and `stamp`"
        }
        ErrorKind::PartialUnknown { folder, .. } => {
            return Some(format!(
                "start the version of the application that started it, or add its file to `{folder}/versions` and \
                 rebuild"
            ));
        }
        ErrorKind::NothingInDoubt => "only a stage that was started and not finished can be resolved",
        ErrorKind::NotAtHead { .. } => {
            "apply the pending revisions with `servicekit migrations upgrade head`, or start with the policy that applies them"
        }
        ErrorKind::Database(error) => return error.help.map(str::to_owned),
        ErrorKind::CorruptVersionTable { .. } => {
            "fix the table by hand: it has one text `version_num` for each applied head"
        }
        ErrorKind::RowsChanged { .. } => KEPT_BY_THE_RUNNER,
        ErrorKind::ForeignKeys { .. } => {
            "while a table is rebuilt foreign keys are off, so `ON DELETE` and `ON UPDATE` do nothing: delete or fix those \
             rows in the revision, or in one before it"
        }
        ErrorKind::TransactionEnded { .. } => {
            "remove the statement that commits or rolls back, and revert by hand what was committed"
        }
        ErrorKind::Moved { .. } => "find out what else changes the version table, then start again",
        ErrorKind::InTransaction => "commit or roll back first, or pass a pool",
        ErrorKind::PrivateDatabase => {
            "open it as `sqlite::memory:`, which is shared, use `SqliteDatabaseBuilder::in_memory`, or allow only \
             one connection"
        }
        ErrorKind::Stale { folder, .. } => {
            return Some(format!(
                "rebuild; add this line to build.rs, so that cargo notices new files: \
                 println!(\"cargo::rerun-if-changed={folder}/versions\");"
            ));
        }
        ErrorKind::Stopped => "the next start continues from there",
        ErrorKind::Url { .. } => {
            "fix the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`"
        }
        #[cfg(feature = "sqlite")]
        ErrorKind::JournalMode { mode: Some(_), .. } => {
            "WAL needs memory that processes share, which network file systems do not have: leave out `with_wal`, or move \
             the file to a local disk"
        }
        #[cfg(feature = "sqlite")]
        ErrorKind::JournalMode { mode: None, .. } => {
            "the mode can only be changed while no other connection uses the file: stop the other programs until this one \
             has started, or leave out `with_wal`"
        }
        ErrorKind::NotInitialised => "call `init().await` first",
        ErrorKind::RecordedElsewhere(recorded) => return Some(recorded.help()),
        ErrorKind::UrlRefused { source, .. } => return Some(source.help()),
        ErrorKind::ServerTooOld(old) => return Some(old.help()),
        ErrorKind::Setting(setting) => setting.help(),
        ErrorKind::NoTransactions { table, .. } => {
            return Some(format!("while no run is active, run ALTER TABLE `{table}` ENGINE = InnoDB"));
        }
        ErrorKind::NameTooLong { setting, .. } => {
            return Some(format!("set a shorter `{setting}` in the configuration"));
        }
        ErrorKind::Refused(error) => error.help(),
        ErrorKind::Operation(error) => return error.source.help.clone(),
        ErrorKind::Statement(error) => error.help(),
        ErrorKind::Work(error) => error.help(),
        ErrorKind::Target(_) | ErrorKind::Plan { .. } | ErrorKind::Chain(_) | ErrorKind::File(_) => {
            return None;
        }
    };
    Some(help.to_owned())
}

impl UnknownRevision {
    /// Who has applied it, and when, where the journal has both.
    pub fn note(&self) -> Option<NoteLine> {
        let (at, application) = (self.applied_at.as_ref()?, self.application.as_ref()?);
        Some(NoteLine::new("note", format!("`{}` was applied on {at} by {application}", self.revision)))
    }
}

/// Whether a target names something that does not exist.
pub(crate) fn is_unknown(error: &PlanError) -> bool {
    matches!(error, PlanError::Resolve(ResolveError::Unknown { .. } | ResolveError::UnknownBranch { .. }))
}

fn stale(folder: &str, added: &[String], removed: &[String]) -> String {
    let mut reasons = Vec::new();
    if !added.is_empty() {
        let files = join(added.iter().map(|file| format!("`{file}`")));
        let verb = if added.len() == 1 { "is on disk but was" } else { "are on disk but were" };
        reasons.push(format!("{files} {verb} not compiled in"));
    }
    if !removed.is_empty() {
        let files = join(removed.iter().map(|file| format!("`{file}`")));
        let verb = if removed.len() == 1 { "was compiled in but is" } else { "were compiled in but are" };
        reasons.push(format!("{files} {verb} no longer on disk"));
    }
    format!("this binary is stale: in `{folder}`, {}", reasons.join(" and "))
}

fn revision_or(revision: Option<&RevisionId>, other: &str) -> String {
    revision.map_or_else(|| other.to_owned(), |id| format!("revision `{id}`"))
}

fn join(items: impl Iterator<Item = impl fmt::Display>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
