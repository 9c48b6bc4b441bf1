//! The databases, and what has to be asked of each to know what a run has done.

use crate::history::{expected, filled};

/// A database that histories are run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL and MariaDB.
    MySql,
}

/// A question whose answer shows what was really done.
#[derive(Debug, Clone)]
pub struct Fact {
    /// A query of one text.
    pub question: String,
    /// What must come back; nothing where the answer is only shown.
    pub wanted: Option<String>,
}

impl Fact {
    /// A question and its only right answer.
    pub fn new(question: impl Into<String>, wanted: &impl ToString) -> Self {
        Self { question: question.into(), wanted: Some(wanted.to_string()) }
    }
}

/// How many tables one question looks into: SQLite joins at most 500 queries.
const TABLES: usize = 200;

impl Database {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgres, Self::MySql];

    /// The peers' cargo feature, and what `--on` calls it.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::MySql => "mysql",
        }
    }

    /// What the first `count` revisions leave behind: tables, indexes, rows with what was filled in.
    pub fn contents(self, count: usize) -> Vec<Fact> {
        let (tables, indexes) = expected(count);
        let (table_source, index_source, text) = match self {
            Self::Sqlite => (
                "sqlite_schema WHERE type = 'table' AND name",
                "sqlite_schema WHERE type = 'index' AND name",
                "TEXT",
            ),
            Self::Postgres => (
                "pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename",
                "pg_catalog.pg_indexes WHERE schemaname = current_schema() AND indexname",
                "TEXT",
            ),
            Self::MySql => (
                "information_schema.tables WHERE table_schema = database() AND table_name",
                "information_schema.statistics WHERE table_schema = database() AND index_name",
                "CHAR",
            ),
        };
        let number = |source: &str, pattern: &str| {
            format!("SELECT CAST(count(*) AS {text}) FROM {source} LIKE '{pattern}' ESCAPE '!'")
        };
        let mut facts = vec![
            Fact::new(number(table_source, "account!_%"), &tables),
            Fact::new(number(index_source, "account!_%!_email"), &indexes),
        ];
        let filled: Vec<String> = filled(count).collect();
        for tables in filled.chunks(TABLES) {
            let each = tables.iter().map(|table| {
                format!("SELECT count(*) AS number FROM {table} WHERE email LIKE '%_@example.com'")
            });
            let all = each.collect::<Vec<String>>().join(" UNION ALL ");
            let question = format!("SELECT CAST(sum(number) AS {text}) FROM ({all}) AS filled");
            facts.push(Fact::new(question, &(2 * tables.len())));
        }
        facts
    }
}
