//! Models and a database at head, or the history replayed, side by side.

use super::{CommandContext, named, scratch};
use crate::arguments::{AnswerArgs, ApplicationArgs, ScratchArgs};
use crate::commands::{current, inspect};
use crate::failure::{AutogenerateFailure, Failure, list_of_names};
use crate::output::Note;
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase};
use servicekit::Dialect;
use servicekit::diff::{Difference, Hazard, Ignored, ModelDifference, Rename};
use servicekit::introspection::{Count, count, decide};
use servicekit::schema::{Hints, Schema, TableName};
use servicekit_chain::ModelChange;
use std::collections::BTreeSet;

/// What differs between models and a database.
pub(super) struct Comparison<'p> {
    pub(super) difference: Difference,
    /// The database that is compared; with a replay, one that has nothing in it.
    pub(super) database: OpenDatabase<'p>,
    /// Whether the history was replayed instead.
    pub(super) is_replayed: bool,
    /// What the revision says of the tables of models.
    pub(super) models: Vec<ModelChange>,
    pub(super) notes: Vec<Note>,
    renames: Vec<Rename>,
    /// The schema of the database.
    actual: Schema,
    wanted: Wanted,
}

/// What the application and the history say.
struct Wanted {
    /// The schema of the models.
    schema: Schema,
    hints: Vec<(TableName, Hints)>,
    /// The tables that belong to models by the history.
    managed: BTreeSet<String>,
    ignored: Vec<Ignored>,
    /// The kinds of databases that the history serves; none where it is whichever is compared.
    databases: Vec<Dialect>,
}

/// A schema of a database that was read, and what differs.
struct Seen {
    actual: Schema,
    renames: Vec<Rename>,
    found: ModelDifference,
}

impl<'p> Comparison<'p> {
    /// Reads both, and compares them by what models and options say of renames.
    ///
    /// # Errors
    /// When the database is not at head or cannot be read, the application gives no models, or a rename is none.
    pub(super) fn of(
        answers: &AnswerArgs,
        application: &ApplicationArgs,
        replay: &ScratchArgs,
        context: CommandContext<'p>,
    ) -> Result<Self, Failure> {
        let project = context.project;
        let is_replayed = replay.scratch;
        let database = if is_replayed {
            scratch::open(replay, context)?
        } else {
            OpenDatabase::open(project, context.common, MissingFile::Create)?
        };
        let dialect = database.dialect();
        refuse_unserved(project, dialect)?;
        if !is_replayed && let Some(failure) = current::not_at_head(&database.status()?, project)? {
            return Err(failure);
        }
        let (wanted, notes) = Wanted::of(application, context)?;
        let seen = if is_replayed {
            let schemas = wanted.schemas();
            scratch::replay(&database, replay, application, &schemas, context, async |actual, replayed| {
                let mut seen = wanted.compared_with(actual, &answers.rename, dialect)?;
                let decided = decide(seen.found.difference, replayed).await;
                seen.found.difference = decided.map_err(|error| database.failure(&error))?;
                Ok(seen)
            })?
        } else {
            let wanted_schemas = inspect::with_schemas(&wanted.schemas(), project);
            let actual = database.ask(async |_, database| wanted_schemas.read(database).await)?;
            let mut seen = wanted.compared_with(actual, &answers.rename, dialect)?;
            let difference = seen.found.difference;
            seen.found.difference = database.ask(async |_, database| decide(difference, database).await)?;
            seen
        };
        wanted.refuse_unnameable()?;
        let Seen { actual, renames, found } = seen;
        let ModelDifference { difference, changes, unmanaged, .. } = found.ignoring(&wanted.ignored);
        let notes = notes.into_iter().chain(note_of_others(&unmanaged)).collect();
        let comparison =
            Self { difference, database, is_replayed, models: changes, notes, renames, actual, wanted };
        comparison.refuse_if_all_vanish()?;
        Ok(comparison)
    }

    /// Compares again, with these renames besides.
    pub(super) fn rename(&mut self, rename: Rename) -> Result<(), Failure> {
        self.renames.push(rename);
        let mut found = self.wanted.differs_from(&self.actual, &self.renames, self.database.dialect())?;
        let difference = found.difference;
        found.difference = self.database.ask(async |_, database| decide(difference, database).await)?;
        let found = found.ignoring(&self.wanted.ignored);
        (self.difference, self.models) = (found.difference, found.changes);
        Ok(())
    }

    /// The schema of the models.
    pub(super) fn wanted(&self) -> &Schema {
        &self.wanted.schema
    }

    /// The kinds of databases that the history serves; none where it is whichever is compared.
    pub(super) fn databases(&self) -> &[Dialect] {
        &self.wanted.databases
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.difference.is_empty() && self.models.is_empty()
    }

    /// The rows that each hazard is about.
    pub(super) fn counts(&self, hazards: &[Hazard]) -> Result<Vec<Count>, Failure> {
        if self.is_replayed {
            let without_rows = || Count::NotCounted("a replay has no rows".to_owned());
            return Ok(hazards.iter().map(|_| without_rows()).collect());
        }
        self.database.ask(async |_, database| count(&self.difference, hazards, database).await)
    }

    /// A registry of the wrong application, or of none of its models, looks as if all tables were to be dropped.
    fn refuse_if_all_vanish(&self) -> Result<(), Failure> {
        let ended = self.models.iter().filter(|change| matches!(change, ModelChange::Ends(_))).count();
        if self.wanted.managed.len() > 1 && ended == self.wanted.managed.len() {
            let tables = list_of_names(self.wanted.managed.iter().take(3), "and");
            return Err(AutogenerateFailure::AllVanish { count: ended, tables }.into());
        }
        Ok(())
    }
}

impl Wanted {
    /// Asks the application and the history; what a person should know comes too.
    fn of(application: &ApplicationArgs, context: CommandContext<'_>) -> Result<(Self, Vec<Note>), Failure> {
        let project = context.project;
        let found = crate::application::models(project, application, context.common.quiet)?;
        let models = found.schema.tables.iter().zip(&found.models);
        let hints = models.map(|(table, model)| (table.name.clone(), model.hints.clone())).collect();
        let ignored = project.folder.config.ignore.iter().cloned().chain(found.ignored).collect();
        let databases = project.folder.config.databases.clone();
        let wanted =
            Self { hints, managed: managed_tables(project)?, ignored, databases, schema: found.schema };
        Ok((wanted, found.notes))
    }

    /// The schemas that models name.
    fn schemas(&self) -> Vec<String> {
        let named: BTreeSet<&String> =
            self.schema.tables.iter().filter_map(|table| table.name.schema.as_ref()).collect();
        named.into_iter().cloned().collect()
    }

    /// What differs by what models and options say of renames.
    fn compared_with(&self, actual: Schema, renames: &[String], dialect: Dialect) -> Result<Seen, Failure> {
        let hinted = actual.renames(&self.schema, &self.hints, dialect);
        let mut all = hinted.map_err(|problem| AutogenerateFailure::HintedRename { problem })?;
        all.extend(named::renames(renames, &actual, &all, dialect)?);
        let found = self.differs_from(&actual, &all, dialect)?;
        Ok(Seen { actual, renames: all, found })
    }

    fn differs_from(
        &self,
        actual: &Schema,
        renames: &[Rename],
        dialect: Dialect,
    ) -> Result<ModelDifference, Failure> {
        let values = actual.value_renames(&self.schema, &self.hints, renames, dialect);
        let renames = [renames, &values].concat();
        let found = actual.difference_from_models(&self.schema, &self.managed, &renames, dialect);
        let mut found = found.map_err(|problem| AutogenerateFailure::GivenRename { problem })?;
        found.difference = found.difference.serving(&self.databases);
        Ok(found)
    }

    /// A header names tables between commas.
    fn refuse_unnameable(&self) -> Result<(), Failure> {
        let mut names = self.schema.tables.iter().map(|table| table.name.to_string());
        match names.find(|name| !ModelChange::can_name(name)) {
            Some(table) => Err(AutogenerateFailure::Unnameable { table }.into()),
            None => Ok(()),
        }
    }
}

/// The database that is compared must be one of those that the configuration names.
fn refuse_unserved(project: &Project, compared: Dialect) -> Result<(), Failure> {
    let databases = &project.folder.config.databases;
    if databases.is_empty() || databases.contains(&compared) {
        return Ok(());
    }
    Err(AutogenerateFailure::NotServed { compared, databases: databases.clone() }.into())
}

/// The tables that belong to models when all revisions are applied.
fn managed_tables(project: &Project) -> Result<BTreeSet<String>, Failure> {
    let graph = project.graph()?;
    Ok(graph.managed_tables(|revision| {
        let header = project.file(revision).map(|file| &file.header);
        header.into_iter().flat_map(|header| &header.models).map(|change| &change.value).collect()
    }))
}

fn note_of_others(unmanaged: &[TableName]) -> Option<Note> {
    let names: Vec<String> = unmanaged.iter().map(ToString::to_string).collect();
    let (are, have) = match names.len() {
        0 => return None,
        1 => ("1 table".to_owned(), "has no model and stays as it is"),
        count => (format!("{count} tables"), "have no model and stay as they are"),
    };
    let more = names.len().saturating_sub(5);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message =
        format!("{are} of the database {have}: {}{more}", list_of_names(names.iter().take(5), "and"));
    Some(Note { message, help: None })
}
