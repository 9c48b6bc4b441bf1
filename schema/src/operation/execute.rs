//! Plain SQL.

use super::{Operations, Recording};
use crate::table::Value;
use servicekit_chain::Dialect;

/// Runs SQL unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Execute {
    /// One statement or several.
    pub sql: String,
    /// The values of the parameters in it.
    pub parameters: Vec<(String, Value)>,
    /// The SQL that reverses it.
    pub reverse: Option<String>,
}

impl Execute {
    /// Runs this SQL, one statement or several.
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), parameters: Vec::new(), reverse: None }
    }
}

impl Operations {
    /// Runs SQL on every database: one statement, or several separated by semicolons.
    ///
    /// `:name` is replaced by a value that you [`bind`](Recording::bind), as a literal. Unbound names are not
    /// changed.
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// let mut op = Operations::default();
    /// op.execute("DELETE FROM users WHERE name = :name").bind("name", "O'Neill");
    /// assert_eq!(op.sql(Dialect::Postgres).unwrap(), ["DELETE FROM users WHERE name = 'O''Neill'"]);
    /// ```
    #[track_caller]
    pub fn execute(&mut self, sql: impl Into<String>) -> Recording<'_, Execute> {
        self.record(Execute::new(sql))
    }

    /// Runs SQL only where the database is of this kind; elsewhere it is left out.
    ///
    /// [`only_for`](Self::only_for) is for several operations, and for values.
    #[track_caller]
    pub fn execute_for(&mut self, dialect: Dialect, sql: impl Into<String>) {
        let location = std::panic::Location::caller();
        self.only_for(dialect, |op| op.push_at(Execute::new(sql).into(), location));
    }
}

impl Recording<'_, Execute> {
    /// Binds a value to a parameter, `:name` in the text.
    pub fn bind(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with_option(|execute| execute.parameters.push((name.into(), value.into())))
    }
}

options! {
    Execute:
    /// The SQL that reverses it, for [`Operations::reverse_of`].
    ///
    /// ```
    /// # use servicekit_schema as servicekit;
    /// use servicekit::revision::*;
    /// fn upgrade(op: &mut Operations) {
    ///     op.execute("CREATE VIEW adults AS SELECT * FROM users WHERE age >= 18")
    ///         .reversed_by("DROP VIEW adults");
    /// }
    /// let mut op = Operations::default();
    /// op.reverse_of(upgrade);
    /// assert_eq!(op.sql(Dialect::Sqlite).unwrap(), ["DROP VIEW adults"]);
    /// ```
    reversed_by(sql: impl Into<String>) => reverse = Some(sql.into());
}
