//! A service that brings its database up to date.

use servicekit::{Error, SqliteDatabaseBuilder};

servicekit::migrations!("alembic");

#[tokio::main]
async fn main() -> Result<(), Error> {
    let database = SqliteDatabaseBuilder::from_file("app.db").with_migrations(MIGRATIONS).build();
    let report = database.init().await?;
    println!("at {}, {} applied now", report.to, report.steps.len());
    Ok(())
}
