//! Runs of a replay, in an empty database.

use crate::backend::{Acquired, IntoConnection};
use crate::confine::{Confinement, created_schemas};
use crate::error::{Error, Phase};
use crate::history::Destination;
use crate::options::VersionTableSchema;
use crate::report::Report;
use crate::run::Migrator;
use servicekit_chain::sql::quote_name;
use servicekit_chain::{Dialect, Heads};

impl Migrator {
    /// Makes its runs replays: in the current schema, and refusing what could reach beyond the database.
    pub(crate) fn confined(mut self, run_work: bool, schemas: &[String]) -> Self {
        self.options.confinement = Some(Confinement { run_work, schemas: schemas.to_vec() });
        self.version_table_schema(VersionTableSchema::Current)
    }

    /// Creates the schemas that were there before the history, and runs it.
    pub(crate) async fn replay_to<'c>(
        &self,
        database: impl IntoConnection<'c> + Copy,
        to: Destination,
    ) -> Result<Report, Error> {
        let schemas = self.options.confinement.iter().flat_map(|confinement| &confinement.schemas);
        let schemas: Vec<&String> = schemas.collect();
        if !schemas.is_empty() {
            let mut acquired = Acquired::take(database.link(), &self.options.timeouts).await?;
            let created = self.create(&schemas, &mut acquired, &to).await;
            acquired.ended(created)?;
        }
        self.run_to(database, to).await
    }

    async fn create(
        &self,
        schemas: &[&String],
        acquired: &mut Acquired<'_>,
        to: &Destination,
    ) -> Result<(), Error> {
        let dialect = acquired.connection().engine().dialect();
        if dialect != Dialect::Postgres {
            return Ok(());
        }
        // What cannot be previewed is refused by the run.
        let plan = self.migrations.plan_from(&Heads::base(), to);
        let steps = plan.and_then(|plan| self.migrations.preview(&plan, dialect)).unwrap_or_default();
        let created =
            created_schemas(steps.iter().flat_map(|step| &step.statements).map(|each| each.sql.as_str()));
        for schema in schemas.iter().filter(|schema| !created.contains(&schema.to_lowercase())) {
            let sql = format!("CREATE SCHEMA IF NOT EXISTS {}", quote_name(dialect, schema));
            acquired.connection().ask_one(&sql, Phase::Introspect).await?;
        }
        Ok(())
    }
}
