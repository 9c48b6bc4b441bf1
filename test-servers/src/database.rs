//! A database for one test.

use crate::server::Server;
use crate::{blocking, notice};
use std::hash::{BuildHasher as _, RandomState};
use std::process;

/// An empty database of one test; it is dropped with the value, whoever is still connected.
///
/// A child process can use it by its URL alone. When the process is killed, the database stays behind; its name,
/// `servicekit_test_<pid>_<random>`, says whose it was.
#[derive(Debug)]
pub struct TestDatabase {
    server: Server,
    name: String,
    url: String,
}

impl TestDatabase {
    pub(crate) fn create(server: &Server) -> Self {
        // Every `RandomState` has other keys, also in another process with the same id in another container.
        let random = RandomState::new().hash_one(process::id());
        let name = format!("servicekit_test_{}_{random:016x}", process::id());
        let engine = server.engine();
        blocking::run(async || {
            engine.patiently(async || engine.create_database(server.url(), &name).await).await
        })
        .unwrap_or_else(|error| panic!("database `{name}` cannot be made on {}: {error}", server.url()));
        Self { url: server.url_of(&name), server: server.clone(), name }
    }

    /// The URL, with user and password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The database's name on its server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The server it is on.
    pub fn server(&self) -> &Server {
        &self.server
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Self { server, name, .. } = self;
        let engine = server.engine();
        let result = blocking::run(async || {
            engine.patiently(async || engine.drop_database(server.url(), name).await).await
        });
        match result {
            // A server that the test has stopped takes its databases along.
            Ok(()) | Err(sqlx::Error::Io(_)) => {}
            // No panic: this runs while a failed test unwinds, too.
            Err(error) => notice::say(&format!("database `{name}` is left behind: {error}")),
        }
    }
}
