//! What can be wrong with models.

use crate::schema::TableName;
use servicekit_schema::diff::InvalidIgnored;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Where a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct ModelPlace {
    /// Its path.
    pub rust: &'static str,
    /// The file; of a member of a workspace, from the root of the workspace on.
    pub file: &'static str,
    /// The line.
    pub line: u32,
}

impl ModelPlace {
    /// Whether a module of its path, not the crate, is called `test` or `tests`.
    pub(super) fn is_in_test_module(&self) -> bool {
        let modules = self.rust.rsplit_once("::").map_or("", |(modules, _)| modules);
        modules.split("::").skip(1).any(|module| matches!(module, "test" | "tests"))
    }
}

impl fmt::Display for ModelPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` at {}:{}", self.rust, self.file, self.line)
    }
}

/// Something wrong with a list of models.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// `env()` has failed.
    #[error("`env()` of `env.rs` failed: {error}\nhelp: fix what it returns as the error")]
    Environment {
        /// Why.
        #[source]
        error: Arc<dyn Error + Send + Sync>,
    },
    /// A text of [`Metadata::ignoring`](crate::Metadata::ignoring) does not say what is ignored.
    #[error("`{text}` cannot be ignored: {error}\nhelp: {}", error.help())]
    Ignored {
        /// It.
        text: String,
        /// Why.
        error: InvalidIgnored,
    },
    /// Two models are one table.
    #[error("the table `{table}` has {} models\n{}\nhelp: one struct is the model; the others are for reading and derive `sqlx::FromRow` only", places.len(), lines(places))]
    DuplicateTable {
        /// The table.
        table: TableName,
        /// The models.
        places: Vec<ModelPlace>,
    },
    /// One enum type of PostgreSQL has several lists of values.
    #[error(
        "the enum type `{name}` has other values in each of these models\n{}\nhelp: give one of them a name of its own: `#[sqlx(type_name = \"…\")]`",
        lines(places)
    )]
    DifferentEnums {
        /// The enum type.
        name: TableName,
        /// The first model of each list.
        places: Vec<ModelPlace>,
    },
    /// A model has two columns of one name.
    #[error(
        "the table `{table}` has the column `{column}` twice\n  {place}\nhelp: rename a field, or the one of a flattened struct"
    )]
    DuplicateColumn {
        /// The table.
        table: TableName,
        /// The column.
        column: String,
        /// The model.
        place: ModelPlace,
    },
    /// A foreign key refers to a table of no model.
    #[error(
        "{} refers to the table `{referred_table}`, which has no model here\n  {place}\nhelp: add its model, or name the crate that has it in `env.rs`, so that it is linked",
        key(table, columns)
    )]
    UnknownTable {
        /// The table with the key.
        table: TableName,
        /// The columns of the key.
        columns: Vec<String>,
        /// What they refer to.
        referred_table: TableName,
        /// The model.
        place: ModelPlace,
    },
    /// A foreign key refers to columns that are not there.
    #[error(
        "{} refers to {}, and the table has no such column\n  {place}\n  {referred_place}\nhelp: refer to a column that it has",
        key(table, columns),
        key(referred_table, referred_columns)
    )]
    UnknownColumn {
        /// The table with the key.
        table: TableName,
        /// The columns of the key.
        columns: Vec<String>,
        /// The table that they refer to.
        referred_table: TableName,
        /// The columns that they refer to.
        referred_columns: Vec<String>,
        /// The model.
        place: ModelPlace,
        /// The other model.
        referred_place: ModelPlace,
    },
    /// A foreign key refers to columns of which several rows can have the same.
    #[error(
        "{} refers to {}, which is neither the primary key nor unique\n  {place}\n  {referred_place}\nhelp: make it unique, or refer to the primary key",
        key(table, columns),
        key(referred_table, referred_columns)
    )]
    NotUnique {
        /// The table with the key.
        table: TableName,
        /// The columns of the key.
        columns: Vec<String>,
        /// The table that they refer to.
        referred_table: TableName,
        /// The columns that they refer to.
        referred_columns: Vec<String>,
        /// The model.
        place: ModelPlace,
        /// The other model.
        referred_place: ModelPlace,
    },
    /// A name is longer than what PostgreSQL keeps of it.
    #[error("the name `{name}` of the table `{table}` has {} bytes, and PostgreSQL keeps 63\n  {place}\nhelp: use a shorter name", name.len())]
    LongName {
        /// The table.
        table: TableName,
        /// The name of it or of something in it.
        name: String,
        /// The model.
        place: ModelPlace,
    },
}

fn lines(places: &[ModelPlace]) -> String {
    places.iter().map(|place| format!("  {place}")).collect::<Vec<_>>().join("\n")
}

fn key(table: &TableName, columns: &[String]) -> String {
    match columns {
        [column] => format!("`{table}.{column}`"),
        several => format!("`{table} ({})`", several.join(", ")),
    }
}

/// Models that do not fit together.
#[derive(Debug, Clone)]
pub struct InvalidModels {
    problems: Vec<Problem>,
}

impl InvalidModels {
    /// None, if there is no problem.
    pub(super) fn of(problems: Vec<Problem>) -> Option<Self> {
        (!problems.is_empty()).then_some(Self { problems })
    }

    /// Everything that is wrong.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for InvalidModels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        f.write_str(&texts.join("\n\n"))
    }
}

impl Error for InvalidModels {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problems.iter().find_map(Error::source)
    }
}
