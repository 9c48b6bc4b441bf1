//! Renames that models ask for.

use super::{Rename, RenameProblem, Renaming, table};
use crate::diff::names::is_same;
use crate::table::{Hints, Schema, Table, TableName};
use servicekit_chain::Dialect;

impl Schema {
    /// The renames that lead from this schema to another one by what the tables of the other one say of their past.
    ///
    /// A former name that is gone while the new one is there has served its time, and is none.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, diff::Rename, revision::*, schema::{Hints, Schema, TableName}};
    /// let schema = |name: &str| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new(name, [ulid("id").primary_key()]));
    ///     schema
    /// };
    /// let hints = [(TableName::from("users"), Hints::default().renamed_from("clients"))];
    /// let renames = schema("clients").renames(&schema("users"), &hints, Dialect::Sqlite)?;
    /// assert_eq!(renames, [Rename::table("clients", "users")]);
    /// assert_eq!(schema("users").renames(&schema("users"), &hints, Dialect::Sqlite)?, []);
    /// # Ok::<(), servicekit::diff::RenameProblem>(())
    /// ```
    ///
    /// # Errors
    /// If the earlier schema has both names and the later one only the new one, or it has neither.
    pub fn renames<'h>(
        &self,
        to: &Self,
        hints: impl IntoIterator<Item = &'h (TableName, Hints)> + Clone,
        dialect: Dialect,
    ) -> Result<Vec<Rename>, RenameProblem> {
        let mut renames = Vec::new();
        for (name, hints) in hints.clone() {
            let Some(old) = hints.table.as_ref().map(|old| name.in_same_schema(old)) else { continue };
            let has = |schema, name| table(schema, name, dialect).is_some();
            let rename = Rename::table(old.clone(), name.clone());
            if is_asked_for([has(self, &old), has(self, name)], has(to, &old), &rename)? {
                renames.push(rename);
            }
        }
        for (name, hints) in hints {
            let before = Renaming::new(&renames, dialect).reversed().table_name(name);
            // A new table has no past.
            let Some(old_table) = table(self, &before, dialect) else { continue };
            let has =
                |of: &Table, name: &str| of.columns.iter().any(|column| is_same(&column.name, name, dialect));
            for (new, old) in &hints.columns {
                let rename = Rename::column(name.clone(), old, new);
                let is_wanted = table(to, name, dialect).is_some_and(|of| has(of, old));
                if is_asked_for([has(old_table, old), has(old_table, new)], is_wanted, &rename)? {
                    renames.push(rename);
                }
            }
        }
        Ok(renames)
    }
}

/// Whether there is something to rename, by whether the old and the new name are there, and whether the old one stays.
fn is_asked_for(there: [bool; 2], old_is_wanted: bool, rename: &Rename) -> Result<bool, RenameProblem> {
    match there {
        [true, false] => Ok(true),
        [false, true] => Ok(false),
        [true, true] if old_is_wanted => Ok(false),
        [true, true] => Err(RenameProblem::Taken(Box::new(rename.clone()))),
        [false, false] => Err(RenameProblem::NotThere(Box::new(rename.clone()))),
    }
}
