//! Questions about a connection to SQLite and its rights.

use crate::backend::engine::Inspection;
use crate::backend::sqlite::Sqlite;
use crate::backend::{Answer, MissingRight, RightQuestion, Server, Tables};
use crate::error::ReadOnlyCause;

impl Inspection for Sqlite {
    fn identify(&self, _: &Tables) -> Vec<String> {
        vec!["PRAGMA query_only".to_owned()]
    }

    fn read_identity(&self, _: &Tables, answers: &[Answer]) -> Server {
        let is_on = answers.first().is_some_and(Answer::is_yes);
        Server { read_only: is_on.then_some(ReadOnlyCause::Connection("query_only")), ..Server::default() }
    }

    #[cfg(feature = "models")]
    fn is_table_there(&self, schema: Option<&str>, name: &str) -> String {
        use crate::backend::engine::Quoting as _;
        let (schema, name) = (self.quote(schema.unwrap_or("main")), self.literal(name));
        format!("SELECT 1 FROM {schema}.sqlite_master WHERE name = {name} COLLATE NOCASE")
    }

    fn rights(&self, tables: &Tables, _: &Server) -> Vec<RightQuestion> {
        // It needs the write lock, which a read-only file refuses, and changes nothing; `BEGIN IMMEDIATE` only reads there.
        let texts = vec![format!("DELETE FROM {} WHERE 0", tables.version)];
        let right = MissingRight { right: "write permission", on: "the file".to_owned(), is_needed: true };
        vec![RightQuestion { right, texts }]
    }
}
