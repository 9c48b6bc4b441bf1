//! Starting a worker, and making sure that it is the right one.

use super::file_names::FileNames;
use super::handshake::{Handshake, HandshakeEvent};
use super::worker_output::WorkerOutput;
use crate::failure::{ApplicationFailure, Failure};
use crate::project::Project;
use crate::random::random_bytes;
use cargo_metadata::Package;
use servicekit::worker::wire::Hello;
use servicekit::worker::{FOLDER, PLACE, PROTOCOL, TIME_TO_GREET};
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How often it is looked whether a worker has come, or has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// How long an application takes at most to come to its tests. A program without the framework of the tests never does.
const START_TIMEOUT: Duration = Duration::from_mins(1);

/// An application that waits for a request.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(super) stream: TcpStream,
    child: Child,
    output: Option<WorkerOutput>,
    hello: Hello,
    package: Package,
    /// The file with `env()`, as messages name it.
    pub(super) environment: String,
    pub(super) names: FileNames,
}

impl Worker {
    /// Starts the tests of a package; `None` when none of them is the worker of this folder.
    pub(super) fn start(harness: &Path, package: &Package, folder: &Path) -> Result<Option<Self>, Failure> {
        let failed = |source: io::Error| ApplicationFailure::Start { source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let (token, answer) = (secret()?, secret()?);
        let mut handshake = Handshake::new(listener, &token);
        let started = Instant::now();
        let mut child =
            command(harness, package, folder, &format!("{port} {token} {answer}")).spawn().map_err(failed)?;
        let output = Some(WorkerOutput::pass_on(child.stdout.take(), child.stderr.take()));
        let mut ended = None;
        loop {
            match handshake.poll(Instant::now()).map_err(failed)? {
                HandshakeEvent::Worker(mut stream, hello) => {
                    // One that has gone meanwhile does not answer either.
                    let _ = stream.write_all(format!("{answer}\n").as_bytes());
                    let (package, environment) = (package.clone(), String::new());
                    let names = FileNames::default();
                    return Ok(Some(Self { stream, child, output, hello, package, environment, names }));
                }
                HandshakeEvent::Activity => {}
                // Its last connection may have come just before it ended.
                HandshakeEvent::Idle if ended.is_some() => return Ok(None),
                HandshakeEvent::Idle => std::thread::sleep(POLL_INTERVAL),
            }
            if ended.is_none() && child.try_wait().map_err(failed)?.is_some() {
                ended = Some(Instant::now());
            }
            // Others may connect all the time.
            if ended.is_some_and(|ended| ended.elapsed() >= TIME_TO_GREET) {
                return Ok(None);
            }
            if ended.is_none() && started.elapsed() >= START_TIMEOUT {
                // One that has ended by itself is ended too.
                let _ = child.kill().and_then(|()| child.wait());
                return Err(ApplicationFailure::Silent { package: package.name.to_string() }.into());
            }
        }
    }

    /// Whether what was compiled in is what the folder holds; if so, files are named from now on as they are seen from here.
    pub(super) fn check_revisions(&mut self, project: &Project) -> Result<(), Failure> {
        let Hello { protocol, version, revisions, .. } = &self.hello;
        if *protocol != PROTOCOL || series(version) != series(env!("CARGO_PKG_VERSION")) {
            return Err(ApplicationFailure::OtherVersion { theirs: version.clone() }.into());
        }
        self.environment = format!("{}/env.rs", project.folder.name.trim_end_matches('/'));
        let here: BTreeSet<&str> = project.folder.files.iter().map(|file| file.id().as_str()).collect();
        let there: BTreeSet<&str> = revisions.iter().map(|revision| revision.id.as_str()).collect();
        if here == there {
            self.names = FileNames::new(revisions, project);
            return Ok(());
        }
        let names = |these: &BTreeSet<&str>, others| {
            these.difference(others).map(|id| project.describe(id)).collect::<Vec<_>>()
        };
        let failure = ApplicationFailure::Stale {
            package: self.package.name.to_string(),
            missing: names(&here, &there),
            surplus: names(&there, &here),
            versions: project.versions(),
        };
        Err(failure.into())
    }

    /// The package whose tests it is.
    pub(super) fn package(&self) -> &Package {
        &self.package
    }

    /// Ends the application at once.
    pub(crate) fn kill(&mut self) {
        // One that has ended by itself is ended too.
        let _ = self.child.kill();
    }

    /// Waits until it has ended, and until all that it had to say is passed on.
    pub(super) fn end(&mut self) -> Option<ExitStatus> {
        let status = self.child.wait().ok();
        if let Some(output) = self.output.take() {
            output.end();
        }
        status
    }
}

impl Drop for Worker {
    /// Ends the conversation, which it takes for a request to stop, and waits for the end of the application.
    fn drop(&mut self) {
        // One that has gone away by itself is gone.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
        self.end();
    }
}

/// What of a version has to be the same on both sides: major and minor.
fn series(version: &str) -> Option<(&str, &str)> {
    let (major, rest) = version.split_once('.')?;
    Some((major, rest.split_once('.').map_or(rest, |(minor, _)| minor)))
}

fn command(harness: &Path, package: &Package, folder: &Path, place: &str) -> Command {
    let mut command = Command::new(harness);
    command
        .args(["servicekit_env", "--quiet", "--nocapture", "--test-threads=1"])
        .env(PLACE, place)
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(folder) = package.manifest_path.parent() {
        command.env("CARGO_MANIFEST_DIR", folder);
    }
    // Ctrl-C is for this program, which stops the worker.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// What only this program and its child know.
fn secret() -> Result<String, Failure> {
    Ok(format!("{:032x}", u128::from_ne_bytes(random_bytes()?)))
}
