//! Reading the schema of MySQL and MariaDB from `information_schema`.
//!
//! | of a table | becomes |
//! |---|---|
//! | columns, keys, checks, indexes, comments | words of the vocabulary |
//! | engine, collation and other options that are not the default | [`options`](servicekit_schema::table::Table::options) |
//! | `INVISIBLE`, `SRID` | [`options`](servicekit_schema::table::Column::options) of a column |
//! | partitions, indexes of other kinds (`FULLTEXT`, `SPATIAL`), invisible indexes | [remainders](servicekit_schema::table::Table::remainders) |
//!
//! Left out: views, sequences, temporary tables, triggers, tables whose rows are elsewhere (`FEDERATED`, `MERGE`), and MariaDB's
//! tables with columns for the times of their versions.
//!
//! What `information_schema` does not know is lost: the parser of a full-text index, the engine of a partition, `USING HASH` of
//! an index that is none, the spatial reference of a column of MariaDB, `DEFAULT` of a list of partitions there (of columns it is
//! known), periods other than that, digits of a `FLOAT` after the sixth, bytes of a binary default that are no text (MariaDB before 11) or stand after a
//! zero (MySQL), and characters beyond U+FFFF in texts, which are told as `?`.
//!
//! A check in a column of MariaDB has the name of the column, and is made again as one of the table; but in the column, where
//! an index has that name.
//!
//! Neither product has snapshots of its catalogue: what another session changes meanwhile is seen or not, view by view.

mod assembly;
mod catalogue;
mod checks;
mod columns;
mod defaults;
mod expressions;
mod foreign_keys;
mod indexes;
mod partitions;
mod parts;
mod questions;
mod rows;
mod table;
mod types;

use crate::backend::answer::{Answer, value};
use crate::backend::engine::{Introspection, Scope, ScratchQueries};
use crate::backend::mysql::MySql;
use crate::backend::mysql::errors::number;
use crate::error::IntrospectionError;
use servicekit_schema::table::Schema;
use std::time::Duration;

impl Introspection for MySql {
    fn scratch(&self) -> Option<ScratchQueries> {
        Some(super::scratch::QUERIES)
    }

    fn settings_in_the_way(&self) -> Vec<String> {
        questions::settings()
    }

    fn limited(&self, select: &str, limit: Duration) -> String {
        // Each product takes the words of the other one for a comment: MariaDB's run behind `M!`, MySQL's are a hint.
        let (seconds, milliseconds) = (limit.as_secs(), limit.as_millis());
        let select = select.strip_prefix("SELECT ").unwrap_or(select);
        format!(
            "/*M! SET STATEMENT max_statement_time = {seconds}, lock_wait_timeout = {seconds} FOR */ \
             SELECT /*+ MAX_EXECUTION_TIME({milliseconds}) */ {select}"
        )
    }

    fn is_over_limit(&self, error: &sqlx::Error) -> bool {
        // Of MySQL, of MariaDB, and of a lock that others hold.
        matches!(number(error), Some(3024 | 1969 | 1205))
    }

    fn begin_snapshot(&self) -> Vec<String> {
        questions::begin()
    }

    fn put_settings_back(&self, settings: &[Answer]) -> Vec<String> {
        questions::put_back(|column| value(settings, 0, column))
    }

    fn schema_questions(&self, scope: &Scope) -> Vec<String> {
        questions::questions(scope)
    }

    fn read_schema(&self, scope: &Scope, answers: &[Answer]) -> Result<Schema, IntrospectionError> {
        assembly::read(scope, answers)
    }
}
