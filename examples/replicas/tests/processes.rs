//! Replicas and the job as processes.

use servicekit_test_servers::http::get;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

struct Replica {
    child: Child,
    address: SocketAddr,
}

impl Replica {
    fn start(file: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_replica"))
            .env("NOTES_FILE", file)
            .env("NOTES_ADDRESS", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("serving at ").unwrap().parse().unwrap();
        Self { child, address }
    }

    fn status(&self, path: &str) -> u16 {
        get(self.address, path).unwrap().0
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn replicas_serve_when_the_job_has_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    let replicas = [Replica::start(&file), Replica::start(&file)];
    sleep(Duration::from_millis(300));
    for replica in &replicas {
        assert_eq!((replica.status("/health/live"), replica.status("/health/ready")), (200, 503));
        assert_eq!(replica.status("/notes"), 503);
    }

    let job = Command::new(env!("CARGO_BIN_EXE_migrate")).env("NOTES_FILE", &file).output().unwrap();
    let said = String::from_utf8(job.stdout).unwrap();
    assert!(job.status.success());
    assert_eq!(said.lines().last(), Some("at 8f3b61c2d0e7"), "{said}");

    for replica in &replicas {
        let mut tries = 0;
        while replica.status("/health/ready") != 200 {
            tries += 1;
            assert!(tries < 3000, "it is not ready: {:?}", get(replica.address, "/health"));
            sleep(Duration::from_millis(10));
        }
        assert_eq!(replica.status("/notes"), 200);
    }
}
