//! What a kind of database that has servers answers.

use super::background::Background;
use super::own::TestBackend;
use crate::Error;
use crate::backend::engine::test_server::TestServer;
use crate::backend::{Connection, SendError};
use crate::database::DatabaseBuilder;
use servicekit_chain::Dialect;
use std::future::Future;

/// How many connections the pool of a test has: many tests share the connections of a server.
pub(super) const CONNECTIONS: u32 = 5;

/// A kind of database that has servers.
pub(super) trait Server: TestBackend {
    const DIALECT: Dialect;
    /// The variable that names the server.
    const VARIABLE: &'static str;
    /// The database that a session has which uses the table of databases, if that must be one.
    const REGISTRY: Option<&'static str>;

    fn texts() -> &'static dyn TestServer;

    /// A database of the server at this URL; without a name, the one that the URL names.
    fn builder(url: &str, database: Option<&str>) -> Result<DatabaseBuilder<Self>, Error>;

    /// How a person finds a database.
    fn shown(url: &str, database: &str) -> String;

    /// Whether a template can be copied.
    fn can_copy(
        connection: &mut Connection<'_>,
        template: &str,
    ) -> impl Future<Output = Result<bool, SendError>>;

    /// Copies a template into an empty database, unless the server has done so.
    fn fill(
        connection: &mut Connection<'_>,
        template: &str,
        database: &str,
    ) -> impl Future<Output = Result<(), SendError>>;

    /// What this process does on such a server besides its tests.
    fn background() -> &'static Background;
}
