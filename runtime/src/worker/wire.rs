//! What the command line and the worker send each other: a line of JSON each.

use crate::error::{Error, ErrorKind, Phase, is_unknown};
use crate::history::{Destination, Revision};
use crate::json::Json;
use crate::progress::Progress;
use crate::report::Report;
use crate::script::PlannedStep;
use crate::worker::diagnostic::DiagnosticFacts;
use nanoserde::{DeJson, SerJson};
use servicekit_chain::diagnostic::Diagnostic;
use servicekit_chain::{Dialect, Direction, Heads};
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
    /// Known only to the parent process.
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
    /// Apply revisions in an empty database, and touch nothing else.
    Replay(Replay),
    /// Tell which models there are.
    Models,
}

/// A replay of the history.
#[derive(Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Replay {
    /// The empty database; a new one in memory if there is none.
    pub url: Option<String>,
    /// Where it leads.
    pub to: Destination,
    /// Whether work in Rust may run.
    pub run_work: bool,
    /// Schemas of PostgreSQL that are there before the history.
    pub schemas: Vec<String>,
}

// Not derived: the URL holds a password.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url: _, to, run_work, schemas } = self;
        f.debug_struct("Replay")
            .field("to", to)
            .field("run_work", run_work)
            .field("schemas", schemas)
            .finish_non_exhaustive()
    }
}

/// A run.
#[derive(Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct Run {
    /// The database.
    pub url: String,
    /// Where it leads.
    pub to: Destination,
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
    #[nserde(proxy = "Json<Heads>")]
    pub from: Heads,
    /// Where it leads.
    pub to: Destination,
    /// The kind of database.
    #[nserde(proxy = "Json<Dialect>")]
    pub dialect: Dialect,
}

/// What the worker tells.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub enum Message {
    /// Something happened.
    Happened(Progress),
    /// The run is over.
    Ran(Report),
    /// The statements that were asked for.
    Statements(Vec<PlannedStep>),
    /// The replay is over: the statements that create what is in a database in memory, none for another one.
    Replayed(Vec<String>),
    /// The models of the application.
    Models(Models),
    /// `env()` has failed, and so nothing was done: its error, and what led to it.
    EnvironmentFailed(Vec<String>),
    /// What went wrong.
    Failed(ErrorFacts),
}

/// The models that `env()` gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, SerJson, DeJson)]
pub struct Models {
    /// Whether the application has the feature `models` of this crate.
    pub is_compiled: bool,
    /// The tables as JSON, see [`servicekit_schema::document`]; none where there are problems.
    pub document: String,
    /// The same as the function of a revision that creates them.
    pub rust: String,
    /// Each model, in the order of the tables.
    pub models: Vec<ModelFacts>,
    /// Former names of tables and columns.
    pub renames: Vec<RenameFacts>,
    /// What the models say that autogenerate leaves as it is.
    pub ignored: Vec<String>,
    /// Every registry that has models, whether it is the one that is wanted or not.
    pub registries: Vec<RegistryFacts>,
    /// What a person should know besides.
    pub notes: Vec<String>,
    /// What is wrong with the models, with the places.
    pub problems: Vec<String>,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct ModelFacts {
    /// Its table.
    pub table: String,
    /// Its path.
    pub rust: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: u32,
}

/// Former names.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct RenameFacts {
    /// The table.
    pub table: String,
    /// Its former name.
    pub table_before: Option<String>,
    /// Columns by their name now, with the former one.
    pub columns: Vec<(String, String)>,
    /// Columns of enums, a value that one has now, and the former one.
    #[nserde(default)]
    pub values: Vec<(String, String, String)>,
}

/// A registry.
#[derive(Debug, Clone, PartialEq, Eq, SerJson, DeJson)]
pub struct RegistryFacts {
    /// Its path.
    pub name: String,
    /// The paths of its models, those in modules of tests included.
    pub models: Vec<String>,
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
    #[nserde(proxy = "Json<Heads>")]
    pub heads: Option<Heads>,
    /// Whether it was found before anything ran.
    pub ran_nothing: bool,
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
        /// Applied or reverted.
        #[nserde(proxy = "Json<Direction>")]
        direction: Direction,
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
            heads: error.heads().cloned(),
            ran_nothing: error.ran_nothing(),
            detail: Detail::new(error),
        }
    }
}

impl Detail {
    fn new(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Locked { holder: None, .. } => Self::HeldByUnknown,
            ErrorKind::Ahead { unknown, .. } => {
                Self::Unknown(unknown.iter().map(|row| row.revision.to_string()).collect())
            }
            ErrorKind::PartialUnknown { revision, direction, application, .. } => Self::PartialUnknown {
                revision: revision.clone(),
                direction: *direction,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::LockHolder;
    use proptest::prelude::*;
    use servicekit_chain::diagnostic::{NoteLine, PlaceLabel, Position};
    use servicekit_chain::{LineColumn, RevisionId};
    use std::time::Duration;

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
            let waited = Duration::from_micros(number);
            let revision = RevisionId::from_static("a1");
            let (session, user, application) = (text.clone(), Some(text.clone()), Some(text.clone()));
            let holder =
                LockHolder { session, user, application, client: None, since: None, statement: some.clone() };
            let happened = [
                Progress::Statement { revision, sql: text.clone(), place, together: place },
                Progress::Waiting { waited, holder: Some(holder) },
                Progress::Waiting { waited, holder: None },
            ];
            let details = [
                Detail::None,
                Detail::PartialUnknown { revision: text.clone(), direction: Direction::Downgrade, application: some },
                Detail::Statement { answer: text.clone() },
            ];
            let failed = details.map(|detail| {
                Message::Failed(ErrorFacts {
                    category: Category::Other,
                    diagnostic: diagnostic(&text, place),
                    heads: Some([RevisionId::from_static("a1")].into_iter().collect()),
                    ran_nothing: number % 2 == 0,
                    detail,
                })
            });
            for message in happened.map(Message::Happened).into_iter().chain(failed) {
                prop_assert_eq!(read_back(&message), message);
            }
        }
    }

    #[test]
    fn what_stands_for_a_value_of_another_crate_is_read_as_that_value() {
        let heads: Heads = ["a1", "b2"].map(RevisionId::from_static).into_iter().collect();
        for target in ["base", "-1", "billing@head"].map(|target| Destination::downgrade(target).unwrap()) {
            let dialect = Dialect::Mysql;
            let request = Request::Statements(Statements { from: heads.clone(), to: target, dialect });
            assert_eq!(read::<Request>(&write(&request)).unwrap(), request);
        }
        let ran = Message::Ran(Report::at(heads, Duration::from_micros(7)));
        assert_eq!(read_back(&ran), ran);
        let asked = |from: &str, direction: &str, target: &str, dialect: &str| {
            let to = format!("{{\"direction\":\"{direction}\",\"target\":\"{target}\"}}");
            read::<Statements>(&format!("{{\"from\":[\"{from}\"],\"to\":{to},\"dialect\":\"{dialect}\"}}"))
                .is_ok()
        };
        assert!(asked("a1", "upgrade", "head", "sqlite"));
        for wrong in [
            ("a 1", "upgrade", "+1", "sqlite"),
            ("a1", "up", "+1", "sqlite"),
            ("a1", "upgrade", "+0", "sqlite"),
        ] {
            assert!(!asked(wrong.0, wrong.1, wrong.2, wrong.3), "{wrong:?}");
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
            to: Destination::head(),
            is_one_transaction: false,
            acquire_timeout_ms: None,
        };
        let replay = Replay {
            url: Some(run.url.clone()),
            to: Destination::head(),
            run_work: false,
            schemas: Vec::new(),
        };
        let shown = format!("{:?} {:#?} {:#?}", run.clone(), Request::Run(run), Request::Replay(replay));
        assert!(shown.contains("Heads") && !shown.contains("tiger"), "{shown}");
    }

    #[test]
    fn what_is_no_message_is_an_error() {
        for line in ["", "{", "null", "{\"Ran\":[]}", "[1,2", "\"Happened\"", "{\"Nosuch\":[]}"] {
            assert!(read::<Message>(line).is_err(), "{line}");
        }
    }
}
