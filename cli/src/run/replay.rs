//! The history at the revision of a database, applied to an empty one.

use super::database::OpenDatabase;
use super::error::replay_failure;
use super::interrupt::stoppable;
use super::open::{self, MissingFile};
use super::url::DatabaseUrl;
use crate::application::{self, Worker};
use crate::arguments::ApplicationArgs;
use crate::console::Console;
use crate::failure::{ApplicationFailure, DatabaseFailure, Failure, ReplayFailure, list};
use crate::output::Note;
use servicekit::introspection::Introspection;
use servicekit::plan::Heads;
use servicekit::replay::{Replay, SameServer, Scratch};
use servicekit::schema::Schema;
use servicekit::worker::wire::{self, Category, ErrorFacts, Message, Request};
use servicekit::{Database, Destination, Direction, Error, StopToken, Target};

/// A replay that a command asks for.
#[derive(Debug)]
pub(crate) struct ReplayRequest<'a> {
    /// The empty database, where this kind of database needs one.
    pub(crate) scratch: Option<DatabaseUrl>,
    /// What is allowed of it where it is compared with a database.
    pub(crate) same_server: Option<SameServer>,
    pub(crate) run_work: bool,
    /// Which application has the revisions in Rust.
    pub(crate) application: &'a ApplicationArgs,
    /// Schemas that are compared, which need not be created by the history.
    pub(crate) schemas: &'a [String],
    pub(crate) introspection: Introspection,
    pub(crate) console: &'a Console,
    pub(crate) quiet: bool,
}

/// Who applies the revisions.
enum Applier {
    Here,
    Application(Box<Worker>, Destination),
}

impl OpenDatabase<'_> {
    /// The schema that the database should have by its revisions.
    ///
    /// # Errors
    /// When the database is at no revision of the history, and when the replay is refused or fails.
    pub(crate) fn replay(&self, request: &ReplayRequest<'_>) -> Result<Schema, Failure> {
        self.replay_at(self.rows_to_replay()?, request, async |schema, _| Ok(schema))
    }

    /// What is made of the schema that the revisions of these rows make, while the replay is there.
    ///
    /// # Errors
    /// When the replay is refused or fails.
    pub(crate) fn replay_at<T>(
        &self,
        rows: Heads,
        request: &ReplayRequest<'_>,
        seen: impl AsyncFnOnce(Schema, &Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let stop = StopToken::new();
        let replay = Replay::new(self.migrations, rows).stopped_by(&stop);
        let replay = replay.schemas(request.schemas);
        let replay = if request.run_work { replay.run_work() } else { replay };
        let applier = self.applier(&replay, request)?;
        let replayed = self.replayed(&replay, applier, request, &stop, seen);
        self.block_on(stoppable(&stop, request.console, replayed)).unwrap_or_else(|| {
            let scratch = request.scratch.as_ref().map(DatabaseUrl::shown);
            Err(ReplayFailure::Ended { scratch }.into())
        })
    }

    /// Where the database is, which must be a state that revisions lead to.
    fn rows_to_replay(&self) -> Result<Heads, Failure> {
        let status = self.status()?;
        if let Some(partial) = status.partial {
            let revision = format!("revision {}", self.project.describe(&partial.revision));
            let command = self.project.location.command("current");
            return Err(ReplayFailure::Partial { revision, command }.into());
        }
        // Rows that the history does not have, or has elsewhere, are found as a run finds them.
        self.plan(Destination::new(Direction::Upgrade, Target::heads()))?;
        Ok(status.rows)
    }

    /// The application, if there are revisions in Rust on the way.
    fn applier(&self, replay: &Replay, request: &ReplayRequest<'_>) -> Result<Applier, Failure> {
        let Some(to) = replay.destination().map_err(|error| self.replay_failure(&error))? else {
            return Ok(Applier::Here);
        };
        let plan = self.migrations.plan_from(&Heads::base(), &to).map_err(|error| self.failure(&error))?;
        let in_rust = self.files_in_rust(&plan);
        if in_rust.is_empty() {
            return Ok(Applier::Here);
        }
        let are = if in_rust.len() == 1 { "is" } else { "are" };
        let message =
            format!("{} {are} in Rust: the application is built, and replays this", list(&in_rust, "and"));
        request.console.note(&Note { message, help: None });
        let worker = application::start(self.project, request.application, request.quiet)?;
        Ok(Applier::Application(Box::new(worker), to))
    }

    async fn replayed<T>(
        &self,
        replay: &Replay,
        mut applier: Applier,
        request: &ReplayRequest<'_>,
        stop: &StopToken,
        seen: impl AsyncFnOnce(Schema, &Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let introspection = &request.introspection;
        let failure = |error: Error| self.replay_failure(&error);
        let Some(url) = &request.scratch else {
            let schema = match &mut applier {
                Applier::Here => replay.in_memory(introspection).await,
                Applier::Application(worker, to) => {
                    let statements = self.ask_to_replay(worker, to, None, request, stop).await?;
                    servicekit::replay::read_statements(&statements, introspection).await
                }
            };
            return seen(schema.map_err(failure)?, &self.database).await;
        };
        let empty = open::open(url, MissingFile::Refuse).await?;
        let scratch = match request.same_server {
            Some(same_server) => Scratch::open(empty, &self.database, same_server).await,
            None => Scratch::alone(empty).await,
        };
        let scratch = scratch.map_err(failure)?;
        let ran = match &mut applier {
            Applier::Here => replay.run_on(scratch.database()).await.map_err(failure),
            Applier::Application(worker, to) => {
                self.ask_to_replay(worker, to, Some(url.text.clone()), request, stop).await.map(drop)
            }
        };
        let seen = match ran {
            Ok(()) => match introspection.read(scratch.database()).await {
                Ok(schema) => seen(schema, scratch.database()).await,
                Err(error) => Err(failure(error)),
            },
            Err(failure) => Err(failure),
        };
        match (seen, scratch.empty(Ok(())).await) {
            (Ok(seen), emptied) => emptied.map(|()| seen).map_err(failure),
            (Err(failure), emptied) => {
                if let Err(left) = emptied {
                    let (message, help) = (left.message(), left.help());
                    request.console.note(&Note { message, help });
                }
                Err(failure)
            }
        }
    }

    async fn ask_to_replay(
        &self,
        worker: &mut Worker,
        to: &Destination,
        url: Option<String>,
        request: &ReplayRequest<'_>,
        stop: &StopToken,
    ) -> Result<Vec<String>, Failure> {
        let asked = wire::Replay {
            url,
            to: to.clone(),
            run_work: request.run_work,
            schemas: request.schemas.to_vec(),
        };
        match worker.ask(&Request::Replay(asked), stop, |_| {}).await? {
            Message::Replayed(statements) => Ok(statements),
            // This program could open it.
            Message::Failed(facts) if facts.category == Category::InvalidUrl => {
                Err(ApplicationFailure::NoDriver { feature: self.dialect().name() }.into())
            }
            Message::Failed(facts) => Err(replay_failure(facts, self.project)),
            Message::Happened(_)
            | Message::Statements(_)
            | Message::Ran(_)
            | Message::Models(_)
            | Message::EnvironmentFailed(_) => Err(ApplicationFailure::Ended { status: None }.into()),
        }
    }

    fn replay_failure(&self, error: &Error) -> Failure {
        replay_failure(ErrorFacts::from(error), self.project)
    }
}

impl ReplayRequest<'_> {
    /// Checks what is asked for against the kind of database.
    ///
    /// # Errors
    /// When a scratch database is missing, is of another kind, or is not needed.
    pub(crate) fn check(
        &self,
        database: &DatabaseUrl,
        config: String,
        is_option: bool,
    ) -> Result<(), Failure> {
        let is_sqlite = database.dialect.select(true, false, false);
        match &self.scratch {
            None if is_sqlite => Ok(()),
            None => Err(ReplayFailure::NoScratch { config }.into()),
            Some(_) if is_sqlite && is_option => Err(ReplayFailure::NeedsNoScratch.into()),
            Some(scratch) if scratch.dialect != database.dialect => {
                let (from, to) = (database.dialect, scratch.dialect);
                Err(DatabaseFailure::OtherKind { from, to }.into())
            }
            Some(_) => Ok(()),
        }
    }
}
