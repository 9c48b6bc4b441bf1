//! The server tests on other versions than those that are installed, each from a folder of its own.

mod apt;
mod arguments;
mod counts;
mod npm;
mod suites;
mod versions;

use crate::cargo;
use arguments::Arguments;
use counts::Counts;
use servicekit_test_servers::{Engine, NO_FOLDER, PrivateServer, USAGE_VARIABLE, notice};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use versions::Version;

/// Runs the server tests on each chosen version, and prints a line for each.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let arguments = Arguments::parse(rest)?;
    if arguments.install {
        for version in &arguments.versions {
            version.fetch(&arguments.folder)?;
        }
    }
    let missing: Vec<&str> = arguments
        .versions
        .iter()
        .filter(|version| !version.is_in(&arguments.folder))
        .map(|v| v.name)
        .collect();
    if !missing.is_empty() {
        return Err(format!(
            "not in {}: {}; `cargo xtask matrix --install` fetches them there",
            arguments.folder.display(),
            missing.join(", ")
        ));
    }
    let suites = suites::of_servers()?;
    let mut build = suites.clone();
    build.push("--no-run".to_owned());
    cargo::run(&build.iter().map(String::as_str).collect::<Vec<_>>(), Path::new(cargo::WORKSPACE), &[])?;

    let lines: Vec<Result<Line, String>> =
        arguments.versions.iter().map(|version| Line::of(version, &arguments, &suites)).collect();
    let mut failed = 0;
    println!();
    for (version, line) in arguments.versions.iter().zip(lines) {
        match line {
            Ok(line) => {
                failed += usize::from(!line.is_good());
                println!("{line}");
            }
            Err(why) => {
                failed += 1;
                println!("{:14} not run: {why}", version.name);
            }
        }
    }
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} of {} versions failed", arguments.versions.len()))
    }
}

/// What the tests said on one version.
struct Line {
    name: &'static str,
    version: String,
    counts: Counts,
    /// Whether cargo was content too.
    is_success: bool,
    duration: Duration,
}

impl Line {
    /// Starts a server that all tests share, and runs them on it and on servers of their own.
    fn of(version: &Version, arguments: &Arguments, suites: &[String]) -> Result<Self, String> {
        let begin = Instant::now();
        let folder = version.folder(&arguments.folder);
        let server = PrivateServer::in_folder(version.engine, &folder).start();
        let server = server.ok_or_else(|| format!("{} holds no server", folder.display()))?;
        let told = server.server().version();
        let log = arguments.folder.join(format!("{}.log", version.name));
        eprintln!(
            "xtask: {}: {} {told}; its tests write to {}",
            version.name,
            version.product,
            log.display()
        );

        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(suites).arg("--").args(&arguments.for_tests);
        command.current_dir(cargo::WORKSPACE).stdin(Stdio::null());
        command
            .env(version.engine.url_variable(), server.url())
            .env(version.engine.folder_variable(), &folder);
        let other = match version.engine {
            Engine::Postgres => Engine::MySql,
            Engine::MySql => Engine::Postgres,
        };
        command.env(other.url_variable(), "").env(other.folder_variable(), NO_FOLDER);
        command.env(notice::REQUIRE_VARIABLE, "1");
        let usage = arguments.folder.join(format!("{}.usage", version.name));
        File::create(&usage).map_err(|error| format!("{}: {error}", usage.display()))?;
        command.env(USAGE_VARIABLE, &usage);
        let (mut counts, is_success) = counted(command, &log)?;
        counts.keep_passed(&fs::read_to_string(&usage).unwrap_or_default());
        let told = format!("{} {told}", version.product);
        Ok(Self { name: version.name, version: told, counts, is_success, duration: begin.elapsed() })
    }

    fn is_good(&self) -> bool {
        self.is_success && self.counts.failed.is_empty()
    }
}

/// Runs the tests, keeps what they print, and counts.
fn counted(mut command: Command, log: &Path) -> Result<(Counts, bool), String> {
    let cannot = |error: std::io::Error| format!("{}: {error}", log.display());
    let mut file = File::create(log).map_err(cannot)?;
    command.stdout(Stdio::piped()).stderr(file.try_clone().map_err(cannot)?);
    let mut child = command.spawn().map_err(|error| format!("cargo cannot be started: {error}"))?;
    let mut counts = Counts::default();
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).split(b'\n')) {
        let line = line.map_err(cannot)?;
        file.write_all(&line).and_then(|()| file.write_all(b"\n")).map_err(cannot)?;
        counts.read(&String::from_utf8_lossy(&line));
    }
    let status = child.wait().map_err(|error| format!("cargo is lost: {error}"))?;
    Ok((counts, status.success()))
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Counts { passed, failed, lost } = &self.counts;
        let (passed, count, seconds) = (passed.len(), failed.len(), self.duration.as_secs());
        write!(f, "{:14} {}: {passed} passed, {count} failed, {seconds} s", self.name, self.version)?;
        if !self.is_success && (*lost > 0 || failed.is_empty()) {
            write!(f, "; a suite ended early, {lost} tests without a result, see its log")?;
        }
        failed.iter().try_for_each(|test| write!(f, "\n{:14}   failed: {test}", ""))
    }
}
