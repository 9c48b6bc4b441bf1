//! The database's own client and its program for dumps, as a person would start them.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::notice::{Missing, left_out};
use crate::os::Program;
use crate::url::DatabaseUrl;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs a script with `psql`, `mariadb` or `mysql`, and gives what it prints: a row a line. `None`, after a line
/// that says so, where the client is not installed. The client of the folder that the environment names is taken before
/// the one that is installed.
///
/// # Panics
/// When the script fails.
pub fn own_client(url: &str, script: &str) -> Option<String> {
    let url = DatabaseUrl::parse(url);
    let client = program(&url, &["psql"], &["mariadb", "mysql"]);
    let mut command = client.command();
    if url.is_postgres() {
        command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"]);
    } else {
        command.args(["--no-defaults", "--batch", "--skip-column-names"]);
    }
    connect(&mut command, &url);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            left_out(Missing::Program, &format!("every comparison with `{client}`"), &error.to_string());
            return None;
        }
    };
    // One that has failed reads no more, and says why.
    let _ = child.stdin.take().unwrap().write_all(script.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{client}` failed: {said}\n{script}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What `pg_dump`, `mariadb-dump` or `mysqldump` writes of everything in a database but its rows. `None`, after a line that
/// says so, where the program is not installed or is older than the server.
///
/// # Panics
/// When the dump fails.
pub fn own_dump(url: &str) -> Option<String> {
    let url = DatabaseUrl::parse(url);
    let program = program(&url, &["pg_dump"], &["mariadb-dump", "mysqldump"]);
    let mut command = program.command();
    if url.is_postgres() {
        command.arg("--schema-only");
    } else {
        command.args(["--no-defaults", "--no-data", "--skip-comments"]);
    }
    connect(&mut command, &url);
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => {
            left_out(Missing::Program, &format!("every comparison with `{program}`"), &error.to_string());
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("server version mismatch") {
        // The folder of a newer server has none.
        left_out(Missing::Excluded, &format!("every comparison with `{program}`"), &said);
        return None;
    }
    assert!(output.status.success(), "`{program}` failed: {said}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Says which database, and leaves out what the environment says.
fn connect(command: &mut Command, url: &DatabaseUrl) {
    if url.is_postgres() {
        command.arg(format!("--dbname={url}"));
        for variable in ["PGOPTIONS", "PGTZ", "PGDATESTYLE", "PGCLIENTENCODING"] {
            command.env_remove(variable);
        }
    } else {
        let (host, port) = url.address();
        command.arg("--default-character-set=utf8mb4");
        command.args([format!("--host={host}"), format!("--port={port}")]);
        command.args(url.user().map(|user| format!("--user={user}")));
        command.args(url.password().map(|password| format!("--password={password}")));
        command.arg(&url.database);
    }
}

/// The first of the programs that is in the folder of the environment, or else one of the machine.
fn program(url: &DatabaseUrl, of_postgres: &[&str], of_mysql: &[&str]) -> Program {
    let (engine, names) =
        if url.is_postgres() { (Engine::Postgres, of_postgres) } else { (Engine::MySql, of_mysql) };
    let installation = Installation::of(engine);
    let in_folder = installation.folder().and_then(|_| installation.program(names));
    // By its name: Debian's `psql` is a link to a program that looks at the name it is started under.
    in_folder.unwrap_or_else(|| Program::of_machine(names[0]))
}
