//! The database's own client, as a person would start it.

use crate::notice::{Missing, left_out};
use crate::url::DatabaseUrl;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs a script with `psql` or `mariadb`, and gives what it prints: a row a line. `None`, after a line
/// that says so, where the client is not installed.
///
/// # Panics
/// When the script fails.
pub fn own_client(url: &str, script: &str) -> Option<String> {
    let url = DatabaseUrl::parse(url);
    // By its name: Debian's `psql` is a link to a program that looks at the name it is started under.
    let name = if url.is_postgres() { "psql" } else { "mariadb" };
    let mut command = Command::new(name);
    if url.is_postgres() {
        command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"]);
        command.arg(format!("--dbname={url}"));
        for variable in ["PGOPTIONS", "PGTZ", "PGDATESTYLE", "PGCLIENTENCODING"] {
            command.env_remove(variable);
        }
    } else {
        let (host, port) = url.address();
        command.args(["--no-defaults", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"]);
        command.args([format!("--host={host}"), format!("--port={port}")]);
        command.args(url.user().map(|user| format!("--user={user}")));
        command.args(url.password().map(|password| format!("--password={password}")));
        command.arg(&url.database);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            left_out(Missing::Program, &format!("every comparison with `{name}`"), &error.to_string());
            return None;
        }
    };
    // One that has failed reads no more, and says why.
    let _ = child.stdin.take().unwrap().write_all(script.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{name}` failed: {said}\n{script}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
