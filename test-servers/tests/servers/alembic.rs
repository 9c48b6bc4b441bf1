//! Python's Alembic on each database.

use servicekit_test_servers::{alembic, mysql, postgres};

/// Upgrades a database to the head and says what Alembic finds there.
fn head_of(database_url: &str) -> Option<String> {
    let alembic = alembic()?;
    let folder = tempfile::tempdir().unwrap();
    alembic.project(folder.path(), database_url);
    let upgrade = alembic.run(folder.path(), &["upgrade", "head"]);
    assert!(upgrade.success, "{upgrade:?}");
    let current = alembic.run(folder.path(), &["current"]);
    assert!(current.success, "{current:?}");
    Some(current.stdout)
}

#[test]
fn a_sqlite_file_is_upgraded() {
    let folder = tempfile::tempdir().unwrap();
    let Some(head) = head_of(&format!("sqlite://{}", folder.path().join("a.db").display())) else { return };
    assert_eq!(head, "c41d07e3f2a9 (head) (mergepoint)\n");
}

#[test]
fn a_postgres_database_is_upgraded() {
    let Some(server) = postgres() else { return };
    let database = server.create_database();
    let Some(head) = head_of(database.url()) else { return };
    assert_eq!(head, "c41d07e3f2a9 (head) (mergepoint)\n");
}

#[test]
fn a_mysql_database_is_upgraded() {
    let Some(server) = mysql() else { return };
    let database = server.create_database();
    let Some(head) = head_of(database.url()) else { return };
    assert_eq!(head, "c41d07e3f2a9 (head) (mergepoint)\n");
}
