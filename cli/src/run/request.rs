//! Running revisions: in this process, or by the application where some of them are in Rust.

use super::database::OpenDatabase;
use super::error::run_failure_in_application;
use super::interrupt::stoppable;
use super::progress;
use crate::application::{self, Worker};
use crate::arguments::ApplicationArgs;
use crate::console::Console;
use crate::failure::{ApplicationFailure, DatabaseFailure, Failure, list};
use crate::output::{Note, Question};
use servicekit::database::AnyBackend;
use servicekit::options::TransactionMode;
use servicekit::plan::{Plan, PlannedStep};
use servicekit::worker::wire::{self, Category, ErrorFacts, Message, Request};
use servicekit::{Database, Destination, Direction, Error, ErrorKind, Migrator, Report, StopToken};
use servicekit_chain::sql::drops_data;
use std::time::Duration;

/// A run of revisions that a command asks for.
#[derive(Debug)]
pub(crate) struct RunRequest<'a> {
    pub(crate) to: Destination,
    pub(crate) mode: TransactionMode,
    /// Whether a person is asked before a downgrade drops data.
    pub(crate) confirm: bool,
    pub(crate) application: &'a ApplicationArgs,
}

impl RunRequest<'_> {
    /// Whether a person is asked before data is dropped.
    fn confirms(&self, settings: RunSettings<'_>) -> bool {
        self.confirm && self.to.direction == Direction::Downgrade && settings.console.can_ask()
    }
}

/// How a command changes a database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RunSettings<'a> {
    pub(crate) console: &'a Console,
    pub(crate) acquire_timeout: Option<Duration>,
    pub(crate) quiet: bool,
}

impl OpenDatabase<'_> {
    /// Runs revisions.
    ///
    /// # Errors
    /// See [`DatabaseFailure`] and [`ApplicationFailure`].
    pub(crate) fn run(self, request: &RunRequest<'_>, settings: RunSettings<'_>) -> Result<Report, Failure> {
        let migrator = self.migrator(settings).transaction(request.mode);
        let plan = self.preview(request, settings)?;
        let in_rust = plan.as_ref().map(|plan| self.files_in_rust(plan)).unwrap_or_default();
        if !in_rust.is_empty() {
            let are = if in_rust.len() == 1 { "is" } else { "are" };
            let message =
                format!("{} {are} in Rust: the application is built, and runs this", list(&in_rust, "and"));
            settings.console.note(&Note { message, help: None });
            return self.run_in_application(request, settings, plan.as_ref());
        }
        if let Some(plan) = plan.as_ref().filter(|_| request.confirms(settings)) {
            let steps = self.migrations.preview(plan, self.dialect());
            let steps = steps.map_err(|error| self.failure(&error))?;
            self.confirm_data_loss(plan, &steps, settings)?;
        }
        let stop = StopToken::new();
        let migrator = migrator.stopped_by(&stop);
        let run = migrator.run_to(&self.database, request.to.clone());
        match self.block_on(stoppable(&stop, settings.console, run)) {
            Some(Ok(report)) => Ok(report),
            // It was not foreseen: a revision was partially applied, or another run has moved the database meanwhile.
            Some(Err(error)) if matches!(error.kind(), ErrorKind::NeedsApplication { .. }) => {
                self.run_in_application(request, settings, None)
            }
            Some(Err(error)) => Err(self.failure(&error)),
            None => Err(self.killed()),
        }
    }

    /// Changes what is recorded in the database, and runs no revision.
    ///
    /// # Errors
    /// See [`DatabaseFailure`].
    pub(crate) fn record<T>(
        self,
        settings: RunSettings<'_>,
        write: impl AsyncFnOnce(&Migrator, &Database<AnyBackend>) -> Result<T, Error>,
    ) -> Result<(T, Self), Failure> {
        let stop = StopToken::new();
        let migrator = self.migrator(settings).stopped_by(&stop);
        let written = write(&migrator, &self.database);
        match self.block_on(stoppable(&stop, settings.console, written)) {
            Some(Ok(written)) => Ok((written, self)),
            Some(Err(error)) => Err(self.failure(&error)),
            None => Err(self.killed()),
        }
    }

    fn migrator(&self, settings: RunSettings<'_>) -> Migrator {
        let migrator = self.migrations.migrator();
        let migrator = migrator.on_progress(progress::reporter(settings.console, self.migrations));
        match settings.acquire_timeout {
            Some(timeout) => migrator.acquire_timeout(timeout),
            None => migrator,
        }
    }

    /// Reports the notes of the plan. A plan that cannot be made is no failure here: a run may have a partially applied
    /// revision to finish first.
    fn preview(&self, request: &RunRequest<'_>, settings: RunSettings<'_>) -> Result<Option<Plan>, Failure> {
        let plan = match self.try_plan(request.to.clone()) {
            Ok(plan) => plan,
            Err(error) if matches!(error.kind(), ErrorKind::Plan { .. }) => return Ok(None),
            Err(error) => return Err(self.failure(&error)),
        };
        for note in &plan.notes {
            settings.console.note(&Note { message: note.to_string(), help: None });
        }
        Ok(Some(plan))
    }

    /// Asks before data is dropped, where any is.
    fn confirm_data_loss(
        &self,
        plan: &Plan,
        steps: &[PlannedStep],
        settings: RunSettings<'_>,
    ) -> Result<(), Failure> {
        let all = steps.iter().flat_map(|step| &step.statements);
        let drops = |sql: &str| {
            drops_data(self.dialect(), sql) || (sql.starts_with("-- rebuild") && sql.contains("drop_column"))
        };
        let what: Vec<String> = all.map(|statement| statement.sql.clone()).filter(|sql| drops(sql)).collect();
        let many = if plan.steps.len() == 1 {
            "1 revision".to_owned()
        } else {
            format!("{} revisions", plan.steps.len())
        };
        let question =
            format!("Revert {many} of `{}`, and with them the data that this drops?", self.shown_url());
        if what.is_empty() || settings.console.confirm(&Question { what, question }) {
            return Ok(());
        }
        Err(DatabaseFailure::Declined { at: plan.from.to_string() }.into())
    }

    pub(super) fn files_in_rust(&self, plan: &Plan) -> Vec<String> {
        let files = plan.steps.iter().filter_map(|step| self.project.folder.file(step.revision.as_str()));
        files.filter(|file| file.is_rust()).map(|file| format!("`{}`", file.source.name)).collect()
    }

    /// The same run by the application.
    fn run_in_application(
        self,
        request: &RunRequest<'_>,
        settings: RunSettings<'_>,
        plan: Option<&Plan>,
    ) -> Result<Report, Failure> {
        let worker = application::start(self.project, request.application, settings.quiet);
        let mut worker = worker.map_err(|failure| failure.with_state(|| self.position()))?;
        if let Some(plan) = plan.filter(|_| request.confirms(settings)) {
            let (from, to) = (plan.from.clone(), request.to.clone());
            let statements = wire::Statements { from, to, dialect: self.dialect() };
            let (statements, stop) = (Request::Statements(statements), StopToken::new());
            let answer = self.block_on(worker.ask(&statements, &stop, |_| {}))?;
            if let Message::Statements(steps) = answer {
                self.confirm_data_loss(plan, &steps, settings)?;
            }
        }
        let run = wire::Run {
            url: self.url.text.clone(),
            to: request.to.clone(),
            is_one_transaction: request.mode == TransactionMode::PerRun,
            acquire_timeout_ms: settings
                .acquire_timeout
                .map(|time| time.as_millis().try_into().unwrap_or(u64::MAX)),
        };
        self.follow_worker(worker, &Request::Run(run), request, settings)
    }

    fn follow_worker(
        self,
        mut worker: Worker,
        run: &Request,
        request: &RunRequest<'_>,
        settings: RunSettings<'_>,
    ) -> Result<Report, Failure> {
        let stop = StopToken::new();
        let report = progress::reporter(settings.console, self.migrations);
        let asked = worker.ask(run, &stop, report);
        let Some(answer) = self.block_on(stoppable(&stop, settings.console, asked)) else {
            worker.kill();
            return Err(self.killed());
        };
        let answer = answer.map_err(|failure| failure.with_state(|| self.position()))?;
        drop(worker);
        match answer {
            Message::Ran(ran) => Ok(ran),
            Message::Failed(facts) => Err(self.application_failure(facts, request)),
            Message::Happened(_)
            | Message::Statements(_)
            | Message::Replayed(_)
            | Message::Models(_)
            | Message::EnvironmentFailed(_) => {
                Err(Failure::from(ApplicationFailure::Ended { status: None }).with_state(|| self.position()))
            }
        }
    }

    /// An error of the application. What is wrong with a plan is found again here, in the words of this program.
    fn application_failure(&self, facts: ErrorFacts, request: &RunRequest<'_>) -> Failure {
        if matches!(facts.category, Category::NoPlan | Category::UnknownTarget) {
            let at = facts.heads.clone().unwrap_or_default();
            if let Err(error) = self.migrations.plan_from(&at, &request.to) {
                return self.failure(&error);
            }
        }
        // This program could open it.
        if facts.category == Category::InvalidUrl {
            let failure = ApplicationFailure::NoDriver { feature: self.dialect().name() };
            return Failure::from(failure).with_state(|| self.position());
        }
        let status = self.status_after(facts.category);
        run_failure_in_application(facts, status, self.project)
    }

    /// Where the database is, in words.
    fn position(&self) -> String {
        self.status().map_or_else(
            |_| "where the database is could not be read".to_owned(),
            |status| format!("the database is at {}", status.rows),
        )
    }

    /// After the second signal.
    fn killed(self) -> Failure {
        let location = self.project.location.clone();
        // The program ends now: closing would wait for what is under way.
        std::mem::forget(self);
        DatabaseFailure::Ended { location }.into()
    }
}
