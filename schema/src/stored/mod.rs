//! What SQLite keeps of a table and of an index, which is their text, taken apart.
//!
//! Its catalogue tells the columns and keys. Names of constraints, checks, collations, generation expressions and
//! conditions of indexes are only in the text.
//!
//! ```
//! use servicekit_schema::stored::{Said, StoredIndex, StoredTable, said};
//! let table = StoredTable::parse("CREATE TABLE t (a TEXT, CONSTRAINT ck CHECK ((a <> '')) /* why */)").unwrap();
//! assert_eq!(table.columns[0].name, "a");
//! assert_eq!(said(&table.constraints[0].text), Some(Said::Check { condition: "a <> ''".to_owned() }));
//! let index = StoredIndex::parse("CREATE INDEX ix ON t (lower(a) DESC) WHERE a > 'b'").unwrap();
//! assert_eq!(index.keys[0].expression, "lower(a)");
//! assert_eq!(index.filter.as_deref(), Some("a > 'b'"));
//! ```

mod index;
mod said;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use index::{KeyText, StoredIndex};
pub use said::{KeyColumn, Said, said};
pub use table::{Clause, ClauseKind, ColumnText, ConstraintText, StoredTable};
pub use words::{comment_text, plain};
