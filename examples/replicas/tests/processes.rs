//! Replicas and the job as processes.

use servicekit_test_servers::http::{ServedProcess, get};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

fn replica(file: &Path) -> ServedProcess {
    let mut command = Command::new(env!("CARGO_BIN_EXE_replica"));
    ServedProcess::start(command.env("NOTES_FILE", file).env("NOTES_ADDRESS", "127.0.0.1:0"))
}

#[test]
fn replicas_serve_when_the_job_has_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    let replicas = [replica(&file), replica(&file)];
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
