//! What is asked of a server that has the databases of tests.

/// The database of servicekit's own on a server of tests. Its table says which databases servicekit has made there: no
/// other is ever dropped.
pub(crate) const REGISTRY: &str = "_servicekit_test";

/// Texts for a server of tests; each is one statement.
///
/// A database is in use while a session holds the advisory lock of its name. The server releases the lock when the session
/// ends, however it ends.
pub(crate) trait TestServer: Sync {
    /// The table of the databases, as every statement names it.
    fn table(&self) -> &'static str;

    /// Makes the table.
    fn create_table(&self) -> Vec<String>;

    /// Whether the database or the table of the databases is not there.
    fn is_no_registry(&self, error: &sqlx::Error) -> bool;

    /// Whether a database is not there.
    fn is_no_database(&self, error: &sqlx::Error) -> bool;

    /// Waits for the lock of a name.
    fn lock(&self, name: &str) -> String;

    /// Releases the lock of a name.
    fn unlock(&self, name: &str) -> String;

    /// A condition on the column `name`: takes the lock of the name if it is free.
    fn is_free(&self) -> &'static str;

    /// A condition on the column `name`: there is a database of this name.
    fn exists(&self) -> &'static str;

    /// A condition on the column `used`: that was more than so many days ago.
    fn is_older(&self, days: u32) -> String;

    /// Makes a database, on some servers as a copy of another one.
    fn create(&self, name: &str, template: Option<&str>) -> String;

    /// Whether a copy is there as a whole or not at all, and the server finishes it when the session has ended.
    fn copies_as_a_whole(&self) -> bool;

    /// Drops a database, whoever is connected.
    fn drop(&self, name: &str) -> String;

    /// Lets nobody connect to a template any more: only then it can be copied at any time.
    fn close(&self, name: &str) -> Option<String>;
}
