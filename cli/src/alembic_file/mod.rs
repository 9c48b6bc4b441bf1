//! What Python's Alembic is configured with: `alembic.ini`, and `[tool.alembic]` of `pyproject.toml`.
//!
//! Only the command line reads them: the macro and a running service know `alembic.toml` alone, so what is set there goes first.

mod file_template;
mod find;
mod from_ini;
mod from_pyproject;
mod ini;
mod interpolation;
mod notes;
mod paths;
mod settings;
mod url;

pub(crate) use find::AlembicFiles;
pub(crate) use url::from_sqlalchemy;

use notes::name_in_alembic;

#[cfg(test)]
mod tests;
