//! Opens an account and a topic.

use servicekit::sqlx;
use std::path::Path;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "forum.db".to_owned());
    let database = forum::database(Path::new(&file));
    database.init().await?;

    let mut session = database.session().await?;
    let account = accounts::open_account(&mut session, "ann").await?;
    sqlx::query("INSERT INTO topics (account_id, title) VALUES (?, 'Hello')")
        .bind(account)
        .execute(&mut *session)
        .await?;
    session.commit().await?;

    let accounts = accounts::MIGRATIONS.current(&database).await?;
    let own = forum::MIGRATIONS.current(&database).await?;
    println!("accounts at {accounts}, forum at {own}");
    database.dispose().await;
    Ok(())
}
