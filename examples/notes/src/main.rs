//! Serves the notes in the file `NOTES_FILE` (`notes.db`) at `NOTES_ADDRESS` (`127.0.0.1:8000`).

use servicekit::SqliteDatabaseBuilder;
use std::env;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = env::var("NOTES_FILE").unwrap_or_else(|_| "notes.db".to_owned());
    let address = env::var("NOTES_ADDRESS").unwrap_or_else(|_| "127.0.0.1:8000".to_owned());

    let database = SqliteDatabaseBuilder::from_file(file).with_migrations(notes::MIGRATIONS).build();
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("serving at {}", listener.local_addr()?);
    notes::service(database).serve(listener).await?;
    Ok(())
}
