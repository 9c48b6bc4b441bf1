//! Reading the schema of PostgreSQL 12 to 18.
//!
//! | in the words of the vocabulary | as an option | as a remainder |
//! |---|---|---|
//! | columns, types, enums, defaults, identity with its sequence, generated columns, comments | of a column: a collation of another schema | sequences that are no plain `serial`, storage, compression, statistics and attribute options of columns |
//! | primary keys, unique, check and exclusion constraints, foreign keys | | constraints with `WITHOUT OVERLAPS` or `PERIOD`, or that need what is created after them; comments of constraints and enums; storage options of their indexes |
//! | indexes | | indexes with operator classes or collations of another schema, or options of a class; tablespaces, clustering, replica identity, extended statistics |
//! | | of a table: `PARTITION BY`, `USING`, `WITH`, `TABLESPACE` | unlogged tables, row level security, `OF` a type |
//!
//! Left out: what [`DESCRIBED`](questions) leaves out, indexes that are not valid (what a failed concurrent build leaves
//! behind), the names and attributes of `NOT NULL` constraints (version 18), sequences without an owning column,
//! domains, functions, triggers, rules, policies, owners and rights.

mod answers;
mod catalogue;
mod columns;
mod constraints;
mod defaults;
mod draft;
mod enums;
mod indexes;
mod namespaces;
mod questions;
mod row;
mod rows;
mod schema;
mod scope;
mod sequences;
mod tables;
mod types;

use crate::backend::Answer;
use crate::backend::engine::{Introspection, Scope, ScratchQueries};
use crate::backend::postgres::errors::code;
use crate::backend::postgres::{IS_IN_TRANSACTION, Postgres};
use crate::error::IntrospectionError;
use servicekit_schema::table::Schema;
use std::time::Duration;

impl Introspection for Postgres {
    fn scratch(&self) -> Option<ScratchQueries> {
        Some(super::scratch::QUERIES)
    }

    fn settings_in_the_way(&self) -> Vec<String> {
        vec![format!("SELECT {IS_IN_TRANSACTION}")]
    }

    fn is_in_transaction(&self, settings: &[Answer]) -> bool {
        settings.first().is_some_and(Answer::is_yes)
    }

    fn begin_snapshot(&self) -> Vec<String> {
        vec!["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned()]
    }

    fn settings_for_counts(&self, limit: Duration) -> Vec<String> {
        // A policy that hides rows would make the number wrong.
        vec![
            format!("SET LOCAL statement_timeout = {}", limit.as_millis()),
            "SET LOCAL row_security = off".to_owned(),
        ]
    }

    fn is_over_limit(&self, error: &sqlx::Error) -> bool {
        code(error) == Some("57014")
    }

    fn schema_questions(&self, scope: &Scope) -> Vec<String> {
        answers::questions(self, scope)
    }

    fn read_schema(&self, scope: &Scope, answers: &[Answer]) -> Result<Schema, IntrospectionError> {
        schema::read(scope, &answers::Answers::new(answers)?)
    }

    fn has_changed_meanwhile(&self, error: &sqlx::Error) -> bool {
        // The functions that write definitions look at the catalogue of now, not at that of the snapshot.
        let Some(error) = error.as_database_error() else { return false };
        let is_gone = ["cache lookup failed", "could not open relation", "could not find"];
        match error.code().as_deref() {
            Some("42P01") => true,
            Some("XX000") => is_gone.iter().any(|sign| error.message().starts_with(sign)),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Option<String>> {
        let texts = [
            "", "0", "1", "2", "t", "f", "p", "r", "a", "u", "c", "x", "d", "s", "i", "{1,2}", "1 2",
            "{a=b}", "(", "('", "E'\\", "é[]",
        ];
        prop_oneof![
            8 => proptest::sample::select(texts.to_vec()).prop_map(|text| Some(text.to_owned())),
            1 => Just(None),
            1 => any::<Option<String>>(),
        ]
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_panic(
            answers in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(values(), 0..24), 0..3),
                20..27,
            ),
        ) {
            let answers: Vec<Answer> = answers.into_iter().map(|rows| Answer { rows, affected: 0 }).collect();
            let _ = Postgres.read_schema(&Scope::default(), &answers);
        }
    }

    #[test]
    fn another_product_is_refused() {
        let scope = Scope::default();
        let mut answers = vec![Answer::default(); Postgres.schema_questions(&scope).len()];
        let version = "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu)";
        let row = [version, "public", "public"];
        answers.first_mut().unwrap().rows = vec![row.map(|value| Some(value.to_owned())).to_vec()];
        let refused = Postgres.read_schema(&scope, &answers).unwrap_err();
        let found = version.to_owned();
        assert_eq!(refused, IntrospectionError::UnknownCatalogue { catalogue: "version()", found });
    }
}
