//! The databases of both, and what is asked of them.

use crate::models::shop;
use servicekit::diff::Difference;
use servicekit::introspection::decide;
use servicekit::schema::Schema;
use servicekit::testing::{ModelsError, check_models_on};
use servicekit::{Dialect, Metadata, Migrations};
use servicekit_test_servers::mysql;
use std::fs;

#[path = "../support/place.rs"]
mod shared;

pub(crate) use shared::Place;
use shared::on;

/// An empty database; `None`, said loudly, where there is no server. What Alembic recorded is for MariaDB.
pub(crate) async fn open(dialect: Dialect) -> Option<Place> {
    let is_recorded =
        dialect != Dialect::Mysql || mysql().is_some_and(servicekit_test_servers::Server::is_mariadb);
    if is_recorded { Place::open(dialect).await } else { None }
}

impl Place {
    /// Brings an empty database to the head of a history.
    pub(crate) async fn upgrade(&mut self, migrations: Migrations) {
        on!(self, connection => migrations.upgrade(connection).await.map(drop)).unwrap();
    }

    /// What differs between two schemas, as this database tells.
    pub(crate) async fn difference(&mut self, from: &Schema, to: &Schema, dialect: Dialect) -> Difference {
        on!(self, connection => decide(from.difference(to, dialect), connection).await).unwrap()
    }

    /// What `check` says of models; nothing where they are what the history makes.
    pub(crate) async fn check(&mut self, migrations: Migrations, models: Metadata) -> Vec<String> {
        match on!(self, connection => check_models_on(migrations, models, connection).await) {
            Ok(()) => Vec::new(),
            Err(ModelsError::Differ(differ)) => {
                let facts = differ.difference.descriptions().map(|fact| fact.to_string());
                facts.collect()
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// A history of one revision with these statements, which makes the tables of the models.
pub(crate) fn history(statements: &str, dialect: Dialect) -> Migrations {
    let names: Vec<String> = shop(dialect).places().iter().map(|(table, _)| format!("+{table}")).collect();
    let folder = tempfile::tempdir().unwrap();
    let versions = folder.path().join("versions");
    fs::create_dir(&versions).unwrap();
    let header = format!("-- create the shop\n-- revision: a1\n-- models: {}\n", names.join(", "));
    fs::write(versions.join("a1_shop.sql"), format!("{header}\n-- +upgrade\n{statements}\n")).unwrap();
    Migrations::from_folder(folder.path(), "tests 1.0.0").unwrap()
}
