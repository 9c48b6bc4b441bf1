//! What a database has: its tables, and the names of everything else.

use super::error::SchemaChange;
use crate::backend::{Acquired, IntoConnection as _, Timeouts, during};
use crate::database::Backend;
use crate::error::Phase;
use crate::introspection::Introspection;
use crate::replay::read_statements;
use crate::{Database, Error, Migrations};
use servicekit_chain::Dialect;
use servicekit_schema::table::Schema;
use std::collections::BTreeSet;

/// What a database has.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) dialect: Dialect,
    tables: Tables,
    /// Views, triggers, functions and the like, of which the schema does not tell; tables too.
    objects: BTreeSet<String>,
}

/// The tables with everything that they have.
#[derive(Debug, Clone)]
enum Tables {
    Read(Box<Schema>),
    /// The texts that SQLite stores: equal texts make equal tables, so that most are never read.
    Stored(Vec<String>),
}

impl State {
    pub(super) async fn read<D: Backend>(
        migrations: Migrations,
        database: &Database<D>,
    ) -> Result<Self, Error> {
        let embedded = migrations.embedded();
        let own = [embedded.version_table, embedded.journal_table];
        let mut acquired = Acquired::take(database.link(), &Timeouts::default()).await?;
        let engine = acquired.connection().engine();
        let questions: Vec<&str> = engine.stored_texts().into_iter().chain([engine.contents()]).collect();
        let answers = acquired.connection().ask_patiently(&questions).await;
        let mut answers = acquired.ended(answers.map_err(during(Phase::Introspect)))?.into_iter();
        let tables = if engine.stored_texts().is_some() {
            let rows = answers.next().unwrap_or_default().rows.into_iter();
            let texts = rows.filter_map(|row| {
                let mut values = row.into_iter();
                let (table, text) = (values.next()??, values.next()??);
                (!own.contains(&table.as_str())).then_some(text)
            });
            Tables::Stored(texts.collect())
        } else {
            Tables::Read(Box::new(Introspection::new().without(own).read(database).await?))
        };
        let objects = answers.next().unwrap_or_default().rows.into_iter().filter_map(|row| {
            let mut values = row.into_iter().map(Option::unwrap_or_default);
            let (kind, name) = (values.next()?, values.next()?);
            let kind = if kind == "base table" { "table".to_owned() } else { kind };
            Some(format!("{kind} {name}"))
        });
        Ok(Self { dialect: engine.dialect(), tables, objects: objects.collect() })
    }

    /// What has changed to a later state, if anything.
    pub(super) async fn change_to(&self, later: &Self) -> Result<Option<SchemaChange>, Error> {
        if let (Tables::Stored(one), Tables::Stored(other)) = (&self.tables, &later.tables)
            && one == other
            && self.objects == later.objects
        {
            return Ok(None);
        }
        let difference = self.schema().await?.difference(&later.schema().await?, self.dialect);
        // The difference tells of tables.
        let only = |one: &Self, other: &Self| {
            let names = one.objects.difference(&other.objects);
            names.filter(|name| !name.starts_with("table ")).cloned().collect()
        };
        let change = SchemaChange { difference, removed: only(self, later), added: only(later, self) };
        Ok((!change.is_empty()).then_some(change))
    }

    async fn schema(&self) -> Result<Schema, Error> {
        match &self.tables {
            Tables::Read(schema) => Ok(Schema::clone(schema)),
            Tables::Stored(texts) => read_statements(texts, &Introspection::new()).await,
        }
    }

    /// The names of what an earlier state did not have.
    pub(super) fn added_since(&self, earlier: &Self) -> Vec<String> {
        self.objects.difference(&earlier.objects).cloned().collect()
    }
}
