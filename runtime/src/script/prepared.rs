//! A step of a plan with everything that it will run, found before the first step runs.

use crate::error::{Error, ErrorKind, RefusalReason, RefusedStatement};
use crate::history::{History, Revision};
use crate::script::{OpenStage, Recording, Stage, Stages, Statement, check, statement};
use servicekit_chain::digest::Digest;
use servicekit_chain::sql::ModeSetting;
use servicekit_chain::{Heads, Step};
use servicekit_schema::requirement::ServerVersion;
use std::sync::OnceLock;

/// A step with what it will run.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) step: Step,
    pub(crate) revision: &'static Revision,
    pub(crate) units: Stages,
    /// What a `.rs` file has recorded.
    pub(crate) recording: Option<Recording>,
    pub(crate) before: Heads,
    pub(crate) after: Heads,
    /// What an earlier run has done of it.
    pub(crate) begun: Vec<OpenStage>,
    digest: OnceLock<Option<Digest>>,
}

impl Prepared {
    /// Finds what a step runs; `None` when the history does not have the revision.
    pub(crate) fn new(
        history: &History,
        mode: &ModeSetting,
        step: Step,
        before: &Heads,
        at: &Heads,
    ) -> Result<Option<Self>, Error> {
        let Some(revision) = history.revision(step.revision.as_str()) else { return Ok(None) };
        let side = statement::side(revision, step.direction, mode, at)?;
        let recording = side.recording;
        let units = Stages::new(side, mode.dialect());
        if let Some(statement) = units.asks_across_stages() {
            let reason = check::across_stages(mode.dialect());
            let refused = check::refused(revision, step.direction, reason, &statement.origin, None);
            return Err(ErrorKind::Refused(Box::new(refused)).into());
        }
        let mut after = before.clone();
        step.rows.apply(&mut after);
        let (before, begun, digest) = (before.clone(), Vec::new(), OnceLock::new());
        Ok(Some(Self { step, revision, units, recording, before, after, begun, digest }))
    }

    /// The statements of several revisions, each with its own.
    pub(crate) fn statements_of(several: &[Self]) -> Vec<(&Self, &Statement)> {
        let of = |current| Self::statements(current).map(move |statement| (current, statement));
        several.iter().flat_map(of).collect()
    }

    /// The digest of the revision, made once: while the database is busy, where there is such a time.
    pub(crate) fn digest(&self) -> Option<Digest> {
        *self.digest.get_or_init(|| self.revision.digest())
    }

    /// The operations that this server cannot do.
    pub(crate) fn lacking(&self, server: &ServerVersion) -> impl Iterator<Item = RefusedStatement> {
        let all = self
            .units
            .statements()
            .flat_map(|statement| statement.needs.iter().map(move |each| (statement, each)));
        all.filter(|(_, needed)| !needed.is_met_by(server)).map(|(statement, needed)| {
            let reason = RefusalReason::Lacking { requirement: *needed, server: server.clone() };
            check::refused(self.revision, self.step.direction, reason, &statement.origin, None)
        })
    }

    /// Whether all of it happens in one transaction.
    pub(crate) fn is_one_transaction(&self) -> bool {
        self.begun.is_empty() && self.units.is_one_transaction
    }

    /// What it runs, where that is one transaction.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.units.list.iter().flat_map(Stage::statements)
    }

    /// Whether it rebuilds a table of SQLite, in the transaction that it is.
    pub(crate) fn rebuilds(&self) -> bool {
        self.statements().any(Statement::rebuilds)
    }

    /// Whether it can only run in a session that holds the lock of the run.
    pub(crate) fn needs_lock(&self) -> bool {
        !self.begun.is_empty() || self.units.leave_transactions()
    }
}

/// How many of these, from the first, can share a transaction: a value that is added to an enumeration can only be used
/// after a commit.
pub(crate) fn sharing_a_transaction(list: &[Prepared]) -> usize {
    let mut count = 0;
    while let Some(current) = list.get(count).filter(|current| current.is_one_transaction()) {
        count += 1;
        let later = list.get(count..).unwrap_or_default();
        let is_used = |value: &String| later.iter().any(|later| later.units.mention(value));
        if current.units.added_values.iter().any(is_used) {
            break;
        }
    }
    count
}
