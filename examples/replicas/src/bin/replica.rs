//! A replica: serves the notes in `NOTES_FILE` as soon as the job has migrated it, and never migrates.

use servicekit::SqliteDatabaseBuilder;
use servicekit::options::PendingPolicy;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let migrator = notes::MIGRATIONS
        .migrator()
        .policy(PendingPolicy::WaitForHead)
        // After that the process ends with an error, and whoever runs it starts it again.
        .acquire_timeout(Duration::from_secs(10 * 60));
    let database =
        SqliteDatabaseBuilder::from_file(std::env::var("NOTES_FILE")?).with_migrations(migrator).build();
    let address = std::env::var("NOTES_ADDRESS").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("serving at {}", listener.local_addr()?);
    notes::service(database).serve(listener).await?;
    Ok(())
}
