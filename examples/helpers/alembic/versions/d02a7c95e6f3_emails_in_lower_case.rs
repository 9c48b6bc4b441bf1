//! emails in lower case
use servicekit::revision::*;
use servicekit::sqlx;

revision! {
    id: "d02a7c95e6f3",
    down_revision: "8e4f60b2d1c7",
    created: "2026-11-26T09:20:00Z",
}

pub fn upgrade(op: &mut Operations) {
    op.run("emails in lower case", lower_case);
    // One rebuild of the table on SQLite; elsewhere each change is a statement.
    op.batch_alter_table("users", |batch| {
        batch.add_column(timestamp_tz("seen_at"));
        batch.create_check_constraint("email_in_lower_case", "email = lower(email)");
    });
}

pub fn downgrade(op: &mut Operations) {
    op.batch_alter_table("users", |batch| {
        batch.drop_check_constraint("email_in_lower_case");
        batch.drop_column("seen_at");
    });
}

/// Lower case as Rust knows it: SQLite's `lower` leaves all but ASCII alone.
async fn lower_case(connection: &mut Connection<'_>) -> WorkResult {
    let connection = connection.sqlite()?;
    let users: Vec<(String, String)> =
        sqlx::query_as("SELECT id, email FROM users").fetch_all(&mut *connection).await?;
    for (id, email) in users {
        sqlx::query("UPDATE users SET email = ? WHERE id = ?")
            .bind(email.to_lowercase())
            .bind(id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
