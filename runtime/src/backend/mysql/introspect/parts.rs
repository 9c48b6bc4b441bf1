//! A table while it is read.

use servicekit_chain::Dialect;
use servicekit_schema::table::{Remainder, Table};
use std::collections::HashSet;

/// A table of which the parts are read one after another.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    pub(super) table: &'a mut Table,
    /// The name in quotes.
    pub(super) quoted: String,
    /// The names of constraints that are no indexes: an index can have such a name too.
    pub(super) other_constraints: HashSet<&'a str>,
    /// Whether an index that a foreign key may need is made by a statement of its own.
    pub(super) has_later_key: bool,
    /// What comes after all other remainders.
    pub(super) later: Vec<Remainder>,
}

impl Parts<'_> {
    /// Adds a statement.
    pub(super) fn remain(&mut self, what: String, sql: String) {
        self.table.remainders.push(Remainder::new(Dialect::Mysql, what, sql));
    }

    /// Adds a change of the table.
    pub(super) fn alter(&mut self, what: String, action: &str) {
        self.remain(what, format!("ALTER TABLE {} {action}", self.quoted));
    }

    /// Adds a change of the table when everything else is there.
    pub(super) fn alter_later(&mut self, what: String, action: &str) {
        let sql = format!("ALTER TABLE {} {action}", self.quoted);
        self.later.push(Remainder::new(Dialect::Mysql, what, sql));
    }
}
