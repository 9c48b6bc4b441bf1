//! Whether models are what a history makes: the check for the tests of a service.

use crate::shop::{Order, User};
use servicekit::testing::{ModelsError, check_models};
use servicekit::{Dialect, Metadata, Migrations, Models as _, models, schema::Schema};
use std::fs;

/// A history of one revision, from what creates these models.
fn history(upgrade: &str, says: &str) -> Migrations {
    let folder = tempfile::tempdir().unwrap();
    let versions = folder.path().join("versions");
    fs::create_dir(&versions).unwrap();
    let header = format!("-- create the shop\n-- revision: a1\n{says}\n");
    fs::write(versions.join("a1_shop.sql"), format!("{header}\n-- +upgrade\n{upgrade}\n")).unwrap();
    Migrations::from_folder(folder.path(), "tests 1.0.0").unwrap()
}

fn statements(models: &Metadata) -> String {
    let operations = Schema::from(models.tables().unwrap()).operations(Dialect::Sqlite);
    operations.sql(Dialect::Sqlite).unwrap().join(";\n") + ";\n"
}

async fn said(migrations: Migrations, models: Metadata) -> String {
    match check_models(migrations, models).await {
        Ok(()) => "nothing".to_owned(),
        Err(error) => error.to_string().replace(migrations.folder(), "alembic"),
    }
}

#[tokio::test]
async fn models_are_what_the_history_makes() {
    let all = || models![User, Order].metadata();
    let sound = history(&statements(&all()), "-- models: +users, +orders");
    assert_eq!(said(sound, all()).await, "nothing");
    // What belongs to nobody is nobody's business.
    let more = statements(&all()) + "CREATE TABLE of_others (id INTEGER);";
    assert_eq!(said(history(&more, "-- models: +users, +orders"), all()).await, "nothing");

    let less = statements(&all()).replacen(" TEXT", " BIGINT", 1);
    let with_gone = less + "CREATE TABLE gone (id INTEGER);";
    insta::assert_snapshot!(said(history(&with_gone, "-- models: +users, +gone"), all()).await);
}

#[tokio::test]
async fn what_is_ignored_is_left_as_it_is() {
    let all = || models![User, Order].metadata();
    let less = statements(&all()).replacen(" TEXT", " BIGINT", 1);
    let with_gone =
        || history(&(less.clone() + "CREATE TABLE gone (id INTEGER);"), "-- models: +users, +orders, +gone");
    assert_ne!(said(with_gone(), all()).await, "nothing");
    assert_eq!(said(with_gone(), all().ignoring(["go*", "type"])).await, "nothing");
    insta::assert_snapshot!(said(with_gone(), all().ignoring(["indxe users", "column"])).await, @r"
    `indxe users` cannot be ignored: nothing of the kind `indxe` can be ignored
    help: did you mean `index`?

    `column` cannot be ignored: `column` has no name
    help: name what is meant, as in `column old_*`
    ");

    // The same by the configuration of the history.
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("alembic");
    fs::create_dir_all(folder.join("versions")).unwrap();
    let text = format!(
        "-- create the shop\n-- revision: a1\n-- models: +users, +orders, +gone\n\n-- +upgrade\n{less}CREATE TABLE gone (id INTEGER);\n"
    );
    fs::write(folder.join("versions/a1_shop.sql"), text).unwrap();
    fs::write(folder.with_extension("toml"), "ignore = [\"go*\", \"type\"]\n").unwrap();
    let configured = Migrations::from_folder(&folder, "tests 1.0.0").unwrap();
    assert_eq!(said(configured, all()).await, "nothing");
}

/// SQLite alone takes every length for one.
#[tokio::test]
async fn a_declared_type_counts_where_another_database_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("alembic");
    fs::create_dir_all(folder.join("versions")).unwrap();
    let all = || models![User, Order].metadata();
    let other = statements(&all()).replacen(" TEXT DEFAULT", " VARCHAR(40) DEFAULT", 1);
    assert_ne!(other, statements(&all()));
    let header = "-- create the shop\n-- revision: a1\n-- models: +users, +orders\n\n-- +upgrade\n";
    fs::write(folder.join("versions/a1_shop.sql"), format!("{header}{other}")).unwrap();
    let ask = async |configuration: &str| {
        fs::write(folder.with_extension("toml"), configuration).unwrap();
        said(Migrations::from_folder(&folder, "tests 1.0.0").unwrap(), all()).await
    };
    assert_eq!(ask("").await, "nothing");
    assert_eq!(ask("databases = [\"sqlite\"]\n").await, "nothing");
    let both = ask("databases = [\"sqlite\", \"postgres\"]\n").await;
    assert!(both.contains("type from VARCHAR(40) to TEXT"), "{both}");
}

#[tokio::test]
async fn a_history_that_cannot_be_applied_is_no_difference() {
    let broken = check_models(history("CREATE TABLE;", ""), models![User]).await;
    assert!(matches!(broken, Err(ModelsError::Database(_))), "{broken:?}");
}
