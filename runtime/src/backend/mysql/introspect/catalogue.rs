//! The rows of the catalogue, and what is known of the server.

use crate::backend::answer::{Answer, value};
use crate::backend::mysql::introspect::questions::SERVER;
use crate::backend::server_version;
use servicekit_schema::table::TableName;

/// A row of an answer. What is not there is nothing, or an empty text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a>(&'a [Option<String>]);

impl<'a> Row<'a> {
    pub(super) fn value(self, column: usize) -> Option<&'a str> {
        self.0.get(column)?.as_deref()
    }

    pub(super) fn text(self, column: usize) -> &'a str {
        self.value(column).unwrap_or_default()
    }

    pub(super) fn number(self, column: usize) -> Option<u32> {
        self.value(column)?.parse().ok()
    }

    /// How many columns it has.
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    /// The schema and the table, which most rows begin with.
    pub(super) fn table(self) -> (&'a str, &'a str) {
        (self.text(0), self.text(1))
    }
}

/// The rows of the answer in this place.
pub(super) fn rows(answers: &[Answer], place: usize) -> impl Iterator<Item = Row<'_>> {
    answers.get(place).into_iter().flat_map(|answer| &answer.rows).map(|row| Row(row))
}

/// The server, and the session on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server<'a> {
    pub(super) is_mariadb: bool,
    /// The current schema.
    pub(super) current: Option<&'a str>,
    /// Whether names of schemas and tables are compared without regard to case.
    pub(super) ignores_case: bool,
    /// The storage engine of a table that names none.
    pub(super) engine: &'a str,
}

impl<'a> Server<'a> {
    pub(super) fn read(answers: &'a [Answer]) -> Self {
        let answer = |column| value(answers, SERVER, column);
        Self {
            is_mariadb: server_version::is_mariadb(answer(0).unwrap_or_default()),
            current: answer(1),
            ignores_case: answer(2).is_some_and(|setting| setting != "0"),
            engine: answer(3).unwrap_or_default(),
        }
    }

    /// The name of a table as this session would write it.
    pub(super) fn table_name(&self, schema: &str, name: &str) -> TableName {
        if self.current == Some(schema) { TableName::from(name) } else { TableName::from((schema, name)) }
    }

    /// Whether two names of schemas or tables are one.
    pub(super) fn is_same(&self, one: &str, other: &str) -> bool {
        one == other || self.ignores_case && one.to_lowercase() == other.to_lowercase()
    }
}
