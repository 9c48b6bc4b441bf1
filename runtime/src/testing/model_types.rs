//! Whether what the columns of models hold is read into their fields.

use crate::Dialect;
use crate::model::proof::{Mismatch, check};
use crate::model::{InvalidModels, Models};
use std::error::Error;
use std::fmt;

/// Why models could not be shown to read their own tables.
#[derive(Clone)]
#[non_exhaustive]
pub enum ModelTypesError {
    /// The models do not fit together.
    Models(InvalidModels),
    /// There is no model, so that nothing would be checked.
    NoModels,
    /// A kind of database is not compiled in, so that nothing is known of how it is read.
    NotCompiledIn(Dialect),
    /// Columns that sqlx does not read into their fields.
    NotRead(Vec<Mismatch>),
}

impl fmt::Display for ModelTypesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Models(invalid) => invalid.fmt(f),
            Self::NoModels => f.write_str(
                "there are no models to check\nhelp: name them, as in `models![User, Order]`, or write `use shop_models as _;` in \
                 this test: a crate that no source file names is not linked",
            ),
            Self::NotCompiledIn(dialect) => write!(
                f,
                "this test is built without {}, so it does not know how sqlx reads it\nhelp: add the feature `{dialect}` to the \
                 dependency on `servicekit`, or leave the database out of the check",
                dialect.select("SQLite", "PostgreSQL", "MySQL"),
            ),
            Self::NotRead(mismatches) => {
                let texts: Vec<String> = mismatches.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("\n\n"))
            }
        }
    }
}

/// As [`Display`](fmt::Display): `unwrap` in a test shows it.
impl fmt::Debug for ModelTypesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl Error for ModelTypesError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Models(invalid) => invalid.source(),
            Self::NoModels | Self::NotCompiledIn(_) | Self::NotRead(_) => None,
        }
    }
}

/// Checks that sqlx reads every column of the models into its field, on these kinds of databases and without a server.
///
/// The compiler knows the Rust types, and the databases know the types of columns; a field whose column sqlx refuses to read
/// compiles, migrates and inserts, and fails at the first row that is read. One test is enough:
///
/// ```standalone_crate
/// use servicekit::testing::check_model_types;
/// use servicekit::{Base, Dialect, Table};
///
/// #[derive(Table)]
/// struct User {
///     #[column(primary_key)]
///     id: i64,
///     name: Option<String>,
/// }
///
/// check_model_types(Base, [Dialect::Sqlite]).unwrap();
/// ```
///
/// A type whose [`proof`](crate::ColumnType::proof) notes nothing is not checked, nor is a custom type of a database that
/// sqlx has no name for.
///
/// # Errors
/// Everything that is wrong with the models, or every column that is not read, with the change to make.
pub fn check_model_types(
    models: impl Models,
    databases: impl IntoIterator<Item = Dialect>,
) -> Result<(), ModelTypesError> {
    let models = models.metadata();
    if models.tables().map_err(ModelTypesError::Models)?.is_empty() {
        return Err(ModelTypesError::NoModels);
    }
    let mut mismatches = Vec::new();
    for dialect in databases {
        if !is_compiled_in(dialect) {
            return Err(ModelTypesError::NotCompiledIn(dialect));
        }
        mismatches.extend(check(&models, dialect));
    }
    if mismatches.is_empty() { Ok(()) } else { Err(ModelTypesError::NotRead(mismatches)) }
}

fn is_compiled_in(dialect: Dialect) -> bool {
    dialect.select(cfg!(feature = "sqlite"), cfg!(feature = "postgres"), cfg!(feature = "mysql"))
}
