//! Python's Alembic, to compare with and to share a database with.

mod project;
mod python;

pub use project::{HISTORY, PythonRevision};

use crate::notice::{Missing, left_out};
use python::Python;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// An installed Alembic.
///
/// ```no_run
/// use servicekit_test_servers::{alembic, postgres};
///
/// # fn example() {
/// let (Some(server), Some(alembic)) = (postgres(), alembic()) else { return };
/// let database = server.create_database();
/// let folder = tempfile::tempdir().unwrap();
/// alembic.project(folder.path(), database.url());
/// let output = alembic.run(folder.path(), &["upgrade", "head"]);
/// assert!(output.success, "{}", output.stderr);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Alembic {
    python: Python,
}

/// What a run of Alembic gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Whether it ended with status 0.
    pub success: bool,
    /// Its status, where it was not killed.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error, where its log goes.
    pub stderr: String,
}

/// Alembic in a virtual environment under the target folder, which the first process that asks makes, in some ten
/// seconds; `None`, after a line that says so, where that does not succeed.
///
/// # Panics
/// When it is required and not to be had.
pub fn alembic() -> Option<Alembic> {
    static MADE: OnceLock<Result<Python, String>> = OnceLock::new();
    match MADE.get_or_init(Python::with_alembic) {
        Ok(python) => Some(Alembic { python: python.clone() }),
        Err(why) => {
            left_out(Missing::Program, "every test beside Python's Alembic", why);
            None
        }
    }
}

impl Alembic {
    /// Writes a project with the revisions of [`HISTORY`] into a folder.
    ///
    /// The URL is written as for sqlx; SQLite's is `sqlite://` and a path.
    pub fn project(&self, folder: &Path, database_url: &str) {
        self.project_with(folder, database_url, HISTORY);
    }

    /// Writes a project with these revisions into a folder.
    pub fn project_with(&self, folder: &Path, database_url: &str, revisions: &[PythonRevision<'_>]) {
        project::write(folder, database_url, revisions);
    }

    /// Runs `alembic` with these arguments in a project's folder.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = self.python.command();
        command.args(["-m", "alembic"]).args(arguments).current_dir(folder);
        output(&mut command)
    }

    /// Runs a script with SQLAlchemy in reach. Its argument is the URL of the database, as SQLAlchemy reads it.
    pub fn script(&self, script: &Path, database_url: &str) -> Output {
        let mut command = self.python.command();
        output(command.arg(script).arg(project::sqlalchemy_url(database_url)))
    }
}

/// Runs a program to its end.
fn output(command: &mut Command) -> Output {
    let output = command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{} cannot be started: {error}", command.get_program().display()));
    Output {
        success: output.status.success(),
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
