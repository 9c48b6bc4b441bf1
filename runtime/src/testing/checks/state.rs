//! What a database has: its tables, and the names of everything else.

use super::error::SchemaChange;
use crate::backend::{Acquired, IntoConnection as _, Timeouts, during};
use crate::database::Backend;
use crate::error::Phase;
use crate::introspection::Introspection;
use crate::{Database, Error, Migrations};
use servicekit_chain::Dialect;
use servicekit_schema::table::Schema;
use std::collections::BTreeSet;

/// What a database has.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) dialect: Dialect,
    pub(super) schema: Schema,
    /// Views, triggers, functions and the like, of which the schema does not tell; tables too.
    objects: BTreeSet<String>,
}

impl State {
    pub(super) async fn read<D: Backend>(
        migrations: Migrations,
        database: &Database<D>,
    ) -> Result<Self, Error> {
        let embedded = migrations.embedded();
        let introspection = Introspection::new().without([embedded.version_table, embedded.journal_table]);
        let schema = introspection.read(database).await?;
        let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
        let engine = acquired.connection().engine();
        let answers = acquired.connection().ask_patiently(&[engine.contents()]).await;
        let answers = acquired.ended(answers.map_err(during(Phase::Introspect)))?;
        let rows = answers.into_iter().next().unwrap_or_default().rows;
        let objects = rows.into_iter().filter_map(|row| {
            let mut values = row.into_iter().map(Option::unwrap_or_default);
            let (kind, name) = (values.next()?, values.next()?);
            let kind = if kind == "base table" { "table".to_owned() } else { kind };
            Some(format!("{kind} {name}"))
        });
        Ok(Self { dialect: engine.dialect(), schema, objects: objects.collect() })
    }

    /// What has changed to a later state, if anything.
    pub(super) fn change_to(&self, later: &Self) -> Option<SchemaChange> {
        let difference = self.schema.difference(&later.schema, self.dialect);
        // The difference tells of tables.
        let only = |one: &Self, other: &Self| {
            let names = one.objects.difference(&other.objects);
            names.filter(|name| !name.starts_with("table ")).cloned().collect()
        };
        let change = SchemaChange { difference, removed: only(self, later), added: only(later, self) };
        (!change.is_empty()).then_some(change)
    }

    /// The names of what an earlier state did not have.
    pub(super) fn added_since(&self, earlier: &Self) -> Vec<String> {
        self.objects.difference(&earlier.objects).cloned().collect()
    }
}
