//! Rebuilds the table of a file; prints the time in nanoseconds and the most memory in KiB.
//!
//! `FILE SETTINGS`: what the connection runs before the clock starts.

use servicekit::sqlx::sqlite::SqliteConnectOptions;
use servicekit::sqlx::{self, AssertSqlSafe, ConnectOptions as _};
use std::error::Error;
use std::time::Instant;

servicekit::migrations!("alembic");

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let (file, settings) = (arguments.next().ok_or("no file")?, arguments.next().ok_or("no settings")?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let nanoseconds = runtime.block_on(async {
        let mut connection = SqliteConnectOptions::new().filename(file).connect().await?;
        sqlx::raw_sql(AssertSqlSafe(settings)).execute(&mut connection).await?;
        let clock = Instant::now();
        MIGRATIONS.upgrade(&mut connection).await?;
        Ok::<_, Box<dyn Error + Send + Sync>>(clock.elapsed().as_nanos())
    })?;
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    println!("{nanoseconds} {}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}
