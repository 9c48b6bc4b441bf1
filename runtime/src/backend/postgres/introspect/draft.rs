//! A table while it is put together.

use super::namespaces::quoted;
use servicekit_chain::Dialect;
use servicekit_schema::table::{Remainder, Table, TableName};

/// A table while it is put together.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) table: Table,
    /// Its name in quotes.
    pub(super) sql: String,
    /// What can be made only when another table is there too.
    pub(super) late: Vec<(TableName, Remainder)>,
}

impl Draft {
    pub(super) fn new(name: TableName) -> Self {
        let sql = quoted(&name);
        Self { table: Table::new(name, []), sql, late: Vec::new() }
    }

    /// Notes what there is no word for.
    pub(super) fn remain(&mut self, what: impl Into<String>, sql: impl Into<String>) {
        self.table.remainders.push(remainder(what, sql));
    }

    /// The same for what must wait for another table.
    pub(super) fn remain_late(&mut self, other: &TableName, what: impl Into<String>, sql: impl Into<String>) {
        if *other == self.table.name {
            return self.remain(what, sql);
        }
        self.late.push((other.clone(), remainder(what, sql)));
    }

    /// Adds SQL after the closing parenthesis.
    pub(super) fn option(&mut self, sql: impl Into<String>) {
        self.table.options.push((Dialect::Postgres, sql.into()));
    }

    /// The name in quotes of what stands beside the table in its schema, such as an index.
    pub(super) fn beside(&self, name: &str) -> String {
        let mut beside = self.table.name.clone();
        name.clone_into(&mut beside.name);
        quoted(&beside)
    }
}

fn remainder(what: impl Into<String>, sql: impl Into<String>) -> Remainder {
    Remainder::new(Dialect::Postgres, what, sql)
}
