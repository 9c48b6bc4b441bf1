//! Signals, by way of the shell: the standard library has none but the one of `Child::kill`.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Sends a signal to processes; one that is gone is skipped.
pub(super) fn send(signal: &str, pids: &[u32]) {
    let pids = pids.iter().map(ToString::to_string);
    let _ = Command::new("sh")
        .args(["-c", r#"for pid do kill -s "$0" "$pid"; done"#, signal])
        .args(pids)
        .stderr(Stdio::null())
        .status();
}

/// Kills a process and its children at once, so that none of them sees another die and tidies up.
pub(super) fn kill_with_children(pid: u32) {
    // A stopped process makes no new children.
    send("STOP", &[pid]);
    let mut family = children(pid);
    let children = family.clone();
    family.insert(0, pid);
    send("KILL", &family);
    // Their memory is given back only when they are gone, and PostgreSQL does not start before.
    let deadline = Instant::now() + Duration::from_secs(10);
    while children.iter().any(|child| is_running(*child)) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
}

/// The children of a process, where the system tells.
fn children(parent: u32) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| status(*pid).is_some_and(|(_, its_parent)| its_parent == parent))
        .collect()
}

fn is_running(pid: u32) -> bool {
    status(pid).is_some_and(|(state, _)| state != 'Z')
}

/// State and parent of a process.
fn status(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // `pid (name) state parent …`, and the name may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
