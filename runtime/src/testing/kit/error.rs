//! Why a test has no database.

use crate::Error;
use servicekit_chain::Dialect;
use std::path::PathBuf;

/// Why the database of a test could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestDatabaseError {
    /// The files of test databases cannot be written.
    #[error(
        "the files of test databases cannot be written in `{}`: {source}\nhelp: name another folder in \
         `SERVICEKIT_TEST_FOLDER`", folder.display()
    )]
    Folder {
        /// Where they are.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The runtime that waits for the database could not be started.
    #[error("the asynchronous runtime of the test could not be started: {0}")]
    Runtime(std::io::Error),
    /// The program that runs the test cannot be looked at.
    #[error(
        "the history has work in Rust (`op.run`), so its template belongs to this program, whose file cannot be read: {0}"
    )]
    Program(std::io::Error),
    /// The history could not be applied, or the database could not be opened.
    #[error(transparent)]
    Migrate(#[from] Error),
    /// The rows of a test could not be inserted.
    #[error("the fixture `{path}` could not be applied: {source}")]
    Fixture {
        /// The file.
        path: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// No server is named.
    #[error(
        "this test needs {}, and `{variable}` is not set\nhelp: set `{variable}={}` to a server for tests: databases are \
         created and dropped there",
        dialect.select("SQLite", "PostgreSQL", "MySQL or MariaDB"),
        dialect.select("", "postgres://postgres@localhost/postgres", "mysql://root@localhost/mysql")
    )]
    NoServer {
        /// The kind of database.
        dialect: Dialect,
        /// The variable that names the server.
        variable: &'static str,
    },
    /// The variable does not hold a URL.
    #[error("`{variable}`: {source}")]
    Url {
        /// The variable that names the server.
        variable: &'static str,
        /// What is wrong with it.
        source: Error,
    },
    /// The variable that says how many copies of a template are kept ready has no number.
    #[error(
        "`{variable}` is `{value}`, which is no number of databases\nhelp: 0 keeps no ready copies; without the variable \
         there are as many as processors, at most 4"
    )]
    ReadyCopies {
        /// The variable.
        variable: &'static str,
        /// What it has.
        value: String,
    },
    /// The server of the tests refused something.
    #[error("the server named by `{variable}` could not {action}: {source}")]
    Server {
        /// The variable that names the server.
        variable: &'static str,
        /// What was to be done.
        action: &'static str,
        /// What the server says.
        source: sqlx::Error,
    },
}
