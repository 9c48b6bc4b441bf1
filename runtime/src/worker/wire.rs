//! What the command line and the worker send each other: a line of JSON each.

use crate::error::lock_holder::LockHolder;
use crate::error::phase::Phase;
use crate::error::{Error, ErrorKind, is_unknown};
use crate::history::destination::Destination;
use crate::history::embedded::Revision;
use crate::progress::Progress;
use crate::report::{Report, RevisionReport};
use crate::script::preview::{PlannedStatement, PlannedStep};
use crate::worker::diagnostic::DiagnosticFacts;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Direction, Heads};
use std::time::Duration;
use std::{fmt, io};

/// A message as a line, without its end.
pub fn write(message: &impl SerJson) -> String {
    message.serialize_json()
}

/// The message of a line.
///
/// # Errors
/// When the line is none.
pub fn read<T: DeJson>(line: &str) -> io::Result<T> {
    T::deserialize_json(line).map_err(io::Error::other)
}

/// The worker presents itself.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Hello {
    /// What only the parent process can have told it.
    pub token: String,
    /// See [`super::PROTOCOL`].
    pub protocol: u32,
    /// The version of this crate.
    pub version: String,
    /// The revisions that were compiled in, in the order of the files.
    pub revisions: Vec<Compiled>,
}

impl Hello {
    /// How the line of a worker with this token begins, so that nothing else of a line need be read to know it.
    pub fn opening(token: &str) -> String {
        format!("{{\"token\":\"{token}\",")
    }
}

/// A revision that was compiled in.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Compiled {
    /// Its id.
    pub id: String,
    /// Its file, as messages of the application name it.
    pub path: String,
}

impl From<&Revision> for Compiled {
    fn from(revision: &Revision) -> Self {
        Self { id: revision.id_str().to_owned(), path: revision.path().to_owned() }
    }
}

/// What the worker is to do.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub enum Request {
    /// Apply or revert.
    Run(Run),
    /// Say what the steps of a plan run.
    Statements(Statements),
}

/// See [`Destination`].
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct To {
    /// `upgrade` or `downgrade`.
    pub direction: String,
    /// The target, as a person writes it.
    pub target: String,
}

impl To {
    /// In this direction, to a target as a person writes it.
    pub fn new(direction: Direction, target: impl Into<String>) -> Self {
        Self { direction: direction.name().to_owned(), target: target.into() }
    }

    pub(super) fn destination(&self) -> Result<Destination, Error> {
        let is_downgrade = self.direction == Direction::Downgrade.name();
        let direction = if is_downgrade { Direction::Downgrade } else { Direction::Upgrade };
        Ok(Destination::new(direction, self.target.parse()?))
    }
}

/// A run.
#[derive(Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Run {
    /// The database.
    pub url: String,
    /// Where it leads.
    pub to: To,
    /// Whether all of it is one transaction.
    pub is_one_transaction: bool,
    /// How long to wait for others.
    pub acquire_timeout_ms: Option<u64>,
}

// Not derived: the URL holds a password.
impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url: _, to, is_one_transaction, acquire_timeout_ms } = self;
        f.debug_struct("Run")
            .field("to", to)
            .field("is_one_transaction", is_one_transaction)
            .field("acquire_timeout_ms", acquire_timeout_ms)
            .finish_non_exhaustive()
    }
}

/// A plan whose statements are asked for.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Statements {
    /// The version rows that it starts from.
    pub from: Vec<String>,
    /// Where it leads.
    pub to: To,
    /// The kind of database, by its name.
    pub dialect: String,
}

/// What the worker tells. Strings and numbers go into it as they are in [`Progress`], [`Report`] and [`Error`].
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub enum Message {
    /// Something happened.
    Happened(Happened),
    /// The run is over.
    Ran(Ran),
    /// The statements that were asked for.
    Statements(Vec<StepStatements>),
    /// What went wrong.
    Failed(ErrorFacts),
}

/// See [`Progress`].
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub enum Happened {
    /// Another session holds the database.
    Waiting {
        /// How long it has waited so far.
        waited_micros: u64,
        /// Who, if that is known.
        holder: Option<HolderFacts>,
    },
    /// A revision begins.
    Started {
        /// `upgrade` or `downgrade`.
        direction: String,
        /// Its id.
        revision: String,
        /// What it is for.
        message: String,
        /// Its place in the run, from 1.
        step: usize,
        /// How many there are.
        steps: usize,
    },
    /// A statement of a revision is about to be sent.
    Statement {
        /// The revision.
        revision: String,
        /// Its text.
        sql: String,
        /// Its place in the message, from 1.
        place: usize,
        /// How many statements the message has.
        together: usize,
    },
    /// A revision is done.
    Finished(Step),
}

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct HolderFacts {
    /// What tells one session from another.
    pub session: String,
    /// All that is known.
    pub text: String,
}

impl From<&LockHolder> for HolderFacts {
    fn from(holder: &LockHolder) -> Self {
        Self { session: holder.session.clone(), text: holder.to_string() }
    }
}

/// A revision that was applied or reverted.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Step {
    /// `upgrade` or `downgrade`.
    pub direction: String,
    /// Its id.
    pub revision: String,
    /// What it is for.
    pub message: String,
    /// How long it took.
    pub elapsed_micros: u64,
}

impl Step {
    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        Duration::from_micros(self.elapsed_micros)
    }
}

impl From<&RevisionReport> for Step {
    fn from(step: &RevisionReport) -> Self {
        Self {
            direction: step.direction.name().to_owned(),
            revision: step.revision.to_string(),
            message: step.message.to_owned(),
            elapsed_micros: micros(step.elapsed),
        }
    }
}

impl Happened {
    /// What is told of it, if anything: each step tells its number.
    pub fn of(progress: &Progress) -> Option<Self> {
        Some(match progress {
            Progress::Planned { .. } => return None,
            Progress::Waiting { waited, holder } => Self::Waiting {
                waited_micros: micros(*waited),
                holder: holder.as_ref().map(HolderFacts::from),
            },
            Progress::Started { direction, revision, message, step, steps } => Self::Started {
                direction: direction.name().to_owned(),
                revision: revision.to_string(),
                message: (*message).to_owned(),
                step: *step,
                steps: *steps,
            },
            Progress::Statement { revision, sql, place, together } => Self::Statement {
                revision: revision.to_string(),
                sql: sql.clone(),
                place: *place,
                together: *together,
            },
            Progress::Finished { direction, revision, message, elapsed } => Self::Finished(Step {
                direction: direction.name().to_owned(),
                revision: revision.to_string(),
                message: (*message).to_owned(),
                elapsed_micros: micros(*elapsed),
            }),
        })
    }
}

/// What a run did; see [`Report`].
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Ran {
    /// The version rows before.
    pub from: Vec<String>,
    /// The version rows after.
    pub to: Vec<String>,
    /// What it applied or reverted.
    pub steps: Vec<Step>,
    /// Applied revisions whose files were changed afterwards.
    pub edited: Vec<EditedFile>,
    /// How long it took.
    pub elapsed_micros: u64,
}

/// An applied revision whose file was changed afterwards.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct EditedFile {
    /// Its id.
    pub revision: String,
    /// Its file.
    pub path: String,
    /// When it was applied.
    pub applied_at: String,
    /// All of it in words.
    pub text: String,
}

impl From<&Report> for Ran {
    fn from(report: &Report) -> Self {
        let edited = report.edited.iter().map(|edited| EditedFile {
            revision: edited.revision.to_string(),
            path: edited.path.to_owned(),
            applied_at: edited.applied_at.clone(),
            text: edited.to_string(),
        });
        Self {
            from: strings(&report.from),
            to: strings(&report.to),
            steps: report.steps.iter().map(Step::from).collect(),
            edited: edited.collect(),
            elapsed_micros: micros(report.elapsed),
        }
    }
}

/// What a step of a plan runs; see [`PlannedStep`].
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct StepStatements {
    /// The revision.
    pub revision: String,
    /// What it runs.
    pub statements: Vec<Statement>,
}

/// A statement of a plan.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// The file that it stands in.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// Whether it runs outside a transaction.
    pub is_alone: bool,
}

impl From<&PlannedStep> for StepStatements {
    fn from(step: &PlannedStep) -> Self {
        let statement = |statement: &PlannedStatement| Statement {
            sql: statement.sql.clone(),
            file: statement.file.clone(),
            line: statement.position.line,
            column: statement.position.column,
            is_alone: statement.is_alone,
        };
        Self {
            revision: step.revision.to_string(),
            statements: step.statements.iter().map(statement).collect(),
        }
    }
}

/// An [`Error`] as another process can know it.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct ErrorFacts {
    /// What the command line does about it.
    pub category: Category,
    /// See [`Error::diagnostic`].
    #[nserde(proxy = "DiagnosticFacts")]
    pub diagnostic: Diagnostic,
    /// See [`Error::heads`].
    pub heads: Option<Vec<String>>,
    /// What else there is to know.
    pub detail: Detail,
}

/// The errors that the command line tells from others: by its exit codes, and by its own help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, SerJson, DeJson)]
pub enum Category {
    /// The database was not reached, or is not any more.
    Unreachable,
    /// Another session holds the database.
    Locked,
    /// The session that holds the lock is gone.
    LockLost,
    /// A statement or the work of a revision failed.
    Statement,
    /// The same, and a person has to check how far it came.
    Unresolved,
    /// It is unknown whether a stage was done, and a person has to resolve it.
    InDoubt,
    /// What was begun earlier does not fit, or it is unknown whether a transaction was committed.
    Unsettled,
    /// The database has revisions that are unknown here.
    Ahead,
    /// It was stopped by a signal.
    Stopped,
    /// A database that no other connection sees.
    PrivateDatabase,
    /// A transaction is open on every connection.
    InTransaction,
    /// No plan leads to the target.
    NoPlan,
    /// The target is a revision that is unknown.
    UnknownTarget,
    /// The URL names no database that can be opened.
    InvalidUrl,
    /// No connection was to be had in time.
    PoolTimedOut,
    /// Anything else.
    Other,
}

impl From<&ErrorKind> for Category {
    fn from(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::Database(refused) if matches!(refused.source, sqlx::Error::PoolTimedOut) => {
                Self::PoolTimedOut
            }
            ErrorKind::Database(refused)
                if matches!(refused.phase, Phase::Connect { .. }) || refused.is_connection_lost() =>
            {
                Self::Unreachable
            }
            ErrorKind::Locked { .. } => Self::Locked,
            ErrorKind::LockLost => Self::LockLost,
            ErrorKind::Statement(failed) if failed.needs_resolution() => Self::Unresolved,
            ErrorKind::Statement(_) | ErrorKind::Work(_) => Self::Statement,
            ErrorKind::InDoubt { .. } => Self::InDoubt,
            ErrorKind::PartialEdited { .. } | ErrorKind::CommitUnknown { .. } => Self::Unsettled,
            ErrorKind::Ahead { .. } | ErrorKind::PartialUnknown { .. } => Self::Ahead,
            ErrorKind::Stopped => Self::Stopped,
            ErrorKind::PrivateDatabase => Self::PrivateDatabase,
            ErrorKind::InTransaction => Self::InTransaction,
            ErrorKind::Plan { source, .. } if is_unknown(source) => Self::UnknownTarget,
            ErrorKind::Plan { .. } => Self::NoPlan,
            ErrorKind::Url { .. } | ErrorKind::UrlRefused { .. } => Self::InvalidUrl,
            _ => Self::Other,
        }
    }
}

/// What else there is to know of an error.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub enum Detail {
    /// Nothing.
    None,
    /// Another session holds the database, and nobody knows who.
    HeldByUnknown,
    /// Version rows that are unknown here.
    Unknown(Vec<String>),
    /// A revision that is unknown here is partially applied.
    PartialUnknown {
        /// Its id.
        revision: String,
        /// `upgrade` or `downgrade`.
        direction: String,
        /// Who began it.
        application: Option<String>,
    },
    /// A statement failed, at the place that the diagnostic has first.
    Statement {
        /// What the database answered.
        answer: String,
    },
}

impl From<&Error> for ErrorFacts {
    fn from(error: &Error) -> Self {
        Self {
            category: Category::from(error.kind()),
            diagnostic: error.diagnostic(),
            heads: error.heads().map(strings),
            detail: Detail::of(error),
        }
    }
}

impl Detail {
    fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Locked { holder: None, .. } => Self::HeldByUnknown,
            ErrorKind::Ahead { unknown, .. } => {
                Self::Unknown(unknown.iter().map(|row| row.revision.to_string()).collect())
            }
            ErrorKind::PartialUnknown { revision, direction, application, .. } => Self::PartialUnknown {
                revision: revision.clone(),
                direction: direction.name().to_owned(),
                application: application.clone(),
            },
            ErrorKind::Statement(failure) => Self::Statement {
                answer: failure
                    .source
                    .as_database_error()
                    .map_or_else(|| failure.source.to_string(), |error| error.message().to_owned()),
            },
            _ => Self::None,
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn strings(rows: &Heads) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use servicekit_chain::LineColumn;
    use servicekit_chain::diagnostic::{NoteLine, PlaceLabel, Position};

    fn read_back(message: &Message) -> Message {
        let line = write(message);
        assert!(!line.contains('\n'), "{line}");
        read(&line).unwrap()
    }

    fn diagnostic(text: &str, place: usize) -> Diagnostic {
        let position = match place {
            0 => Position::OfPlace,
            1 => Position::Unknown,
            _ => Position::At(LineColumn::new(1, u32::MAX)),
        };
        let label = PlaceLabel { text: text.to_owned(), ..PlaceLabel::elsewhere(text, text, position) };
        let told = Diagnostic::new(text.to_owned(), text)
            .labels([label])
            .notes([NoteLine::new(text.to_owned(), text)])
            .state(text);
        Diagnostic { also: vec![told.clone().help(text)], ..told }
    }

    proptest! {
        #[test]
        fn any_text_comes_through_as_one_line(text in any::<String>(), number: u64, place in 0_usize..9) {
            let some = Some(text.clone());
            let happened = [
                Happened::Statement { revision: text.clone(), sql: text.clone(), place, together: place },
                Happened::Waiting {
                    waited_micros: number,
                    holder: Some(HolderFacts { session: text.clone(), text: text.clone() }),
                },
                Happened::Waiting { waited_micros: number, holder: None },
            ];
            let details = [
                Detail::None,
                Detail::PartialUnknown { revision: text.clone(), direction: text.clone(), application: some },
                Detail::Statement { answer: text.clone() },
            ];
            let failed = details.map(|detail| {
                Message::Failed(ErrorFacts {
                    category: Category::Other,
                    diagnostic: diagnostic(&text, place),
                    heads: Some(vec![text.clone(), String::new()]),
                    detail,
                })
            });
            for message in happened.map(Message::Happened).into_iter().chain(failed) {
                prop_assert_eq!(read_back(&message), message);
            }
        }
    }

    #[test]
    fn a_worker_begins_with_its_token() {
        let hello = Hello {
            token: "0f".repeat(16),
            protocol: 2,
            version: "1\"".to_owned(),
            revisions: vec![Compiled { id: "a1".to_owned(), path: "\n".to_owned() }],
        };
        let line = write(&hello);
        assert!(line.starts_with(&Hello::opening(&hello.token)), "{line}");
        assert_eq!(read::<Hello>(&line).unwrap(), hello);
    }

    #[test]
    fn no_debug_text_shows_the_url_of_a_run() {
        let run = Run {
            url: "postgres://scott:tiger-9041@host/db".to_owned(),
            to: To::new(Direction::Upgrade, "head"),
            is_one_transaction: false,
            acquire_timeout_ms: None,
        };
        let shown = format!("{:?} {:#?}", run.clone(), Request::Run(run));
        assert!(shown.contains("head") && !shown.contains("tiger"), "{shown}");
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        for line in ["", "{", "null", "{\"Ran\":[]}", "[1,2", "\"Happened\"", "{\"Nosuch\":[]}"] {
            assert!(read::<Message>(line).is_err(), "{line}");
        }
    }
}
