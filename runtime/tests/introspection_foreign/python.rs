//! Databases that Python's SQLAlchemy and Alembic made.

use crate::foreign::{Foreign, created_again_is_the_same};
use crate::mysql::MySql;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use servicekit::Dialect;
use servicekit_test_servers::alembic;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspection_foreign/python")
}

/// What is no part of a schema as it is read.
fn before(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "CREATE SCHEMA shop; CREATE SEQUENCE everything_numbers START 5 INCREMENT 2",
        _ => "",
    }
}

async fn models<D: Foreign>() {
    let (Some(mut database), Some(alembic)) = (D::open().await, alembic()) else { return };
    let made = alembic.script(&folder().join("models.py"), &database.url());
    assert!(made.success, "{}", made.stderr);
    let schema = created_again_is_the_same(&mut database, before(D::DIALECT), "models").await;
    let remainders = schema.tables.iter().flat_map(|table| &table.remainders);
    let remainders: Vec<&str> = remainders.map(|each| each.what.as_str()).collect();
    println!("{} tables, remainders: {}", schema.tables.len(), remainders.join(", "));
    assert!(schema.tables.len() >= 9);
}

async fn revisions<D: Foreign>() {
    let (Some(mut database), Some(alembic)) = (D::open().await, alembic()) else { return };
    let project = tempfile::tempdir().unwrap();
    alembic.project_with(project.path(), &database.url(), &[]);
    for file in fs::read_dir(folder().join("versions")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), project.path().join("migrations/versions").join(file.file_name())).unwrap();
    }
    let done = alembic.run(project.path(), &["upgrade", "head"]);
    assert!(done.success, "{}", done.stderr);
    // The version table is not read.
    database.run("DROP TABLE alembic_version").await;
    let schema = created_again_is_the_same(&mut database, "", "revisions").await;
    assert_eq!(schema.tables.len(), 2);
}

#[tokio::test]
async fn models_on_postgres() {
    models::<Postgres>().await;
}

#[tokio::test]
async fn models_on_mysql() {
    models::<MySql>().await;
}

#[tokio::test]
async fn models_on_sqlite() {
    models::<Sqlite>().await;
}

#[tokio::test]
async fn revisions_on_postgres() {
    revisions::<Postgres>().await;
}

#[tokio::test]
async fn revisions_on_mysql() {
    revisions::<MySql>().await;
}

#[tokio::test]
async fn revisions_on_sqlite() {
    revisions::<Sqlite>().await;
}
