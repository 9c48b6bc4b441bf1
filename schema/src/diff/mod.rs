//! The difference between two schemas, as facts.
//!
//! Everything here is pure: two [`Schema`]s go in, and what differs comes out, always in the same order. What nobody has
//! said anything about (storage options, the order of columns, what has no word) is not compared.

mod columns;
mod constraints;
mod enums;
mod expressions;
mod fact;
mod indexes;
mod matching;
mod normal;
mod plan;
mod tables;
mod types;
mod values;

pub use fact::{Alteration, Attribute, Description, Fact};
pub use plan::{Hazard, HazardKind, SchemaChange, Unplannable};

use crate::table::Schema;
use servicekit_chain::Dialect;

/// What differs between two schemas on one kind of database.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The kind of database.
    pub dialect: Dialect,
    /// Each thing that differs, once: first the enum types, then the tables by name.
    pub facts: Vec<Fact>,
    /// Both schemas, in the form in which they are compared.
    from: Schema,
    to: Schema,
}

impl Schema {
    /// What has to change so that this schema becomes another one.
    ///
    /// Names are compared as the database compares them, types by what the database calls them, expressions by their
    /// tokens. A constraint or an index is known by its name; one without a name by what it says.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |columns: Vec<Column>| {
    ///     let mut schema = Schema::default();
    ///     schema.tables.push(Table::new("users", columns));
    ///     schema
    /// };
    /// let before = schema(vec![ulid("id").primary_key(), string("email", 40)]);
    /// let after = schema(vec![ulid("id").primary_key(), string("email", 254).unique()]);
    /// let difference = before.difference(&after, Dialect::Postgres);
    /// assert_eq!(
    ///     difference.to_string(),
    ///     "~ column users.email: type from VARCHAR(40) to VARCHAR(254)\n\
    ///      + unique constraint of users: UNIQUE (\"email\")"
    /// );
    /// ```
    #[must_use]
    pub fn difference(&self, to: &Self, dialect: Dialect) -> Difference {
        let (from, to) = (normal::schema(self), normal::schema(to));
        let mut facts = enums::facts(&from, &to, dialect);
        facts.extend(tables::facts(&from, &to, dialect));
        Difference { dialect, facts, from, to }
    }
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// What leads back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let facts = self.facts.iter().map(Fact::reversed).collect();
        Self { dialect: self.dialect, facts, from: self.to.clone(), to: self.from.clone() }
    }

    /// Each fact in words.
    pub fn descriptions(&self) -> impl Iterator<Item = Description> {
        self.facts.iter().map(|fact| fact.describe(self.dialect))
    }
}

/// A line for each fact.
impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines: Vec<String> = self.descriptions().map(|description| description.to_string()).collect();
        f.write_str(&lines.join("\n"))
    }
}
