//! Questions about the server, its objects and the rights of the user.

use crate::backend::{Answer, RightQuestion, Server, Tables};
use crate::error::OldServer;
use servicekit_chain::sql::{Object, ObjectName, Part, StatementClass};

/// Questions about the server, its objects and the rights of the user.
pub(crate) trait Inspection {
    /// Asks who the server is, and which tables are there.
    fn identify(&self, tables: &Tables) -> Vec<String>;

    /// Reads the answers to [`identify`](Self::identify).
    fn read_identity(&self, tables: &Tables, answers: &[Answer]) -> Server;

    /// Questions whose answers are the definition of an object; an error that says that it does not exist is one too.
    fn definition_questions(&self, _object: &Object) -> Vec<String> {
        Vec::new()
    }

    /// Asks for a part of a table; no row when it does not exist.
    fn part_question(&self, _table: &ObjectName, _part: &Part) -> Option<String> {
        None
    }

    /// Asks for an index that is built concurrently: whether it is valid, and whether another session builds it now. No row
    /// when there is none.
    fn index_state(&self, _table: &ObjectName, _index: &str) -> Option<String> {
        None
    }

    /// Asks whether an index is there.
    fn is_index_there(&self, _index: &ObjectName) -> Option<String> {
        None
    }

    /// Drops what a failed concurrent build left behind.
    fn drop_invalid_index(&self, _table: &ObjectName, _index: &str) -> Option<String> {
        None
    }

    /// A definition without what changes by itself.
    fn normalized(&self, definition: String) -> String {
        definition
    }

    /// Asks for a table, or what else has its name: no row when there is none.
    #[cfg(feature = "models")]
    fn is_table_there(&self, schema: Option<&str>, name: &str) -> String;

    /// Asks for the version alone, where an old server may not understand [`identify`](Self::identify).
    fn version(&self) -> Option<&'static str> {
        None
    }

    /// The version to report, if revisions do not run on it any more.
    fn too_old(&self, _version: &str) -> Option<OldServer> {
        None
    }

    /// Asks whether a server that is killed may leave a part of this statement behind.
    fn may_be_partially_applied(
        &self,
        _server: &Server,
        _sql: &str,
        _conduct: &StatementClass,
    ) -> Option<String> {
        None
    }

    /// Asks whether the user has the rights that runs need, without writing anything.
    fn rights(&self, tables: &Tables, server: &Server) -> Vec<RightQuestion>;
}
