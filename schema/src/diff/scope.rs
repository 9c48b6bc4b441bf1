//! What of a database belongs to models: only that is compared with them.

use super::ignored::is_ignored_table;
use super::names::is_same_table;
use super::{Difference, Rename, RenameProblem};
use crate::table::{EnumType, Schema, Table, TableName, Type};
use servicekit_chain::{Dialect, Ignored, ModelChange};
use std::collections::BTreeSet;

/// What differs between a database and models.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ModelDifference {
    /// What a revision would have to change.
    pub difference: Difference,
    /// What it would say of the tables of models.
    pub changes: Vec<ModelChange>,
    /// The tables that belong to nobody: they stay as they are.
    pub unmanaged: Vec<TableName>,
}

impl Schema {
    /// What differs between this schema of a database and that of models, some of which only got other names.
    ///
    /// Only tables that have a model, or had one by the history (`managed`), are compared.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |names: &[&str]| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.extend(names.iter().map(|name| Table::new(*name, [ulid("id").primary_key()])));
    ///     schema
    /// };
    /// let managed = ["old".to_owned()].into();
    /// let database = schema(&["old", "of_others"]);
    /// let found = database.difference_from_models(&schema(&["users"]), &managed, &[], Dialect::Sqlite)?;
    /// assert_eq!(found.difference.to_string(), "- table old: (id)\n+ table users: (id)");
    /// assert_eq!(found.changes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["+users", "-old"]);
    /// assert_eq!(found.unmanaged, ["of_others".into()]);
    /// # Ok::<(), servicekit::diff::RenameProblem>(())
    /// ```
    ///
    /// # Errors
    /// If something cannot be renamed.
    pub fn difference_from_models(
        &self,
        models: &Self,
        managed: &BTreeSet<String>,
        renames: &[Rename],
        dialect: Dialect,
    ) -> Result<ModelDifference, RenameProblem> {
        let (own, unmanaged) = self.of_models(models, managed, renames, dialect);
        let difference = own.difference_with(models, dialect, renames)?;
        Ok(ModelDifference { difference, changes: changes(models, managed, renames), unmanaged })
    }

    /// The tables that have a model, or had one by the history, with their enum types; and the others.
    fn of_models(
        &self,
        models: &Self,
        managed: &BTreeSet<String>,
        renames: &[Rename],
        dialect: Dialect,
    ) -> (Self, Vec<TableName>) {
        let is_renamed = |name: &TableName| {
            renames.iter().any(
                |rename| matches!(rename, Rename::Table { from, .. } if is_same_table(from, name, dialect)),
            )
        };
        let has_model =
            |name: &TableName| models.tables.iter().any(|model| is_same_table(&model.name, name, dialect));
        let is_managed = |name: &TableName| managed.contains(&name.to_string());
        let belongs = |name: &TableName| has_model(name) || is_managed(name) || is_renamed(name);
        let (own, others): (Vec<_>, Vec<_>) =
            self.tables.iter().cloned().partition(|table| belongs(&table.name));
        let uses = |tables: &[Table], of: &EnumType| {
            tables.iter().flat_map(|table| &table.columns).any(|column| is_of(&column.data_type, of))
        };
        let has_type = |of: &EnumType| models.enums.iter().any(|known| known.name == of.name);
        // One that tables of others have as well goes with none of ours.
        let is_own = |of: &&EnumType| has_type(of) || (uses(&own, of) && !uses(&others, of));
        let enums = self.enums.iter().filter(is_own).cloned().collect();
        let unmanaged = others.into_iter().map(|table| table.name).collect();
        (Self { enums, tables: own }, unmanaged)
    }
}

impl ModelDifference {
    /// The same without what is [ignored](Ignored).
    #[must_use]
    pub fn ignoring(self, ignored: &[Ignored]) -> Self {
        let is_seen = |table: &TableName| !is_ignored_table(table, ignored);
        let is_named = |name: &String| match name.split_once('.') {
            Some((schema, table)) => is_seen(&(schema, table).into()),
            None => is_seen(&name.as_str().into()),
        };
        let (difference, mut changes, mut unmanaged) =
            (self.difference.ignoring(ignored), self.changes, self.unmanaged);
        changes.retain(|change| match change {
            ModelChange::Begins(table) | ModelChange::Ends(table) => is_named(table),
            ModelChange::Renames { .. } => true,
        });
        unmanaged.retain(is_seen);
        Self { difference, changes, unmanaged }
    }
}

fn is_of(data_type: &Type, of: &EnumType) -> bool {
    match data_type {
        Type::Enum(own) => own.name == of.name,
        Type::Array(item) => is_of(item, of),
        _ => false,
    }
}

/// What a revision that is written from models says of their tables: which of them get other names, begin and end to
/// belong to a model.
fn changes(models: &Schema, managed: &BTreeSet<String>, renames: &[Rename]) -> Vec<ModelChange> {
    let mut changes = Vec::new();
    let mut after = managed.clone();
    for rename in renames {
        let Rename::Table { from, to } = rename else { continue };
        if managed.contains(&from.to_string()) {
            changes.push(ModelChange::Renames { from: from.to_string(), to: to.to_string() });
        }
    }
    for change in &changes {
        if let ModelChange::Renames { from, .. } = change {
            after.remove(from);
        }
    }
    for change in &changes {
        if let ModelChange::Renames { to, .. } = change {
            after.insert(to.clone());
        }
    }
    let names: BTreeSet<String> = models.tables.iter().map(|table| table.name.to_string()).collect();
    changes.extend(names.difference(&after).cloned().map(ModelChange::Begins));
    changes.extend(after.difference(&names).cloned().map(ModelChange::Ends));
    changes
}
