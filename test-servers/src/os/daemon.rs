//! A server's process: started, waited for, stopped, killed.

use super::owner::Owner;
use super::program::Program;
use super::watchdog::Watchdog;
use super::{signal, tail};
use std::ffi::OsString;
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Long, because a loaded machine is slow; a server that fails ends at once and is not waited for.
const TIME_TO_START: Duration = Duration::from_mins(2);
const TIME_TO_STOP: Duration = Duration::from_mins(1);

/// How a server is started.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub(crate) program: Program,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) owner: Owner,
    /// The signal that ends it at once and still lets it give back what outlives its process.
    pub(crate) end_signal: &'static str,
}

/// Why a server did not start.
#[derive(Debug)]
pub(crate) enum StartError {
    /// Another session listens on its port.
    PortTaken,
    /// Anything else, with the end of its log.
    Other(String),
}

/// A server in a folder of its own; both end with the value.
#[derive(Debug)]
pub(crate) struct Daemon {
    launch: Launch,
    running: Mutex<Option<Running>>,
    /// Shared between the attempts to start a server in it.
    folder: Arc<TempDir>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    _watchdog: Watchdog,
}

impl Daemon {
    pub(crate) fn new(launch: Launch, folder: Arc<TempDir>) -> Self {
        Self { launch, running: Mutex::new(None), folder }
    }

    /// Starts the process and waits until `ready` finds nothing wrong.
    pub(crate) fn start(&self, ready: impl Fn() -> Result<(), String>) -> Result<(), StartError> {
        let mut running = self.running.lock().unwrap();
        assert!(running.is_none(), "{} runs already", self.launch.program);
        let child = self.spawn();
        let watchdog = Watchdog::over(child.id(), self.folder.path());
        let running = running.insert(Running { child, _watchdog: watchdog });
        let deadline = Instant::now() + TIME_TO_START;
        loop {
            let answer = ready();
            if let Ok(Some(status)) = running.child.try_wait() {
                return Err(self.failure(&format!("ended with {status}")));
            }
            match answer {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > deadline => {
                    return Err(self.failure(&format!("is not ready after {TIME_TO_START:?}: {error}")));
                }
                Err(_) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// The process's id.
    pub(crate) fn pid(&self) -> u32 {
        self.running.lock().unwrap().as_ref().expect("the server runs").child.id()
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) fn stop(&self, signal: &str) {
        let Some(mut running) = self.running.lock().unwrap().take() else { return };
        signal::send(signal, &[running.child.id()]);
        let deadline = Instant::now() + TIME_TO_STOP;
        while let Ok(None) = running.child.try_wait() {
            if Instant::now() > deadline {
                signal::kill_with_children(running.child.id());
                let _ = running.child.wait();
                panic!(
                    "{} does not stop on {signal}; its log ends:\n{}",
                    self.launch.program,
                    tail(&self.log())
                );
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Kills the process and its children with SIGKILL.
    pub(crate) fn kill(&self) {
        let Some(mut running) = self.running.lock().unwrap().take() else { return };
        signal::kill_with_children(running.child.id());
        let _ = running.child.wait();
    }

    /// Ends the process as quickly as can be, since nobody will see the server again.
    pub(crate) fn end(&self) {
        // A failed start leaves the lock poisoned, and the process has to end all the same.
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut running) = running else { return };
        signal::send(self.launch.end_signal, &[running.child.id()]);
        let deadline = Instant::now() + Duration::from_secs(5);
        while let Ok(None) = running.child.try_wait() {
            if Instant::now() > deadline {
                signal::kill_with_children(running.child.id());
                let _ = running.child.wait();
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What the server writes to standard output and error, of all its starts.
    pub(crate) fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn spawn(&self) -> Child {
        let log = File::options().create(true).append(true).open(self.log());
        let log = log.unwrap_or_else(|error| panic!("{} cannot be written: {error}", self.log().display()));
        let second = log.try_clone().unwrap_or_else(|error| panic!("the log cannot be shared: {error}"));
        let mut command = self.launch.program.command();
        command
            .args(&self.launch.arguments)
            .current_dir(self.folder.path())
            // Not in the group that Ctrl-C ends: the watchdog does it, and removes the folder.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(second);
        self.launch.owner.run_as(&mut command);
        command.spawn().unwrap_or_else(|error| panic!("{} cannot be started: {error}", self.launch.program))
    }

    fn failure(&self, what: &str) -> StartError {
        let log = tail(&self.log());
        if log.contains("ddress already in use") {
            return StartError::PortTaken;
        }
        StartError::Other(format!("{} {what}; its log ends:\n{log}", self.launch.program))
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.end();
    }
}
