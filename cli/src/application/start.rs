//! Starting a worker, and making sure that it is the right one.

use super::names::Names;
use super::output::Output;
use super::package::Package;
use crate::chain::Chain;
use crate::failure::{ApplicationFailure, Failure};
use crate::new_file::random_bytes;
use servicekit::worker::wire::{self, Hello};
use servicekit::worker::{FOLDER, PLACE, PROTOCOL};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Read as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How often it is looked whether a worker has come, or has ended.
const GLANCE: Duration = Duration::from_millis(5);

/// How long a worker takes at most to say who it is.
const TIME_TO_ANSWER: Duration = Duration::from_secs(10);

/// The most that it says of itself: ids of revisions.
const LONGEST_HELLO: usize = 16 << 20;

/// An application that waits for a request.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(super) stream: TcpStream,
    child: Child,
    output: Option<Output>,
    hello: Hello,
    package: String,
    pub(super) names: Names,
}

impl Worker {
    /// Starts the tests of a package; `None` when none of them is the worker of this folder.
    pub(super) fn start(harness: &Path, package: &Package, folder: &Path) -> Result<Option<Self>, Failure> {
        let failed = |source: io::Error| ApplicationFailure::Start { source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let token = token()?;
        let mut child =
            command(harness, package, folder, &format!("{port} {token}")).spawn().map_err(failed)?;
        let output = Some(Output::pass_on(child.stdout.take(), child.stderr.take()));
        loop {
            if let Some((stream, hello)) = visitor(&listener, &token).map_err(failed)? {
                return Ok(Some(Self::of(stream, hello, child, output, package)));
            }
            // Its last connection may have come just before it ended.
            if child.try_wait().map_err(failed)?.is_some() {
                let late = visitor(&listener, &token).map_err(failed)?;
                return Ok(late.map(|(stream, hello)| Self::of(stream, hello, child, output, package)));
            }
            std::thread::sleep(GLANCE);
        }
    }

    fn of(stream: TcpStream, hello: Hello, child: Child, output: Option<Output>, package: &Package) -> Self {
        Self { stream, child, output, hello, package: package.name.clone(), names: Names::default() }
    }

    /// Whether what was compiled in is what the folder holds; if so, files are named from now on as they are seen from here.
    pub(super) fn is_of(&mut self, chain: &Chain) -> Result<(), Failure> {
        let Hello { protocol, version, revisions, .. } = &self.hello;
        if *protocol != PROTOCOL {
            return Err(ApplicationFailure::OtherVersion { theirs: version.clone() }.into());
        }
        let here: BTreeSet<&str> = chain.folder.files.iter().map(|file| file.id().as_str()).collect();
        let there: BTreeSet<&str> = revisions.iter().map(|revision| revision.id.as_str()).collect();
        if here == there {
            self.names = Names::new(revisions, chain);
            return Ok(());
        }
        let names = |these: &BTreeSet<&str>, others| {
            these.difference(others).map(|id| chain.describe(id)).collect::<Vec<_>>()
        };
        let failure = ApplicationFailure::Stale {
            package: self.package.clone(),
            missing: names(&here, &there),
            surplus: names(&there, &here),
            versions: chain.versions(),
        };
        Err(failure.into())
    }

    /// Ends the application at once.
    pub(crate) fn kill(&mut self) {
        // One that has ended by itself is ended too.
        let _ = self.child.kill();
    }

    /// Ends the conversation, and waits for the end of the application.
    pub(crate) fn close(mut self) {
        self.hang_up();
    }

    fn hang_up(&mut self) {
        // One that has gone away by itself is gone.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
        self.end();
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
    fn drop(&mut self) {
        // It takes the end of the conversation for a request to stop.
        self.hang_up();
    }
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
    // Ctrl-C is for this program, which tells the worker.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// What only this program and its child know.
fn token() -> Result<String, Failure> {
    Ok(format!("{:032x}", u128::from_ne_bytes(random_bytes()?)))
}

/// Whoever has connected, when it is the worker; anybody on this machine may try.
fn visitor(listener: &TcpListener, token: &str) -> io::Result<Option<(TcpStream, Hello)>> {
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error),
        };
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIME_TO_ANSWER))?;
        if let Some(hello) = hello(&stream).filter(|hello| hello.token == token) {
            stream.set_read_timeout(None)?;
            return Ok(Some((stream, hello)));
        }
    }
}

/// The first line, without a byte of what comes behind it.
fn hello(mut stream: &TcpStream) -> Option<Hello> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LONGEST_HELLO {
        stream.read_exact(&mut byte).ok()?;
        if byte == *b"\n" {
            let line = String::from_utf8(line).ok()?;
            return wire::read(&line).ok();
        }
        line.extend(byte);
    }
    None
}
