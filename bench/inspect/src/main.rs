//! Reads the schema of a database on an open connection; prints the time in nanoseconds, and how much there was.
//!
//! `time URL`, or `statements URL`, which prints what was sent instead, or `compare URL`, which reads and compares with
//! tables of which every hundredth has a column more.

mod facts;
mod statements;

use anyhow::{Context, Result, bail, ensure};
use servicekit::diff::Difference;
use servicekit::introspection::Introspection;
use servicekit::revision::integer;
use servicekit::schema::Schema;
use servicekit::sqlx::{Connection as _, MySqlConnection, PgConnection, SqliteConnection};
use statements::Statements;
use std::time::{Duration, Instant};

/// How long an introspection takes on a connection of its own, and what it gives.
macro_rules! timed {
    ($url:expr, $is_open:expr, $method:ident($($argument:expr)?)) => {{
        macro_rules! on {
            ($connection:ident) => {{
                let mut connection = $connection::connect($url).await?;
                $is_open?;
                let clock = Instant::now();
                let found = Introspection::new().$method($($argument,)? &mut connection).await?;
                Ok((clock.elapsed(), found))
            }};
        }
        match $url.split_once(':') {
            Some(("sqlite", _)) => on!(SqliteConnection),
            Some(("postgres" | "postgresql", _)) => on!(PgConnection),
            _ => on!(MySqlConnection),
        }
    }};
}

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
        "compare" => {
            let (_, mut schema) = runtime.block_on(read(&url, || Ok(())))?;
            for table in schema.tables.iter_mut().step_by(100) {
                table.columns.push(integer("extra"));
            }
            let (time, difference) = runtime.block_on(compare(&url, &schema))?;
            ensure!(difference.untold.is_empty(), "there is what cannot be told");
            println!("{}\n{} differences", time.as_nanos(), difference.descriptions().count());
        }
        other => bail!("`{other}` is neither `time` nor `statements` nor `compare`"),
    }
    Ok(())
}

/// Opens a connection, and reads the schema on it once.
async fn read(url: &str, is_open: impl FnOnce() -> Result<()>) -> Result<(Duration, Schema)> {
    timed!(url, is_open(), read())
}

/// Opens a connection, and compares its schema with another once.
async fn compare(url: &str, schema: &Schema) -> Result<(Duration, Difference)> {
    timed!(url, anyhow::Ok(()), compare(schema))
}
