//! What is wrong with a history.

use crate::error::error_message;
#[cfg(feature = "models")]
use crate::testing::ModelsError;
use crate::testing::Unrepeatable;
use crate::{Error, RevisionId};
use servicekit_chain::Heads;
use servicekit_schema::diff::Difference;
use std::fmt;
use std::panic::Location;

/// What is wrong with a history.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum MigrationCheckError {
    /// The history has more than one head.
    #[error(
        "the history in `{folder}` has {} heads: {heads}\nhelp: `servicekit migrations merge heads` joins them, or let one follow \
         the other", heads.len()
    )]
    SeveralHeads {
        /// The heads.
        heads: Heads,
        /// The folder of the history.
        folder: &'static str,
    },
    /// A run failed, or the database could not be read.
    #[error(transparent)]
    Run(#[from] Error),
    /// A revision records other operations each time.
    #[error(transparent)]
    Unrepeatable(#[from] Unrepeatable),
    /// A downgrade does not lead back to the schema from before its upgrade.
    #[error(
        "the downgrade of revision `{revision}` ({path}) does not lead back to the schema from before its upgrade:\n{change}\n\
         help: reverse in `downgrade` everything that `upgrade` does"
    )]
    Reverted {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// From the schema before the upgrade to that after the downgrade.
        change: Box<SchemaChange>,
    },
    /// A revision that is applied for the second time makes another schema.
    #[error(
        "revision `{revision}` ({path}) makes another schema when it is applied again after its downgrade:\n{change}\n\
         help: let `downgrade` remove everything that `upgrade` makes, also what the schema does not show"
    )]
    Reapplied {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: &'static str,
        /// From the schema after the first upgrade to that after the second.
        change: Box<SchemaChange>,
    },
    /// Something is left when everything is reverted.
    #[error("this is left when all revisions are reverted: {}\nhelp: drop it in the downgrade of the revision that makes it", left.join(", "))]
    Left {
        /// What is left.
        left: Vec<String>,
    },
    /// Models are not what the history makes.
    #[cfg(feature = "models")]
    #[error(transparent)]
    Models(Box<ModelsError>),
    /// A revision of a seed is not in the history.
    #[error(
        "a seed is for revision `{revision}`, which is not in `{folder}`\nhelp: name one as `rev::…` does"
    )]
    NoSuchRevision {
        /// The revision.
        revision: RevisionId,
        /// The folder of the history.
        folder: &'static str,
    },
    /// The SQL of a seed failed.
    #[error("a statement of a seed failed: {source}\n  {sql}")]
    Seed {
        /// The statement.
        sql: String,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The [`run`](crate::testing::Seed::run) of a seed failed.
    #[error(
        "the `run` of the seed at revision `{revision}` failed: {}\n --> {place}\n\
         help: insert what the tables can hold once this revision is applied", described(source.as_ref())
    )]
    SeedRun {
        /// The revision.
        revision: RevisionId,
        /// Where it was given.
        place: &'static Location<'static>,
        /// The error that it returned.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The [`check`](crate::testing::Seed::check) of a seed failed.
    #[error(
        "at head the `check` of the seed at revision `{revision}` failed: {}\n --> {place}", described(source.as_ref())
    )]
    SeedCheck {
        /// The revision.
        revision: RevisionId,
        /// Where it was given.
        place: &'static Location<'static>,
        /// The error that it returned.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Rows are gone.
    #[error(
        "`{table}` had {before} rows and has {after} at head\nhelp: copy the rows before the revision drops what holds them"
    )]
    Lost {
        /// The table.
        table: String,
        /// How many it had.
        before: u64,
        /// How many it has.
        after: u64,
    },
    /// A query of a seed finds other rows.
    #[error("at head `{query}` finds {found:?} instead of {expected:?}")]
    NotFound {
        /// The query.
        query: String,
        /// What it should find.
        expected: Vec<Vec<String>>,
        /// What it finds.
        found: Vec<Vec<String>>,
    },
}

/// The words of the database alone, where it is an error of sqlx.
fn described(source: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    source.downcast_ref().map_or_else(|| source.to_string(), error_message)
}

/// As [`Display`](fmt::Display): a failed test shows it.
impl fmt::Debug for MigrationCheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

/// What changed between two states of a database.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SchemaChange {
    /// What differs in tables.
    pub difference: Difference,
    /// What was there besides, such as a view.
    pub removed: Vec<String>,
    /// What has come besides.
    pub added: Vec<String>,
}

impl SchemaChange {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.difference.is_empty() && self.removed.is_empty() && self.added.is_empty()
    }
}

impl fmt::Display for SchemaChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.difference.descriptions().map(|fact| fact.to_string());
        let removed = self.removed.iter().map(|thing| format!("- {thing}"));
        let added = self.added.iter().map(|thing| format!("+ {thing}"));
        f.write_str(&facts.chain(removed).chain(added).collect::<Vec<_>>().join("\n"))
    }
}
