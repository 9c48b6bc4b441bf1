//! A small service: it brings its database up to date, then does its work.
//!
//! `cargo run -p quickstart [FILE]`; the file is `quickstart.db` in the current folder unless set otherwise.

use quickstart::MIGRATIONS;
use servicekit::report::RevisionReport;
use servicekit::{Error, Progress, SqliteDatabaseBuilder};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let file = std::env::args().nth(1).unwrap_or_else(|| "quickstart.db".to_owned());
    match serve(&file).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(file: &str) -> Result<(), Error> {
    let migrator = MIGRATIONS.migrator().on_progress(|progress| {
        if let Progress::Finished(RevisionReport { direction, revision, message, elapsed, .. }) = progress {
            println!("{direction} {revision}  {message:<42} {:>6.1} ms", elapsed.as_secs_f64() * 1000.0);
        }
    });
    let database = SqliteDatabaseBuilder::from_file(file).with_migrations(migrator).build();

    let report = database.init().await?;
    if report.is_empty() {
        println!("{file} is up to date at {}: nothing to do", report.to);
    } else {
        println!("{file} went from {} to {}: {} revisions", report.from, report.to, report.steps.len());
    }

    let products: i64 = servicekit::sqlx::query_scalar("SELECT count(*) FROM products")
        .fetch_one(&database.pool()?)
        .await
        .unwrap_or(0);
    println!("the catalogue has {products} products");
    database.dispose().await;
    Ok(())
}
