//! The job: brings the file in `NOTES_FILE` to head, and ends.

use servicekit::{Progress, SqliteDatabaseBuilder};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let migrator = notes::MIGRATIONS.migrator().on_progress(|progress| {
        if let Progress::Finished(done) = progress {
            println!("{} {} ({})", done.direction, done.revision, done.message);
        }
    });
    let database =
        SqliteDatabaseBuilder::from_file(std::env::var("NOTES_FILE")?).with_migrations(migrator).build();
    let report = database.init().await?;
    println!("at {}", report.to);
    database.dispose().await;
    Ok(())
}
