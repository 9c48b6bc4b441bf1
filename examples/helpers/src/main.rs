//! Brings a file up to date: `cargo run -p helpers [FILE]`.

use helpers::MIGRATIONS;
use servicekit::{Error, SqliteDatabaseBuilder};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "helpers.db".to_owned());
    let database = SqliteDatabaseBuilder::from_file(&file).with_migrations(MIGRATIONS).build();
    let report = database.init().await?;
    println!("{file} is at {}, {} revisions applied now", report.to, report.steps.len());
    database.dispose().await;
    Ok(())
}
