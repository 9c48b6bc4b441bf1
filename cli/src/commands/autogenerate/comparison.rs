//! Models and a database at head, side by side.

use super::{CommandContext, named};
use crate::arguments::{AnswerArgs, ApplicationArgs};
use crate::commands::{current, inspect};
use crate::failure::{AutogenerateFailure, Failure, list_of_names};
use crate::output::Note;
use crate::project::Project;
use crate::run::{MissingFile, OpenDatabase};
use servicekit::diff::{Difference, ModelScope, Rename, model_changes};
use servicekit::introspection::decide;
use servicekit::schema::{Hints, Schema, TableName};
use servicekit_chain::ModelChange;
use std::collections::BTreeSet;

/// What differs between models and a database.
pub(super) struct Comparison<'p> {
    pub(super) difference: Difference,
    pub(super) database: OpenDatabase<'p>,
    /// What the revision says of the tables of models.
    pub(super) models: Vec<ModelChange>,
    pub(super) notes: Vec<Note>,
    renames: Vec<Rename>,
    /// The database as it is.
    actual: Schema,
    /// The schema of the models.
    wanted: Schema,
    /// The tables that belong to models by the history.
    managed: BTreeSet<String>,
}

impl<'p> Comparison<'p> {
    /// Reads both, and compares them by what models and options say of renames.
    ///
    /// # Errors
    /// When the database is not at head or cannot be read, the application gives no models, or a rename is none.
    pub(super) fn of(
        answers: &AnswerArgs,
        application: &ApplicationArgs,
        context: CommandContext<'p>,
    ) -> Result<Self, Failure> {
        let project = context.project;
        let database = OpenDatabase::open(project, context.common, MissingFile::Create)?;
        if let Some(failure) = current::not_at_head(&database.status()?, project)? {
            return Err(failure);
        }
        let found = crate::application::models(project, application, context.common.quiet)?;
        let actual = read(&database, &found.schema, project)?;
        let dialect = database.dialect();
        let hints: Vec<(TableName, Hints)> = found
            .schema
            .tables
            .iter()
            .zip(&found.models)
            .map(|(table, model)| (table.name.clone(), model.hints.clone()))
            .collect();
        let mut renames = actual
            .renames(&found.schema, &hints, dialect)
            .map_err(|problem| AutogenerateFailure::HintedRename { problem })?;
        renames.extend(named::renames(&answers.rename, &actual, &renames, dialect)?);
        let managed = managed_tables(project)?;
        let mut comparison = Self {
            difference: Schema::default().difference(&Schema::default(), dialect),
            database,
            models: Vec::new(),
            notes: found.notes,
            renames: Vec::new(),
            actual,
            wanted: found.schema,
            managed,
        };
        let unmanaged = comparison.compare(renames)?;
        comparison.notes.extend(note_of_others(&unmanaged));
        comparison.refuse_if_all_vanish()?;
        Ok(comparison)
    }

    /// Compares again, with these renames besides.
    pub(super) fn rename(&mut self, rename: Rename) -> Result<(), Failure> {
        let renames = self.renames.iter().cloned().chain([rename]).collect();
        self.compare(renames).map(drop)
    }

    /// The schema of the models.
    pub(super) fn wanted(&self) -> &Schema {
        &self.wanted
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.difference.is_empty() && self.models.is_empty()
    }

    /// The tables that belong to nobody.
    fn compare(&mut self, renames: Vec<Rename>) -> Result<Vec<TableName>, Failure> {
        let dialect = self.database.dialect();
        let ModelScope { schema, unmanaged, .. } =
            self.actual.scope(&self.wanted, &self.managed, &renames, dialect);
        let difference = schema
            .difference_with(&self.wanted, dialect, &renames)
            .map_err(|problem| AutogenerateFailure::GivenRename { problem })?;
        self.difference = self.database.ask(async |_, database| decide(difference, database).await)?;
        self.models = model_changes(&self.wanted, &self.managed, &renames);
        self.renames = renames;
        if let Some(table) =
            self.wanted.tables.iter().find(|table| !ModelChange::can_name(&table.name.to_string()))
        {
            return Err(AutogenerateFailure::Unnameable { table: table.name.to_string() }.into());
        }
        Ok(unmanaged)
    }

    /// A registry of the wrong application, or of none of its models, looks as if all tables were to be dropped.
    fn refuse_if_all_vanish(&self) -> Result<(), Failure> {
        let ended = self.models.iter().filter(|change| matches!(change, ModelChange::Ends(_))).count();
        if self.managed.len() > 1 && ended == self.managed.len() {
            let tables = list_of_names(self.managed.iter().take(3), "and");
            return Err(AutogenerateFailure::AllVanish { count: ended, tables }.into());
        }
        Ok(())
    }
}

/// The current schema, and those that models name.
fn read(database: &OpenDatabase<'_>, models: &Schema, project: &Project) -> Result<Schema, Failure> {
    let named: BTreeSet<String> =
        models.tables.iter().filter_map(|table| table.name.schema.clone()).collect();
    let mut schema = inspect::read(database, &[], &[], project)?;
    if !named.is_empty() {
        let named: Vec<String> = named.into_iter().collect();
        let others = inspect::read(database, &[], &named, project)?;
        schema.enums.extend(others.enums);
        schema.tables.extend(others.tables);
    }
    Ok(schema)
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
