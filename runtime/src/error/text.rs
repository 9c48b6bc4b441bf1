//! What an error says to a person: what happened, what state things are in now, and what to do.

#[cfg(feature = "sqlite")]
use crate::backend::error_help::READ_NEEDS_WRITE;
use crate::backend::error_help::{DEFERRED_CONSTRAINT, KEPT_BY_THE_RUNNER, help_for, is_constraint};
#[cfg(feature = "sqlite")]
use crate::backend::sqlite;
use crate::backend::sqlite::foreign_keys::told;
use crate::error::phase::{Phase, after};
use crate::error::{Error, UnknownRevision, notes, said};
use servicekit_chain::{PlanError, ResolveError};
use std::fmt::{self, Write as _};

impl Error {
    /// What happened.
    #[allow(clippy::too_many_lines, reason = "an arm for each error")]
    fn message(&self) -> String {
        match self {
            Self::Ahead { unknown, .. } => ahead(unknown),
            Self::Target(source) => source.to_string(),
            Self::Plan { source, .. } => source.to_string(),
            Self::Chain(errors) => {
                format!("the embedded revisions do not form a chain: {}", join(errors.iter()))
            }
            Self::File(problems) => {
                let messages: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
                messages.join("\n")
            }
            Self::NoDowngrade { revision, path, .. } => {
                format!("revision `{revision}` cannot be reverted: `{path}` has no downgrade")
            }
            Self::NeedsApplication { revision, path, .. } => {
                format!("revision `{revision}` cannot be run here: `{path}` is Rust, which is compiled into the application")
            }
            Self::NoSection { revision, path, direction, dialect, .. } => format!(
                "revision `{revision}` cannot run on {dialect}: `{path}` has no {direction} section for it"
            ),
            Self::Refused(refusal) => refusal.to_string(),
            Self::Operation(unsupported) => unsupported.to_string(),
            Self::Statement(failure) => failure.to_string(),
            Self::Work(failure) => failure.to_string(),
            Self::ForeignKeys { revision, violations, .. } => {
                let what = revision.as_ref().map_or_else(|| "the run".to_owned(), |id| format!("revision `{id}`"));
                format!("{what} leaves rows that refer to nothing: {}", told(violations))
            }
            Self::Locked { waited, holder, .. } => {
                let waited = waited.as_secs_f64();
                match holder {
                    Some(holder) => format!("another run held the database for {waited:.1} s: {holder}"),
                    None => format!("somebody else held the database for {waited:.1} s"),
                }
            }
            Self::LockLost { .. } => {
                "the lock of this run is held no more, so another run may be at work".to_owned()
            }
            Self::CommitUnknown { revision, source } => {
                let what = revision.as_ref().map_or_else(|| "the run".to_owned(), |id| format!("revision `{id}`"));
                format!("the connection was lost while {what} was committed: {}{}", said(source), notes(source))
            }
            Self::Pooler { revision, .. } => format!(
                "revision `{revision}` has a step outside a transaction, and a pooler stands between this run and the server: \
                 it would give the session, and the lock that it holds, to others"
            ),
            Self::UnsupportedEngine { engine } => {
                format!("this is {engine}, which has no lock that one run could hold against another")
            }
            Self::ReadOnly { cause, .. } => cause.message(),
            Self::InDoubt { step, path, statement, found } => {
                let mut text = format!("{step} may or may not have been done: it was begun on {}\n --> {path}", step.started_at);
                for line in statement.lines() {
                    text += "\n  | ";
                    text += line;
                }
                format!("{text}\nfound: {found}")
            }
            Self::PartialEdited { step, path } => {
                format!("{step} was done, on {}, and the file says something else now\n --> {path}", step.started_at)
            }
            Self::PartialUnknown { revision, direction, application, .. } => {
                let by = application.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
                format!("the {direction} of revision `{revision}` was begun{by} and is half done, and this binary cannot go on with it")
            }
            Self::NothingInDoubt { .. } => "there is no step that is in doubt".to_owned(),
            Self::NotAtHead { pending, waited, .. } => {
                let ids = join(pending.iter().map(|id| format!("`{id}`")));
                let waited =
                    waited.map(|waited| format!(", after a wait of {:.1} s", waited.as_secs_f64())).unwrap_or_default();
                let what = if pending.is_empty() { String::new() } else { format!(": {ids} pending") };
                format!("Target database is not up to date{waited}{what}")
            }
            Self::Database { doing, source, .. } => format!("{doing}: {}{}", said(source), notes(source)),
            Self::CorruptVersionTable { table, reason } => {
                format!("the version table `{table}` is not what it should be: {reason}")
            }
            Self::RowsChanged { revision, expected, found, .. } => format!(
                "the version rows should be {expected}{}, and they were {found}",
                after(revision.as_ref())
            ),
            Self::TransactionEnded { revision, .. } => {
                let what = revision.as_ref().map_or_else(|| "a revision".to_owned(), |id| format!("revision `{id}`"));
                format!("{what} ended the transaction that it runs in")
            }
            Self::Moved { expected, found } => format!(
                "another process moved the database meanwhile: this run had left it at {expected}, and now \
                 it is at {found}"
            ),
            Self::InTransaction => {
                "the connection is inside a transaction, and a run needs transactions of its own".to_owned()
            }
            Self::PrivateDatabase => {
                "each connection of the pool has a database in memory of its own, which no other connection sees"
                    .to_owned()
            }
            Self::Stale { folder, added, removed } => stale(folder, added, removed),
            Self::Stopped { .. } => "the run was stopped before its end".to_owned(),
            Self::Url { scheme, reason } if scheme.is_empty() => {
                format!("the URL names no database that can be opened: {reason}")
            }
            Self::Url { scheme, reason } => format!("the URL `{scheme}:…` names no database that can be opened: {reason}"),
            Self::NotInitialised => "the database is not open".to_owned(),
            Self::RecordedElsewhere(recorded) => recorded.to_string(),
            Self::UrlRefused { scheme, source } => format!("the URL `{scheme}:…` {source}"),
            Self::ServerTooOld(old) => old.to_string(),
            Self::Setting(setting) => setting.message().to_owned(),
            Self::NoTransactions { table, engine } => {
                format!("the table `{table}` is of the storage engine {engine}, which cannot undo what a run has written to it")
            }
            Self::NameTooLong { setting, name, limit, dialect } => format!(
                "`{setting}` is too long for {dialect}: {}",
                limit.exceeded(name)
            ),
        }
    }

    /// The state that things are in now.
    fn state(&self) -> Option<String> {
        match self {
            Self::Plan { at, .. }
            | Self::NoDowngrade { at, .. }
            | Self::NeedsApplication { at, .. }
            | Self::NoSection { at, .. }
            | Self::Pooler { at, .. }
            | Self::ReadOnly { at, .. }
            | Self::NotAtHead { at, .. } => Some(format!("nothing was run; the database is at {at}")),
            // Also when a newer binary went ahead in the middle of a run.
            Self::Ahead { at, .. } => Some(format!("nothing more is run; the database is at {at}")),
            Self::LockLost { at } => {
                at.as_ref().map(|at| format!("nothing more is run; the database is at {at}"))
            }
            Self::CommitUnknown { .. } => Some("whether it was committed is not known yet".to_owned()),
            Self::InDoubt { .. } | Self::PartialEdited { .. } => {
                Some("nothing was run; the revision is half done".to_owned())
            }
            Self::PartialUnknown { at, .. } => {
                Some(format!("nothing was run; the database is at {at}, with that revision half done"))
            }
            Self::NothingInDoubt { at } => Some(format!("nothing was changed; the database is at {at}")),
            Self::Database { doing: Phase::Connect { .. }, at: None, .. } => None,
            Self::Database { at, .. } if self.is_lost_connection() => Some(match at {
                Some(at) => {
                    format!(
                        "what was not committed is undone by the server; the database was last seen at {at}"
                    )
                }
                None => "nothing was run".to_owned(),
            }),
            Self::Locked { at, .. } | Self::Database { at, .. } => at
                .as_ref()
                .map(|at| format!("what was not committed has been rolled back; the database is at {at}")),
            Self::Stopped { at: Some(at) } => Some(format!("the database is at {at}")),
            Self::CorruptVersionTable { .. } => Some("nothing was changed".to_owned()),
            Self::RowsChanged { at, .. } | Self::ForeignKeys { at, .. } => {
                Some(format!("the transaction was rolled back; the database is at {at}"))
            }
            Self::TransactionEnded { at, .. } => {
                Some(format!("a part of the revision may have been kept; the database is at {at}"))
            }
            Self::Moved { .. } => Some("nothing was undone".to_owned()),
            Self::InTransaction
            | Self::UnsupportedEngine { .. }
            | Self::RecordedElsewhere(_)
            | Self::ServerTooOld(_)
            | Self::Setting(_)
            | Self::NoTransactions { .. }
            | Self::NameTooLong { .. } => Some("nothing was run".to_owned()),
            Self::PrivateDatabase => Some("one connection was migrated, and only that one".to_owned()),
            _ => None,
        }
    }

    /// The way out.
    #[allow(clippy::too_many_lines, reason = "an arm for each error")]
    fn help(&self) -> Option<String> {
        let help = match self {
            Self::Ahead { folder, .. } => {
                return Some(format!(
                    "start the version of the application that has it, or bring its file into \
                     `{folder}/versions` and build again; if it is of another history on the same database, give \
                     each a `version_table` of its own"
                ));
            }
            Self::Plan { folder, source, .. } if is_unknown(source) => {
                return Some(format!(
                    "`{folder}/versions` had no such revision when this binary was built; build again if it has one \
                     now"
                ));
            }
            Self::NoDowngrade { .. } => "write its downgrade, or go back to a backup",
            Self::NeedsApplication { .. } => "start the application, which runs it",
            Self::NoSection { direction, dialect, .. } => {
                return Some(format!(
                    "add a section `-- +{direction} {dialect}`, or one without a database, which serves all"
                ));
            }
            Self::Locked { holder: Some(_), .. } => "wait for it, or end that session, and start again",
            Self::Locked { .. } => {
                "find out who writes to it (a transaction left open, a backup), or raise the lock timeout"
            }
            Self::LockLost { .. } => "start again: the next run goes on from there",
            Self::CommitUnknown { .. } => {
                "start again when the database can be reached: the run finds out, and goes on where it was"
            }
            Self::Pooler { .. } => "give the run a URL that leads to the server itself",
            Self::ReadOnly { cause, .. } => return Some(cause.help()),
            Self::UnsupportedEngine { .. } => "run the revisions on one server of a supported engine",
            Self::InDoubt { .. } => {
                "look whether it was done, then say so: `servicekit migrations resolve done` or `… resolve not-done` \
                 (`Migrator::resolve`), and start again"
            }
            Self::PartialEdited { .. } => {
                "bring back what the file said, let the run finish the revision, and put the change into a new one; or finish \
                 by hand and `stamp`"
            }
            Self::PartialUnknown { folder, .. } => {
                return Some(format!(
                    "start the version of the application that began it, or bring its file into `{folder}/versions` and \
                     build again"
                ));
            }
            Self::NothingInDoubt { .. } => "only a step that was begun and not ended can be resolved",
            Self::NotAtHead { .. } => {
                "apply what is pending with `servicekit migrations upgrade head`, or start with the policy that applies it"
            }
            #[cfg(feature = "sqlite")]
            Self::Database { doing: Phase::ReadVersion, source, .. }
                if sqlite::primary_code(source) == Some(8) =>
            {
                READ_NEEDS_WRITE
            }
            Self::Database {
                doing: Phase::WriteVersion { .. } | Phase::WriteJournal { .. }, source, ..
            } => help_for(source).unwrap_or(KEPT_BY_THE_RUNNER),
            Self::Database { doing: Phase::Commit { .. }, source, .. } if is_constraint(source) => {
                DEFERRED_CONSTRAINT
            }
            Self::Database { source, .. } => return help_for(source).map(str::to_owned),
            Self::CorruptVersionTable { .. } => {
                "mend the table by hand: it holds one text `version_num` for each head that is applied"
            }
            Self::RowsChanged { .. } => KEPT_BY_THE_RUNNER,
            Self::ForeignKeys { .. } => {
                "while a table is built anew foreign keys are off, so `ON DELETE` and `ON UPDATE` do nothing: delete or mend those \
                 rows in the revision, or in one before it"
            }
            Self::TransactionEnded { .. } => {
                "take out what commits or rolls back, and undo by hand what was kept"
            }
            Self::Moved { .. } => "find out who else changes the version table, then run again",
            Self::InTransaction => "commit or roll back first, or hand in a pool",
            Self::PrivateDatabase => {
                "open it as `sqlite::memory:`, which is shared, use `SqliteDatabaseBuilder::in_memory`, or \
                 allow one connection only"
            }
            Self::Stale { folder, .. } => {
                return Some(format!(
                    "build again; one line in build.rs makes cargo see new files: \
                     println!(\"cargo::rerun-if-changed={folder}/versions\");"
                ));
            }
            Self::Stopped { .. } => "the next start goes on from there",
            Self::Url { .. } => {
                "mend the URL, as in `sqlite://app.db`, `postgres://user@host/name` or `mysql://user@host/name`"
            }
            Self::NotInitialised => "call `init().await` first",
            Self::RecordedElsewhere(recorded) => return Some(recorded.help()),
            Self::UrlRefused { source, .. } => return Some(source.help()),
            Self::ServerTooOld(old) => return Some(old.help()),
            Self::Setting(setting) => setting.help(),
            Self::NoTransactions { table, .. } => {
                return Some(format!("while no run is under way: ALTER TABLE `{table}` ENGINE = InnoDB"));
            }
            Self::NameTooLong { setting, .. } => {
                return Some(format!("set a shorter `{setting}` in the configuration"));
            }
            Self::Target(_)
            | Self::Plan { .. }
            | Self::Chain(_)
            | Self::File(_)
            | Self::Refused(_)
            | Self::Operation(_)
            | Self::Statement(_)
            | Self::Work(_) => return None,
        };
        Some(help.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        if let Some(state) = self.state() {
            write!(f, "\nnow: {state}")?;
        }
        if let Some(help) = self.help() {
            write!(f, "\nhelp: {help}")?;
        }
        Ok(())
    }
}

fn ahead(unknown: &[UnknownRevision]) -> String {
    let ids = join(unknown.iter().map(|row| format!("`{}`", row.revision)));
    let mut text =
        format!("the database is ahead of this binary: it is at {ids}, which this binary does not contain");
    for row in unknown {
        let (Some(at), Some(application)) = (&row.applied_at, &row.application) else { continue };
        // Writing to a string cannot fail.
        let _ = write!(text, "\nnote: `{}` was applied on {at} by {application}", row.revision);
    }
    text
}

/// Whether a target names something that is not there.
fn is_unknown(error: &PlanError) -> bool {
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

fn join(items: impl Iterator<Item = impl fmt::Display>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
