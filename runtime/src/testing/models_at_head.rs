//! Whether models are what the history makes.

use crate::backend::IntoConnection;
use crate::error::debug_as_display;
use crate::history::compiled::History;
use crate::introspection::Introspection;
use crate::model::{InvalidModels, Metadata, Models};
use crate::{Error, Migrations};
use servicekit_schema::diff::{Difference, RenameProblem};
use servicekit_schema::table::Schema;
use std::collections::BTreeSet;
use std::fmt;

/// Why models are not what the history makes.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ModelsError {
    /// The models do not fit together.
    #[error(transparent)]
    Models(#[from] InvalidModels),
    /// A model says that it was renamed, and that cannot be.
    #[error(transparent)]
    Rename(#[from] RenameProblem),
    /// The history cannot be applied, or the database cannot be read.
    #[error(transparent)]
    Database(#[from] Error),
    /// They differ.
    #[error(transparent)]
    Differ(#[from] Box<ModelsDiffer>),
}

/// What differs between models and what the history makes.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ModelsDiffer {
    /// What a revision would have to change.
    pub difference: Difference,
    /// What it would say of the tables that belong to models, such as `+users`.
    pub models: Vec<String>,
    /// The folder of the history.
    pub folder: &'static str,
}

debug_as_display!(ModelsError, ModelsDiffer);

impl std::error::Error for ModelsDiffer {}

impl fmt::Display for ModelsDiffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { difference, models, folder } = self;
        writeln!(f, "the models are not what the revisions in `{folder}` make")?;
        if !difference.is_empty() {
            writeln!(f, "{difference}")?;
        }
        if !models.is_empty() {
            writeln!(f, "models: {}", models.join(", "))?;
        }
        write!(f, "help: `servicekit migrations revision --autogenerate` writes the revision")
    }
}

/// Checks that models are what the history makes: that nobody has changed one without a revision.
///
/// All revisions are applied to a SQLite database in memory, work in Rust (`op.run`) too. Tables that belong to no model do not
/// count. For a history of PostgreSQL or MySQL use [`check_models_on`].
///
/// ```no_run
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// # let migrations: servicekit::Migrations = todo!();
/// use servicekit::Base;
/// use servicekit::testing::check_models;
///
/// check_models(migrations, Base).await.unwrap();
/// # }
/// ```
///
/// # Errors
/// [`ModelsError::Differ`] with everything that differs; and if the models do not fit together or the history cannot be applied.
#[cfg(feature = "sqlite")]
pub async fn check_models(migrations: Migrations, models: impl Models) -> Result<(), ModelsError> {
    let database = crate::SqliteDatabaseBuilder::in_memory().with_migrations(migrations).build();
    database.init().await?;
    let checked = check_models_on(migrations, models, &database).await;
    database.dispose().await;
    checked
}

/// Checks that models are what a database has that is at head.
///
/// ```no_run
/// # #[cfg(feature = "postgres")]
/// # async fn example(migrations: servicekit::Migrations, pool: servicekit::sqlx::PgPool) -> Result<(), servicekit::testing::ModelsError> {
/// use servicekit::testing::check_models_on;
///
/// migrations.upgrade(&pool).await?;
/// check_models_on(migrations, servicekit::Base, &pool).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`check_models`].
pub async fn check_models_on<'c>(
    migrations: Migrations,
    models: impl Models,
    database: impl IntoConnection<'c>,
) -> Result<(), ModelsError> {
    let metadata: Metadata = models.metadata();
    let (wanted, hints) = (Schema::from(metadata.tables()?), metadata.hints());
    let embedded = migrations.embedded();
    let schemas: BTreeSet<&str> =
        wanted.tables.iter().filter_map(|table| table.name.schema.as_deref()).collect();
    let current = Introspection::new().without([embedded.version_table, embedded.journal_table]);
    let introspection = schemas.into_iter().fold(current, Introspection::and_schema);
    let managed = History::new(migrations)?.managed_tables();
    let differ = |actual: Schema, dialect| {
        let mut renames = actual.renames(&wanted, &hints, dialect)?;
        renames.extend(actual.value_renames(&wanted, &hints, &renames, dialect));
        let mut found = actual.difference_from_models(&wanted, &managed, &renames, dialect)?;
        found.difference = found.difference.serving(&migrations.databases());
        Ok::<_, RenameProblem>(found)
    };
    let found = introspection.compare_with_models(differ, database).await??;
    let ignored = [migrations.ignored(), metadata.ignored().to_vec()].concat();
    let found = found.ignoring(&ignored);
    let models: Vec<String> = found.changes.iter().map(ToString::to_string).collect();
    let difference = found.difference;
    if difference.is_empty() && models.is_empty() {
        return Ok(());
    }
    let folder = migrations.folder();
    Err(Box::new(ModelsDiffer { difference, models, folder }).into())
}
