//! A revision with stages outside a transaction: each is noted before and after, so that it runs exactly once whatever
//! crashes.
//!
//! Before the first stage a mark row goes into the version table, and it leaves in the transaction that moves the
//! version rows after the last one. What was done of a stage is noted together with what is begun of the next, so
//! that there is one write for each statement.

use crate::error::{Error, ErrorClass, ErrorKind, PartialStage, StagePosition, StatementOutcome};
use crate::run::recovery::fingerprint::Fingerprint;
use crate::run::recovery::{Verdict, atomic};
use crate::run::{
    Advance, Context, DatabaseState, Failed, Records, RetryDeadline, Session, StopFlag, journal, recovery,
};
use crate::script::{OpenStage, Prepared, Stage, StageState, Statement, Work};
use servicekit_chain::RevisionId;
use servicekit_chain::sql::Recovery;
use std::time::Instant;

/// One revision that is done stage by stage.
pub(crate) struct StagedRevision<'a, 'c> {
    pub(crate) session: &'a mut Session<'c>,
    pub(crate) current: &'a Prepared,
    /// What each stage needs; it names none.
    pub(crate) context: Context<'a>,
    /// The stage that is done and not yet noted.
    pub(crate) unnoted: Option<i64>,
    /// Whether the mark row stands.
    pub(crate) marked: bool,
    /// The row of a stage that failed, and that the file does not have any more.
    dropped: Option<i64>,
}

impl<'a, 'c> StagedRevision<'a, 'c> {
    pub(crate) fn new(session: &'a mut Session<'c>, current: &'a Prepared, context: Context<'a>) -> Self {
        let marked = !current.begun.is_empty();
        Self { session, current, context, unnoted: None, marked, dropped: None }
    }

    /// Does what is left to do of the revision.
    pub(crate) async fn run(mut self) -> Result<Advance, Error> {
        let list = &self.current.units.list;
        let (first, reopened) = self.find_beginning().await?;
        // A new session has none of the settings that the stages before it were given.
        let missed = list.iter().take(first).flat_map(|unit| &unit.settings);
        for setting in missed {
            self.set(first, setting).await?;
        }
        for (index, unit) in list.iter().enumerate().skip(first) {
            if let Err(error) = self.deadline().check_stop() {
                self.note_end(index, None).await;
                return Err(error);
            }
            let seq = reopened.filter(|_| index == first);
            for setting in &unit.settings {
                if let Err(error) = self.set(index, setting).await {
                    self.note_end(index, Some(Failed { index, unit, seq })).await;
                    return Err(error);
                }
            }
            let outcome = match &unit.work {
                Work::Together(statements) => self.together(index, unit, statements, seq).await,
                Work::Alone(statement, recovery) => {
                    let outcome = self.alone(index, unit, statement, recovery, seq).await;
                    if outcome.is_err() {
                        // What it says of itself is written already.
                        self.note_end(index, None).await;
                    }
                    outcome
                }
            };
            if let Advance::Moved(found) = outcome? {
                return Ok(Advance::Moved(found));
            }
        }
        if self.marked
            && let Advance::Moved(found) = self.finish().await?
        {
            return Ok(Advance::Moved(found));
        }
        for setting in &self.current.units.last_settings {
            self.set(list.len().saturating_sub(1), setting).await?;
        }
        Ok(Advance::Done(()))
    }

    /// The first unit that is not done, and its row in the journal if it has one.
    async fn find_beginning(&mut self) -> Result<(usize, Option<i64>), Error> {
        let list = &self.current.units.list;
        let Some((newest, before)) = self.current.begun.split_last() else { return Ok((0, None)) };
        for (stage, unit) in before.iter().zip(list) {
            self.same(stage, unit)?;
        }
        let index = before.len();
        let unit = list.get(index);
        if unit.is_none() && newest.state == StageState::Failed {
            // Nothing of it was done, so that it may as well go.
            self.dropped = Some(newest.seq);
            return Ok((index, None));
        }
        if unit.is_none() && !newest.state.is_over() {
            return Err(self.edited(newest));
        }
        let first = match newest.state {
            StageState::Done | StageState::Resolved => {
                if let Some(unit) = unit {
                    self.same(newest, unit)?;
                }
                (index + 1, None)
            }
            StageState::Failed => (index, Some(newest.seq)),
            StageState::Intent => {
                // One of a transaction, if it is the only one, may have wanted no transaction around it.
                let mut statements = unit.into_iter().flat_map(Stage::statements);
                let statement = match (statements.next(), statements.next()) {
                    (Some(only), None) => only.sql.as_str(),
                    _ => "",
                };
                let mut deadline = self.deadline();
                match recovery::find_out(self.session, newest, statement, &mut deadline).await? {
                    Verdict::NotDone => (index, Some(newest.seq)),
                    Verdict::Done => {
                        if let Some(unit) = unit {
                            self.same(newest, unit)?;
                        }
                        tracing::info!(
                            stage = newest.stage,
                            "the stage was done before the run that started it ended"
                        );
                        self.unnoted = Some(newest.seq);
                        (index + 1, None)
                    }
                    Verdict::InDoubt { found } => return Err(self.in_doubt(newest, statement, found)),
                }
            }
        };
        if list.iter().take(first.0).any(Stage::captures) {
            let found =
                "an earlier stage stored a value in a variable of the session, which has ended".to_owned();
            return Err(self.in_doubt(newest, "", found));
        }
        Ok(first)
    }

    /// The text of a stage that was done must not have changed.
    fn same(&self, stage: &OpenStage, unit: &Stage) -> Result<(), Error> {
        if stage.statement_digest == self.digest(unit) { Ok(()) } else { Err(self.edited(stage)) }
    }

    fn edited(&self, stage: &OpenStage) -> Error {
        let (stage, path) = (Box::new(self.described(stage)), self.current.revision.path());
        ErrorKind::PartialEdited { stage, path }.into()
    }

    pub(crate) fn digest(&self, unit: &Stage) -> String {
        unit.digest(self.current.step.direction, self.session.engine.dialect())
    }

    fn described(&self, stage: &OpenStage) -> PartialStage {
        PartialStage {
            revision: self.current.step.revision.clone(),
            direction: self.current.step.direction,
            stage: stage.stage,
            stages: stage.stages,
            started_at: stage.started_at.clone(),
        }
    }

    fn in_doubt(&self, stage: &OpenStage, statement: &str, found: String) -> Error {
        let (stage, path) = (Box::new(self.described(stage)), self.current.revision.path());
        ErrorKind::InDoubt { stage, path, statement: statement.to_owned(), found }.into()
    }

    fn deadline(&self) -> RetryDeadline {
        self.deadline_with(self.context.stop)
    }

    pub(crate) fn deadline_with(&self, stop: &StopFlag) -> RetryDeadline {
        RetryDeadline::new(self.context.options, stop, self.session.engine, Some(&self.current.before))
    }

    pub(crate) fn revision(&self) -> &'a RevisionId {
        &self.current.step.revision
    }

    pub(crate) fn place(&self, index: usize) -> (usize, usize) {
        (index + 1, self.current.units.list.len())
    }

    fn is_last(&self, index: usize) -> bool {
        index + 1 == self.current.units.list.len()
    }

    /// What a stage needs.
    pub(crate) fn context_at(&self, index: usize) -> Context<'a> {
        let (stage, stages) = self.place(index);
        Context { stage: Some(StagePosition { stage, stages, kept: self.marked }), ..self.context }
    }

    /// Where the database must be before a write.
    pub(crate) fn here(&self) -> DatabaseState {
        DatabaseState { rows: self.current.before.clone(), is_partial: self.marked }
    }

    /// Whether the journal is as this run has left it. Where a lock keeps others away it is; on SQLite another process
    /// may have done the next stage.
    async fn is_journal_ours(&mut self, index: usize, seq: Option<i64>) -> Result<bool, Error> {
        if self.session.has_lock() || !self.marked {
            return Ok(true);
        }
        let history = self.context.history;
        let stages = journal::open_stages(self.session, &|id| history.revision(id).is_some()).await?;
        let over = stages.iter().filter(|stage| stage.state.is_over()).count();
        Ok(over == index - usize::from(self.unnoted.is_some())
            && stages.len() == index + usize::from(seq.is_some()))
    }

    /// Begins a transaction where this run left the database.
    pub(crate) async fn begin(
        &mut self,
        index: usize,
        seq: Option<i64>,
        deadline: &mut RetryDeadline,
    ) -> Result<Advance, Error> {
        let here = self.here();
        let begun = self.session.begin(self.context.options, deadline, &here).await?;
        if matches!(begun, Advance::Moved(_)) || self.is_journal_ours(index, seq).await? {
            return Ok(begun);
        }
        self.session.rollback().await;
        Ok(Advance::Moved(here))
    }

    /// Runs a setting of the session.
    async fn set(&mut self, index: usize, setting: &Statement) -> Result<(), Error> {
        let context = self.context_at(index);
        match self.session.connection().run(&[&setting.sql]).await {
            Ok(()) => {
                self.session.note_role(&setting.sql);
                Ok(())
            }
            Err(error) => Err(context.failed(self.session, self.current, &[setting], error).await),
        }
    }

    /// Notes what is done and not yet noted.
    pub(crate) fn note(&mut self, records: &mut Records) {
        if let Some(seq) = self.unnoted {
            let text = journal::close(self.session.engine, &self.session.tables, seq, StageState::Done);
            records.journal(Some(self.revision()), text);
        }
    }

    /// Puts the version rows where they belong after the last stage; gives the position then.
    fn record_arrival(&self, records: &mut Records) -> DatabaseState {
        if self.marked {
            records.mark(self.session, Some(self.revision()), false);
        }
        records.change_rows(self.session, Some(self.revision()), &self.current.step.rows);
        DatabaseState::at(self.current.after.clone())
    }

    /// A unit that is a transaction: what it did, and that it did it, is committed together.
    async fn together(
        &mut self,
        index: usize,
        unit: &Stage,
        statements: &[Statement],
        seq: Option<i64>,
    ) -> Result<Advance, Error> {
        let mut deadline = self.deadline();
        loop {
            match self.attempt_together(index, unit, statements, seq).await {
                Ok(outcome) => return Ok(outcome),
                Err(error) if self.refuses_transaction(&error, statements) => {
                    let [statement] = statements else { return Err(error) };
                    return self.alone(index, unit, statement, &Recovery::Ask, seq).await;
                }
                Err(error) => {
                    if let Err(error) = deadline.pause_if_busy(error).await {
                        if !matches!(error.kind(), ErrorKind::CommitUnknown { .. }) {
                            self.note_end(index, Some(Failed { index, unit, seq })).await;
                        }
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Whether the only statement of a `+transaction off` stage wants no transaction around it.
    fn refuses_transaction(&self, error: &Error, statements: &[Statement]) -> bool {
        let ErrorKind::Statement(failure) = error.kind() else { return false };
        self.current.units.one_by_one
            && statements.len() == 1
            && self.session.engine.class(&failure.source) == ErrorClass::NotInTransaction
    }

    /// Statements in a transaction, with foreign keys off where SQLite rebuilds a table.
    async fn attempt_together(
        &mut self,
        index: usize,
        unit: &Stage,
        statements: &[Statement],
        seq: Option<i64>,
    ) -> Result<Advance, Error> {
        if !statements.iter().any(Statement::rebuilds) {
            return self.in_a_transaction(index, unit, statements, seq).await;
        }
        self.session.suspend_foreign_keys().await?;
        let result = self.in_a_transaction(index, unit, statements, seq).await;
        self.session.restore_foreign_keys().await;
        result
    }

    async fn in_a_transaction(
        &mut self,
        index: usize,
        unit: &Stage,
        statements: &[Statement],
        seq: Option<i64>,
    ) -> Result<Advance, Error> {
        let mut deadline = self.deadline();
        let here = self.here();
        if let Advance::Moved(found) = self.begin(index, seq, &mut deadline).await? {
            return Ok(Advance::Moved(found));
        }
        let context = self.context_at(index);
        let mut records = Records::new(self.session);
        self.note(&mut records);
        let digest = self.digest(unit);
        let mut entry = context.entry(self.current, self.session.time_at(Instant::now()));
        (entry.place, entry.statement_digest) = (self.place(index), Some(digest.as_str()));
        records.ended(self.session, self.revision(), &entry, seq);
        let expected = if self.is_last(index) {
            self.record_arrival(&mut records)
        } else {
            if !self.marked {
                records.mark(self.session, Some(self.revision()), true);
            }
            DatabaseState { is_partial: true, ..here }
        };
        let statements: Vec<&Statement> = statements.iter().collect();
        self.session.note_violations().await;
        let mut result = context.run(self.session, self.current, &statements, records, &expected).await;
        if result.is_ok() {
            result = self.session.check_violations(Some(&self.current.step.revision)).await;
        }
        self.session.rollback_on_error(result).await?;
        self.session.commit(Some(self.revision()), &mut deadline).await?;
        self.marked = expected.is_partial;
        self.unnoted = None;
        Ok(Advance::Done(()))
    }

    /// A statement outside a transaction.
    async fn alone(
        &mut self,
        index: usize,
        unit: &Stage,
        statement: &Statement,
        recovery: &Recovery,
        mut seq: Option<i64>,
    ) -> Result<Advance, Error> {
        let mut deadline = self.deadline();
        loop {
            if let Recovery::BuildIndex { index: Some(name), table, .. } = recovery {
                // One that is left behind would be taken for built by `IF NOT EXISTS`, and be in the way of any other.
                recovery::clear_index(self.session, table, &name.name, &mut deadline).await?;
            }
            let (sql, class) = (&statement.sql, &statement.class);
            let recovery = &*atomic::recovery(self.session, recovery, sql, class).await?;
            let fingerprint = Fingerprint::take(self.session, recovery, class).await?;
            let intent = match self.write_intent(index, unit, &fingerprint, seq).await? {
                Advance::Done(seq) => seq,
                Advance::Moved(found) => return Ok(Advance::Moved(found)),
            };
            seq = Some(intent);
            let is_patient = matches!(recovery, Recovery::BuildIndex { .. } | Recovery::DropIndex { .. });
            match self.execute(index, statement, is_patient).await {
                Ok(()) => {
                    self.unnoted = Some(intent);
                    return Ok(Advance::Done(()));
                }
                Err(error) => {
                    // One that nobody knows may have done a part, as a procedure that commits.
                    let is_known = *recovery != Recovery::Ask || !statement.class.objects.is_empty();
                    self.refused(intent, error, is_known, &mut deadline).await?;
                }
            }
        }
    }

    /// The database refused the statement: it is tried again when it met a lock, else noted as failed.
    async fn refused(
        &mut self,
        seq: i64,
        error: Error,
        is_known: bool,
        deadline: &mut RetryDeadline,
    ) -> Result<(), Error> {
        let ErrorKind::Statement(failure) = error.kind() else {
            // A setting was refused, before the statement or after it; the next start finds out.
            return Err(error);
        };
        if self.session.engine.class(&failure.source) == ErrorClass::Gone {
            return Err(error.with_outcome(StatementOutcome::FoundOutNext));
        }
        if !is_known && !self.session.engine.is_not_begun(&failure.source) {
            return Err(error.with_outcome(StatementOutcome::ForAPerson));
        }
        let Err(error) = deadline.pause_if_busy(error).await else { return Ok(()) };
        let text = journal::close(self.session.engine, &self.session.tables, seq, StageState::Failed);
        let texts = self.session.by_own_role(text);
        if let Err(error) = self.session.connection().run(&texts).await {
            // Then it stays an intent, and the next start finds out by itself.
            tracing::warn!(error = %error.source, "the journal could not note that the stage failed");
        }
        Err(error)
    }

    async fn execute(&mut self, index: usize, statement: &Statement, is_patient: bool) -> Result<(), Error> {
        let context = self.context_at(index);
        context.tell_one(self.current, statement);
        if is_patient {
            let patient = self.session.engine.patient_settings(&self.context.options.timeouts);
            self.session.change_settings(patient).await?;
        }
        let result = self.session.connection().run(&[&statement.sql]).await;
        if is_patient {
            let server = self.session.server().await?.clone();
            let usual = self.session.engine.settings(&self.context.options.timeouts, &server);
            // The connection may be gone with the statement; then the error of the statement counts.
            let changed = self.session.change_settings(usual).await;
            if result.is_ok() {
                changed?;
            }
        }
        match result {
            Ok(()) => Ok(()),
            Err(error) => Err(context.failed(self.session, self.current, &[statement], error).await),
        }
    }

    /// Writes that a statement is about to run, and gives the row.
    async fn write_intent(
        &mut self,
        index: usize,
        unit: &Stage,
        fingerprint: &Fingerprint,
        seq: Option<i64>,
    ) -> Result<Advance<i64>, Error> {
        let mut deadline = self.deadline();
        loop {
            match self.attempt_intent(index, unit, fingerprint, seq).await {
                Ok(intent) => return Ok(intent),
                Err(error) => deadline.pause_if_busy(error).await?,
            }
        }
    }

    async fn attempt_intent(
        &mut self,
        index: usize,
        unit: &Stage,
        fingerprint: &Fingerprint,
        seq: Option<i64>,
    ) -> Result<Advance<i64>, Error> {
        let own_session = self.session.session_id().await?;
        let mut deadline = self.deadline();
        let here = self.here();
        if let Advance::Moved(found) = self.begin(index, seq, &mut deadline).await? {
            return Ok(Advance::Moved(found));
        }
        let context = self.context_at(index);
        let fingerprint = fingerprint.to_text();
        let mut records = Records::new(self.session);
        self.note(&mut records);
        let digest = self.digest(unit);
        let mut entry = context.entry(self.current, self.session.engine.time().to_owned());
        (entry.place, entry.statement_digest, entry.state) =
            (self.place(index), Some(digest.as_str()), StageState::Intent);
        (entry.fingerprint, entry.session) = (Some(fingerprint.as_str()), own_session.as_deref());
        let (engine, tables) = (self.session.engine, &self.session.tables);
        match seq {
            Some(seq) => {
                records.journal(Some(self.revision()), journal::reopen(engine, tables, seq, &entry));
            }
            None => records.intent(self.session, self.revision(), &entry),
        }
        if !self.marked {
            records.mark(self.session, Some(self.revision()), true);
        }
        let expected = DatabaseState { is_partial: true, ..here };
        let unnumbered = "the journal that belongs to it does not number its rows";
        let written = context.write(self.session, Some(self.revision()), records, &expected).await;
        let row = written.and_then(|row| seq.or(row).ok_or_else(|| self.session.tables.corrupt(unnumbered)));
        let seq = self.session.rollback_on_error(row).await?;
        self.session.commit(Some(self.revision()), &mut deadline).await?;
        (self.marked, self.unnoted) = (true, None);
        Ok(Advance::Done(seq))
    }

    /// Moves the version rows and takes the mark row away, after a last stage outside a transaction.
    async fn finish(&mut self) -> Result<Advance, Error> {
        let mut deadline = self.deadline();
        loop {
            match self.attempt_finish().await {
                Ok(outcome) => return Ok(outcome),
                Err(error) => deadline.pause_if_busy(error).await?,
            }
        }
    }

    async fn attempt_finish(&mut self) -> Result<Advance, Error> {
        let mut deadline = self.deadline();
        let steps = self.current.units.list.len();
        if let Advance::Moved(found) = self.begin(steps, self.dropped, &mut deadline).await? {
            return Ok(Advance::Moved(found));
        }
        let context = self.context_at(steps.saturating_sub(1));
        let mut records = Records::new(self.session);
        self.note(&mut records);
        let expected = self.record_arrival(&mut records);
        let written = context.write(self.session, Some(self.revision()), records, &expected).await;
        self.session.rollback_on_error(written).await?;
        self.session.commit(Some(self.revision()), &mut deadline).await?;
        (self.marked, self.unnoted) = (false, None);
        Ok(Advance::Done(()))
    }
}
