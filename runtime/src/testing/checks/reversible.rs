//! Each revision applied, reverted, and applied again.

use super::state::State;
use super::{MigrationCheckError, MigrationChecks, SkippedRevision};
use crate::database::Backend;
use crate::history::compiled::History;
use crate::{Database, Destination, Dialect, Error, ErrorKind, Migrations, RevisionId, Target};
use servicekit_chain::{Heads, Plan};

impl MigrationChecks {
    /// Applies each revision, reverts it, and applies it again: the first two must lead back to the schema that was there,
    /// and the third to that of the first.
    ///
    /// The tables of the current schema are compared with everything that they have, of all other objects the names.
    /// Revisions without a downgrade are only applied, and returned.
    ///
    /// # Errors
    /// [`MigrationCheckError::Reverted`] and [`MigrationCheckError::Reapplied`] with what differs; and the error of a run.
    pub async fn up_down_up<D: Backend>(
        &self,
        database: &Database<D>,
    ) -> Result<Vec<SkippedRevision>, MigrationCheckError> {
        self.migrator().ensure_version(database).await?;
        let plan = self.plan()?;
        let order: Vec<(RevisionId, Heads)> =
            plan.with_rows().map(|(step, rows)| (step.revision.clone(), rows)).collect();
        let revisions: Vec<RevisionId> = order.iter().map(|(revision, _)| revision.clone()).collect();
        let checked = self.revisions.of(&revisions, self.migrations).await;
        let mut one_way = Vec::new();
        let mut rows = Heads::base();
        // What the database has at these rows; not known behind revisions that are not checked.
        let mut before: Option<State> = None;
        for ((revision, after), checked) in order.iter().zip(checked) {
            if checked {
                let was = match before.take() {
                    Some(before) => before,
                    None => self.reach(&rows, database).await?,
                };
                let step = Step { revision, before: &rows, after };
                before = Some(self.check(&step, &was, &mut one_way, database).await?);
            } else {
                before = None;
            }
            rows.clone_from(after);
        }
        if before.is_none() {
            self.reach(&rows, database).await?;
        }
        Ok(one_way)
    }

    /// Applies what leads to these version rows, in one run; what the database has then.
    async fn reach<D: Backend>(
        &self,
        rows: &Heads,
        database: &Database<D>,
    ) -> Result<State, MigrationCheckError> {
        if !rows.is_empty() {
            let target = Target::parse_several(rows.iter().map(RevisionId::as_str)).map_err(Error::from)?;
            self.migrator().upgrade_to(database, target).await?;
        }
        Ok(State::read(self.migrations, database).await?)
    }

    /// Applies a revision, and reverts it and applies it again unless it has no downgrade; what the database has then.
    async fn check<D: Backend>(
        &self,
        step: &Step<'_>,
        before: &State,
        one_way: &mut Vec<SkippedRevision>,
        database: &Database<D>,
    ) -> Result<State, MigrationCheckError> {
        self.apply(step.revision, database).await?;
        let applied = State::read(self.migrations, database).await?;
        match step.way_back(self.migrations, before.dialect)? {
            Err(irreversible) => one_way.push(irreversible),
            Ok(back) => self.there_and_back(step, back, (before, &applied), database).await?,
        }
        Ok(applied)
    }

    async fn there_and_back<D: Backend>(
        &self,
        step: &Step<'_>,
        back: Destination,
        (before, applied): (&State, &State),
        database: &Database<D>,
    ) -> Result<(), MigrationCheckError> {
        let path = || path(self.migrations, step.revision);
        self.migrator().run_to(database, back).await?;
        let reverted = State::read(self.migrations, database).await?;
        if let Some(change) = before.change_to(&reverted).await? {
            let revision = step.revision.clone();
            return Err(MigrationCheckError::Reverted { revision, path: path(), change: Box::new(change) });
        }
        self.apply(step.revision, database).await?;
        let again = State::read(self.migrations, database).await?;
        if let Some(change) = applied.change_to(&again).await? {
            let revision = step.revision.clone();
            return Err(MigrationCheckError::Reapplied { revision, path: path(), change: Box::new(change) });
        }
        Ok(())
    }
}

/// A revision with the version rows around it.
struct Step<'a> {
    revision: &'a RevisionId,
    before: &'a Heads,
    after: &'a Heads,
}

impl Step<'_> {
    /// What reverts this revision alone.
    fn way_back(
        &self,
        migrations: Migrations,
        dialect: Dialect,
    ) -> Result<Result<Destination, SkippedRevision>, Error> {
        let history = History::new(migrations)?;
        let parents: Vec<RevisionId> = history
            .revision(self.revision.as_str())
            .into_iter()
            .flat_map(crate::history::Revision::down_revision)
            .collect();
        let revision = self.revision;
        // The branch before `@` leaves the other branches of the parent as they are; a merge is undone by `-1`.
        let target = match parents.as_slice() {
            [] => format!("{revision}@base"),
            [parent] => format!("{revision}@{parent}"),
            _ => format!("{revision}-1"),
        };
        let back = Destination::downgrade(target.as_str())?;
        let plan = history.plan(self.after, &back)?;
        debug_assert_eq!(&plan.to, self.before, "the way back of {revision}");
        match without_downgrade(migrations, &plan, dialect)?.into_iter().next() {
            Some(skipped) => Ok(Err(skipped)),
            None => Ok(Ok(back)),
        }
    }
}

/// The revisions of a downgrade that cannot be reverted.
pub(super) fn without_downgrade(
    migrations: Migrations,
    plan: &Plan,
    dialect: Dialect,
) -> Result<Vec<SkippedRevision>, Error> {
    let mut found = Vec::new();
    let mut from = plan.from.clone();
    for (step, to) in plan.with_rows() {
        let mut alone = Plan::empty(from.clone());
        alone.steps.push(step.clone());
        if let Err(error) = migrations.preview(&alone, dialect) {
            match error.kind() {
                ErrorKind::NoDowngrade { revision, path } => {
                    found.push(SkippedRevision { revision: revision.clone(), path });
                }
                // The run tells of it.
                _ => return Err(error),
            }
        }
        from = to;
    }
    Ok(found)
}

/// The file of a revision.
pub(super) fn path(migrations: Migrations, revision: &RevisionId) -> &'static str {
    let found = History::new(migrations).ok().and_then(|history| history.revision(revision.as_str()));
    found.map_or("", crate::history::Revision::path)
}
