//! What of a database belongs to models: only that is compared with them.

use super::Rename;
use super::names::is_same_table;
use crate::table::{EnumType, Schema, TableName, Type};
use servicekit_chain::{Dialect, ModelChange};
use std::collections::BTreeSet;

/// What of a database is compared with models.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ModelScope {
    /// The tables that belong to models, or would, and their enum types.
    pub schema: Schema,
    /// The tables that belong to nobody: they stay as they are.
    pub unmanaged: Vec<TableName>,
}

impl Schema {
    /// What of a database is compared with models: the tables that have a model, or had one by the history.
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
    /// let scope = schema(&["users", "old", "of_others"]).scope(&schema(&["users"]), &managed, &[], Dialect::Sqlite);
    /// assert_eq!(scope.schema, schema(&["users", "old"]));
    /// assert_eq!(scope.unmanaged, ["of_others".into()]);
    /// ```
    pub fn scope(
        &self,
        models: &Self,
        managed: &BTreeSet<String>,
        renames: &[Rename],
        dialect: Dialect,
    ) -> ModelScope {
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
        let uses = |tables: &[crate::table::Table], of: &EnumType| {
            tables.iter().flat_map(|table| &table.columns).any(|column| is_of(&column.data_type, of))
        };
        let has_type = |of: &EnumType| models.enums.iter().any(|known| known.name == of.name);
        // One that tables of others have as well goes with none of ours.
        let is_own = |of: &&EnumType| has_type(of) || (uses(&own, of) && !uses(&others, of));
        let enums = self.enums.iter().filter(is_own).cloned().collect();
        let unmanaged = others.into_iter().map(|table| table.name).collect();
        ModelScope { schema: Self { enums, tables: own }, unmanaged }
    }
}

fn is_of(data_type: &Type, of: &EnumType) -> bool {
    match data_type {
        Type::Enum(own) => own.name == of.name,
        Type::Array(item) => is_of(item, of),
        _ => false,
    }
}

/// What a revision that is written from models says of their tables: which of them get other names, begin and end to belong to a
/// model.
///
/// ```
/// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
/// use servicekit::{Dialect, diff::model_changes, revision::*, schema::Schema};
/// let mut models = Schema::default();
/// models.tables.push(Table::new("users", [ulid("id").primary_key()]));
/// let changes = model_changes(&models, &["old".to_owned()].into(), &[]);
/// let texts: Vec<String> = changes.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, ["+users", "-old"]);
/// ```
pub fn model_changes(models: &Schema, managed: &BTreeSet<String>, renames: &[Rename]) -> Vec<ModelChange> {
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
