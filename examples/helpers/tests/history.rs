//! The history goes up, down and up again, and records the same each time.

use helpers::MIGRATIONS;
use servicekit::sqlx;
use servicekit::testing::{check_repeatable, temp_sqlite};
use std::error::Error;

#[tokio::test]
async fn emails_are_in_lower_case_and_names_are_unique() -> Result<(), Box<dyn Error>> {
    let database = temp_sqlite(&MIGRATIONS).await?;

    let emails: Vec<String> =
        sqlx::query_scalar("SELECT email FROM users ORDER BY email").fetch_all(database.pool()).await?;
    assert_eq!(emails, ["ada@example.org", "bob@example.org"]);
    let twice = "INSERT INTO users (id, username, email) VALUES ('01JDJ4E6QXZ8W3V5T7R9P2M4KC', 'ada', 'x')";
    let error = sqlx::query(twice).execute(database.pool()).await.unwrap_err();
    assert!(error.as_database_error().is_some_and(|error| error.is_unique_violation()), "{error}");
    Ok(())
}

#[tokio::test]
async fn the_history_goes_down_to_base_and_up_again() -> Result<(), Box<dyn Error>> {
    let database = temp_sqlite(&MIGRATIONS).await?;
    let down = MIGRATIONS.downgrade_to(database.pool(), "base").await?;
    let up = MIGRATIONS.upgrade(database.pool()).await?;
    assert_eq!((down.steps.len(), up.steps.len()), (3, 3));
    Ok(())
}

#[test]
fn every_revision_records_the_same_each_time() {
    check_repeatable(&MIGRATIONS).unwrap();
}
