//! The text of a revision that makes a change: its two sides in Rust or in SQL, and what it does in a few words.
//!
//! The same schemas give the same text, byte for byte. What can go wrong with the rows is a comment at the operation that
//! does it.
//!
//! ```
//! # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
//! use servicekit::{Dialect, revision::*, schema::Schema, script::Language};
//! let schema = |columns: Vec<Column>| {
//!     let mut schema = Schema::default();
//!     schema.tables.push(Table::new("users", columns));
//!     schema
//! };
//! let before = schema(vec![ulid("id").primary_key()]);
//! let after = schema(vec![ulid("id").primary_key(), text("email").not_null()]);
//! let script = before.difference(&after, Dialect::Postgres).script(Language::Rust)?;
//! assert_eq!(script.summary, "add email to users");
//! assert_eq!(
//!     script.upgrade,
//!     r#"pub fn upgrade(op: &mut Operations) {
//!     // can fail: rows of users, which get no value for email
//!     op.add_column("users", text("email").not_null());
//! }
//! "#
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod downgrade;
mod error;
mod several;
mod sql;
mod summary;

pub use error::ScriptError;
pub use sql::statements;

use crate::diff::{Difference, Hazard, HazardKind, SchemaChange};
use crate::operation::Operations;
use crate::source::{self, Comments};
use crate::table::Schema;
use servicekit_chain::Dialect;

/// What a revision is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The two functions of a `.rs` file.
    Rust,
    /// The two sections of a `.sql` file.
    Sql,
}

/// The text of a revision.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Script {
    /// What the upgrade does, in a few words: `add email to users and 2 more`.
    pub summary: String,
    /// What can go wrong with the rows on the way there, in the order of the operations.
    pub hazards: Vec<Hazard>,
    /// The function `upgrade`, or the statements.
    pub upgrade: String,
    /// The function `downgrade`, or the statements.
    pub downgrade: String,
    /// The statements for each database, where there are several; the two texts above are empty then.
    pub sections: Vec<Section>,
}

/// What a revision records.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sides {
    /// What leads there.
    pub upgrade: Operations,
    /// What leads back.
    pub downgrade: Operations,
}

/// The statements of a revision on one kind of database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The kind of database.
    pub dialect: Dialect,
    /// The statements that lead there.
    pub upgrade: String,
    /// The statements that lead back.
    pub downgrade: String,
}

impl Difference {
    /// What the revision records that [`script`](Self::script) writes.
    ///
    /// ```
    /// # mod servicekit { pub use servicekit_schema::{*, table as schema}; }
    /// use servicekit::{Dialect, revision::*, schema::Schema};
    /// let schema = |values: &[&str]| {
    ///     let mood = enum_type("mood", values.iter().copied());
    ///     let mut schema = Schema::default();
    ///     schema.enums.push(mood.clone());
    ///     schema.tables.push(Table::new("users", [enumeration("mood", mood)]));
    ///     schema
    /// };
    /// let difference = schema(&["sad"]).difference(&schema(&["sad", "happy"]), Dialect::Postgres);
    /// let upgrade = difference.serving(&[Dialect::Postgres, Dialect::Mysql]).recorded()?.upgrade;
    /// assert_eq!(upgrade.sql(Dialect::Postgres)?, [r#"ALTER TYPE "mood" ADD VALUE 'happy'"#]);
    /// assert_eq!(
    ///     upgrade.sql(Dialect::Mysql)?,
    ///     ["ALTER TABLE `users` MODIFY COLUMN `mood` ENUM('sad', 'happy') NULL"]
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If one of the ways cannot be planned.
    pub fn recorded(&self) -> Result<Sides, ScriptError> {
        if self.served().len() > 1 {
            return several::recorded(self);
        }
        let there = self.plan().map_err(ScriptError::Plan)?;
        let back = self.reversed().plan().map_err(ScriptError::Plan)?;
        Ok(Sides { upgrade: there.recorded(), downgrade: back.recorded() })
    }

    /// The revision that leads from one schema to the other, and back.
    ///
    /// The downgrade is the reverse of the upgrade where that is what leads back; otherwise it is written out. What comes
    /// back without its values is a comment at its beginning.
    ///
    /// For [several](Self::serving) databases, what is the same on all of them stands once, and the rest in `only_for`.
    ///
    /// # Errors
    /// If one of the ways cannot be planned or written.
    pub fn script(&self, language: Language) -> Result<Script, ScriptError> {
        if self.served().len() > 1 {
            return several::script(self, language);
        }
        let there = self.plan().map_err(ScriptError::Plan)?;
        let back = self.reversed().plan().map_err(ScriptError::Plan)?;
        let (upgrade, downgrade) = match language {
            Language::Rust => {
                (function("upgrade", &there, Vec::new())?, downgrade::of_difference(&there, &back)?)
            }
            Language::Sql => {
                (sql::section(&there, &[], self.dialect)?, sql::section(&back, &lost(&there), self.dialect)?)
            }
        };
        Ok(Script {
            summary: summary::of_facts(&self.facts),
            hazards: there.hazards,
            upgrade,
            downgrade,
            sections: Vec::new(),
        })
    }
}

impl Script {
    /// The first revision of a history: it creates everything, and drops it.
    ///
    /// What a table has that there is no word for is created as well, by statements.
    ///
    /// # Errors
    /// If one of the ways cannot be written.
    pub fn creating(schema: &Schema, dialect: Dialect, language: Language) -> Result<Self, ScriptError> {
        let schema = source::arranged(schema);
        let (there, back) = (schema.operations(dialect), schema.drops(dialect));
        let (upgrade, downgrade) = match language {
            Language::Rust => {
                let upgrade = source::function("upgrade", &there).map_err(ScriptError::Rust)?;
                (upgrade, downgrade::of_creation(&there, &back)?)
            }
            Language::Sql => (sql::text(&there, dialect)?, sql::text(&back, dialect)?),
        };
        Ok(Self {
            summary: summary::of_creation(&schema),
            hazards: Vec::new(),
            upgrade,
            downgrade,
            sections: Vec::new(),
        })
    }
}

/// A function with the hazards at their operations, and lines at its beginning.
fn function(name: &str, change: &SchemaChange, above: Vec<String>) -> Result<String, ScriptError> {
    let comments = Comments {
        above,
        of_operations: change
            .hazards
            .iter()
            .map(|hazard| (hazard.operation, hazard.part, hazard.to_string()))
            .collect(),
    };
    source::commented(name, &change.recorded(), &comments).map_err(ScriptError::Rust)
}

/// What the way back makes again, without what was in it.
fn lost(change: &SchemaChange) -> Vec<String> {
    let lost = change.hazards.iter().filter(|hazard| hazard.kind == HazardKind::LosesData);
    lost.map(|hazard| format!("comes back empty: {}", hazard.what)).collect()
}

/// The operations that the written function records: what there is no word for is a statement behind its table.
fn written(operations: &Operations) -> Operations {
    let mut written = Operations::default();
    for recorded in operations.recorded() {
        let mut operation = recorded.operation.clone();
        let mut behind = Vec::new();
        if let crate::Operation::CreateTable(create) = &mut operation {
            behind = std::mem::take(&mut create.table.remainders);
        }
        let push = |op: &mut Operations| {
            op.push(operation);
            for remainder in behind {
                op.execute_for(remainder.dialect, remainder.sql);
            }
        };
        match recorded.dialect {
            Some(dialect) => written.only_for(dialect, push),
            None => push(&mut written),
        }
    }
    written
}
