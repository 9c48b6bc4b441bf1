//! A script given to the database's own client.

use crate::statistics::{Times, Unit};
use anyhow::{Context, Result, ensure};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// How often a client is started with nothing to do, for each script.
const STARTS: usize = 5;

/// What a client takes for scripts, without what it takes by itself.
#[derive(Debug, Default)]
pub struct Beyond {
    /// The scripts alone.
    pub script: Times,
    /// Starting, connecting and ending.
    pub start: Times,
}

impl Beyond {
    /// Measures once: the client with nothing to do some times, then with the script; what counts is the difference.
    pub fn measure(
        &mut self,
        mut nothing: impl FnMut() -> Result<Duration>,
        script: impl FnOnce() -> Result<Duration>,
    ) -> Result<()> {
        let starts = (0..STARTS).map(|_| nothing()).collect::<Result<Times>>()?;
        let start = starts.median();
        self.script.push(script()?.saturating_sub(start));
        self.start.push(start);
        Ok(())
    }

    /// What was taken off.
    pub fn said(&self, who: &str) -> String {
        let start = Unit::Seconds.show(self.start.median());
        format!("{who}: median {start} s to start, connect and end, taken off")
    }
}

/// Runs a client to its end; gives the time of the whole process and what it printed.
pub fn run(command: &mut Command) -> Result<(Duration, String)> {
    let program = command.get_program().to_string_lossy().into_owned();
    let clock = Instant::now();
    let output = command.output();
    let time = clock.elapsed();
    let Output { status, stdout, stderr } = output.with_context(|| program.clone())?;
    ensure!(status.success(), "{program}: {}", String::from_utf8_lossy(&stderr).trim());
    Ok((time, String::from_utf8_lossy(&stdout).trim().to_owned()))
}
