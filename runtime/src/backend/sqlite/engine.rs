//! SQLite: the write lock of each transaction is the lock, and nothing waits inside the server, which there is none.

use crate::backend::engine::Quoting;
use crate::backend::sqlite::quote;
use servicekit_chain::Dialect;

#[derive(Debug)]
pub(crate) struct Sqlite;

impl Quoting for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn literal(&self, value: &str) -> String {
        quote::literal(value)
    }

    fn quote(&self, name: &str) -> String {
        quote::quote(name)
    }
}
