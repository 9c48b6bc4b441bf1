//! Reads the schema of a database on an open connection; prints the time in nanoseconds, and how much there was.
//!
//! `time URL`, or `statements URL`, which prints what was sent instead.

mod facts;
mod statements;

use anyhow::{Context, Result, bail};
use servicekit::introspection::Introspection;
use servicekit::schema::Schema;
use servicekit::sqlx::{Connection as _, MySqlConnection, PgConnection, SqliteConnection};
use statements::Statements;
use std::time::{Duration, Instant};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (wanted, url) = (arguments.next().context("nothing to do")?, arguments.next().context("no URL")?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match wanted.as_str() {
        "time" => {
            let (time, schema) = runtime.block_on(read(&url, || Ok(())))?;
            println!("{}\n{}", time.as_nanos(), facts::of(&schema));
        }
        "statements" => {
            let sent = Statements::default();
            runtime.block_on(read(&url, || sent.listen()))?;
            println!("{}", sent.texts()?.join("\n;\n"));
        }
        other => bail!("`{other}` is neither `time` nor `statements`"),
    }
    Ok(())
}

/// Opens a connection, and reads the schema on it once.
async fn read(url: &str, is_open: impl FnOnce() -> Result<()>) -> Result<(Duration, Schema)> {
    let introspection = Introspection::new();
    macro_rules! on {
        ($connection:ident) => {{
            let mut connection = $connection::connect(url).await?;
            is_open()?;
            let clock = Instant::now();
            let schema = introspection.read(&mut connection).await?;
            Ok((clock.elapsed(), schema))
        }};
    }
    match url.split_once(':') {
        Some(("sqlite", _)) => on!(SqliteConnection),
        Some(("postgres" | "postgresql", _)) => on!(PgConnection),
        _ => on!(MySqlConnection),
    }
}
