//! Running revisions: in this process, or by the application where some of them are in Rust.

use super::{Work, interrupt, progress};
use crate::answer::{Live, Note, Question, ids};
use crate::application::{self, Worker};
use crate::arguments;
use crate::failure::{ApplicationFailure, DatabaseFailure, Failure, list};
use servicekit::worker::wire::{self, ErrorFacts, Message, Request, StepStatements};
use servicekit::{
    AnyBackend, Database, Direction, Error, Migrator, Plan, StopToken, Target, TransactionMode,
};
use servicekit_chain::sql::drops_data;
use servicekit_chain::{Heads, RevisionId};
use std::future::Future;
use std::time::Duration;

/// What a command is to do with a database.
#[derive(Debug)]
pub(crate) struct Course<'a> {
    pub(crate) direction: Direction,
    pub(crate) target: Target,
    /// The target as a person writes it.
    pub(crate) written: &'a str,
    pub(crate) mode: TransactionMode,
    /// Whether a person is asked before a downgrade drops data.
    pub(crate) asks: bool,
    pub(crate) application: &'a arguments::Application,
}

impl Course<'_> {
    /// Whether a person is asked before data is dropped.
    fn asks(&self, settings: Settings<'_>) -> bool {
        self.asks && self.direction == Direction::Downgrade && settings.live.can_ask()
    }
}

/// How a command does it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings<'a> {
    pub(crate) live: &'a Live,
    pub(crate) lock_timeout: Option<Duration>,
    pub(crate) quiet: bool,
}

impl Work<'_> {
    /// Runs revisions.
    ///
    /// # Errors
    /// See [`DatabaseFailure`] and [`ApplicationFailure`].
    pub(crate) fn go(self, course: &Course<'_>, settings: Settings<'_>) -> Result<wire::Ran, Failure> {
        let migrator = self.migrator(settings).transaction(course.mode);
        let plan = self.look_ahead(course, settings)?;
        let in_rust = plan.as_ref().map(|plan| self.files_in_rust(plan)).unwrap_or_default();
        if !in_rust.is_empty() {
            let are = if in_rust.len() == 1 { "is" } else { "are" };
            let message =
                format!("{} {are} in Rust: the application is built, and runs this", list(&in_rust, "and"));
            settings.live.note(Note { message, help: None });
            return self.go_by_application(course, settings, plan.as_ref());
        }
        if let Some(plan) = plan.as_ref().filter(|_| course.asks(settings)) {
            let steps = self.migrations.statements(plan, self.dialect());
            let steps = steps.map_err(|error| self.failed(&error))?;
            let steps: Vec<StepStatements> = steps.iter().map(StepStatements::from).collect();
            self.agree(plan, &steps, settings)?;
        }
        let stop = StopToken::new();
        let migrator = migrator.stopped_by(&stop);
        let target = course.target.clone();
        let run = async {
            match course.direction {
                Direction::Upgrade => migrator.upgrade_to(&self.database, target).await,
                Direction::Downgrade => migrator.downgrade_to(&self.database, target).await,
            }
        };
        match self.wait_stoppably(&stop, settings.live, run) {
            Some(Ok(report)) => Ok(wire::Ran::from(&report)),
            // It was not foreseen: something was half done, or another run has moved the database meanwhile.
            Some(Err(Error::NeedsApplication { .. })) => self.go_by_application(course, settings, None),
            Some(Err(error)) => Err(self.failed(&error)),
            None => Err(self.ended()),
        }
    }

    /// Does something else than running revisions.
    ///
    /// # Errors
    /// See [`DatabaseFailure`].
    pub(crate) fn note<T>(
        self,
        settings: Settings<'_>,
        write: impl AsyncFnOnce(&Migrator, &Database<AnyBackend>) -> Result<T, Error>,
    ) -> Result<(T, Self), Failure> {
        let stop = StopToken::new();
        let migrator = self.migrator(settings).stopped_by(&stop);
        match self.wait_stoppably(&stop, settings.live, write(&migrator, &self.database)) {
            Some(Ok(written)) => Ok((written, self)),
            Some(Err(error)) => Err(self.failed(&error)),
            None => Err(self.ended()),
        }
    }

    fn migrator(&self, settings: Settings<'_>) -> Migrator {
        let report = progress::reporter(settings.live, self.migrations);
        let migrator = self.migrations.migrator();
        let migrator = migrator.on_progress(move |progress| {
            if let Some(happened) = wire::Happened::of(progress) {
                report(&happened);
            }
        });
        match settings.lock_timeout {
            Some(timeout) => migrator.acquire_timeout(timeout),
            None => migrator,
        }
    }

    /// Tells what a plan has to tell. A plan that cannot be made is no failure here: a run may have something half done to
    /// finish first.
    fn look_ahead(&self, course: &Course<'_>, settings: Settings<'_>) -> Result<Option<Plan>, Failure> {
        let plan = match self.try_to_plan(course.target.clone(), course.direction) {
            Ok(plan) => plan,
            Err(Error::Plan { .. }) => return Ok(None),
            Err(error) => return Err(self.failed(&error)),
        };
        for note in &plan.notes {
            settings.live.note(Note { message: note.to_string(), help: None });
        }
        Ok(Some(plan))
    }

    /// Asks before data is dropped, where any is.
    fn agree(&self, plan: &Plan, steps: &[StepStatements], settings: Settings<'_>) -> Result<(), Failure> {
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
        if what.is_empty() || settings.live.agrees(&Question { what, question }) {
            return Ok(());
        }
        Err(DatabaseFailure::Declined { at: plan.from.to_string() }.into())
    }

    fn files_in_rust(&self, plan: &Plan) -> Vec<String> {
        let files = plan.steps.iter().filter_map(|step| self.chain.folder.file(step.revision.as_str()));
        files.filter(|file| file.is_rust()).map(|file| format!("`{}`", file.source.name)).collect()
    }

    /// The same run by the application.
    fn go_by_application(
        self,
        course: &Course<'_>,
        settings: Settings<'_>,
        plan: Option<&Plan>,
    ) -> Result<wire::Ran, Failure> {
        let worker = application::start(self.chain, course.application.package.as_deref(), settings.quiet);
        let mut worker = worker.map_err(|failure| failure.with_state(|| self.position()))?;
        if let Some(plan) = plan.filter(|_| course.asks(settings)) {
            let request = wire::Statements {
                from: ids(&plan.from),
                is_downgrade: course.direction == Direction::Downgrade,
                target: course.written.to_owned(),
                dialect: self.dialect().to_string(),
            };
            let (request, stop) = (Request::Statements(request), StopToken::new());
            let answer = self.wait_for(worker.ask(&request, &stop, |_| {}))?;
            if let Message::Statements(steps) = answer {
                self.agree(plan, &steps, settings)?;
            }
        }
        let run = wire::Run {
            url: self.url.text.clone(),
            is_downgrade: course.direction == Direction::Downgrade,
            target: course.written.to_owned(),
            is_one_transaction: course.mode == TransactionMode::PerRun,
            lock_timeout_ms: settings
                .lock_timeout
                .map(|time| time.as_millis().try_into().unwrap_or(u64::MAX)),
        };
        self.follow(worker, &Request::Run(run), course, settings)
    }

    fn follow(
        self,
        mut worker: Worker,
        request: &Request,
        course: &Course<'_>,
        settings: Settings<'_>,
    ) -> Result<wire::Ran, Failure> {
        let stop = StopToken::new();
        let report = progress::reporter(settings.live, self.migrations);
        let Some(answer) = self.wait_stoppably(&stop, settings.live, worker.ask(request, &stop, report))
        else {
            worker.kill();
            return Err(self.ended());
        };
        let answer = answer.map_err(|failure| failure.with_state(|| self.position()))?;
        worker.close();
        match answer {
            Message::Ran(ran) => Ok(ran),
            Message::Failed(facts) => Err(self.failed_elsewhere(facts, course)),
            Message::Happened(_) | Message::Statements(_) => {
                Err(Failure::from(ApplicationFailure::Ended { status: None }).with_state(|| self.position()))
            }
        }
    }

    /// An error of the application. What is wrong with a plan is found again here, in the words of this program.
    fn failed_elsewhere(&self, facts: ErrorFacts, course: &Course<'_>) -> Failure {
        let rows = facts.rows.iter().flatten();
        let at: Heads = rows.filter_map(|row| RevisionId::new(row).ok()).collect();
        if facts.code == "no_plan"
            && let Ok(Err(source)) = self.chain.plan(&at, &course.target, course.direction)
        {
            return self.failed(&Error::Plan { at, source, folder: self.migrations.folder() });
        }
        // This program could open it.
        if facts.code == "invalid_url" {
            let failure = ApplicationFailure::NoDriver { feature: self.dialect().name() };
            return Failure::from(failure).with_state(|| self.position());
        }
        let status = self.status_after(&facts.code);
        DatabaseFailure::run_elsewhere(facts, status, self.chain).into()
    }

    /// Where the database is, in words.
    fn position(&self) -> String {
        self.status().map_or_else(
            |_| "where the database is could not be read".to_owned(),
            |status| format!("the database is at {}", status.rows),
        )
    }

    /// Waits for a run. The first signal asks it to stop and waits on; `None` after the second.
    fn wait_stoppably<T>(&self, stop: &StopToken, live: &Live, run: impl Future<Output = T>) -> Option<T> {
        self.wait_for(interrupt::stoppable(stop, live, run))
    }

    /// After the second signal.
    fn ended(self) -> Failure {
        let location = self.chain.location.clone();
        // The program ends now: closing would wait for what is under way.
        std::mem::forget(self);
        DatabaseFailure::Ended { location }.into()
    }
}
