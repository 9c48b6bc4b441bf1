//! Sequences of columns: of identity, of `serial`, and others that a column owns.

use super::draft::Draft;
use super::namespaces::{Namespaces, quote, quoted};
use super::row::{Read, Row};
use servicekit_chain::Dialect;
use servicekit_chain::sql::literal;
use servicekit_schema::table::{SequenceOptions, TableName, name_of_sequence, sequence};

/// A sequence that a column owns.
#[allow(clippy::struct_excessive_bools, reason = "each is a column of the catalogue")]
#[derive(Debug)]
pub(super) struct Sequence<'a> {
    pub(super) table: u32,
    pub(super) column: i16,
    pub(super) is_identity: bool,
    name: TableName,
    data_type: &'a str,
    start: i64,
    increment: i64,
    minimum: i64,
    maximum: i64,
    cache: i64,
    cycle: bool,
    is_unlogged: bool,
    /// The default that takes its next number, where it is none of an identity.
    pub(super) next: Option<&'a str>,
    /// Whether the sequence of an unlogged table is unlogged too: since version 15.
    follows_table: bool,
    comment: Option<&'a str>,
}

impl<'a> Sequence<'a> {
    pub(super) fn read(row: &mut Row<'a>, namespaces: &Namespaces<'_>) -> Read<Self> {
        let (table, column) = (row.number()?, row.number()?);
        let is_identity = match row.text()? {
            "i" => true,
            "a" => false,
            other => return Err(row.unknown(format!("the dependency `{other}` of a sequence"))),
        };
        let name = row.text()?;
        Ok(Self {
            table,
            column,
            is_identity,
            name: namespaces.name(row.number()?, name, false),
            data_type: row.text()?,
            start: row.number()?,
            increment: row.number()?,
            minimum: row.number()?,
            maximum: row.number()?,
            cache: row.number()?,
            cycle: row.flag()?,
            is_unlogged: row.text()? == "u",
            next: row.optional()?,
            follows_table: row.number::<u32>()? >= 150_000,
            comment: row.optional()?,
        })
    }

    /// The options that differ from those of a sequence for a column of this type.
    fn options(&self, data_type: &str) -> SequenceOptions {
        let (least, most) = match data_type {
            "smallint" => (i16::MIN.into(), i16::MAX.into()),
            "integer" => (i32::MIN.into(), i32::MAX.into()),
            _ => (i64::MIN, i64::MAX),
        };
        let (minimum, maximum) = if self.increment < 0 { (least, -1) } else { (1, most) };
        let first = if self.increment < 0 { self.maximum } else { self.minimum };
        let differs = |value: i64, default: i64| (value != default).then_some(value);
        let mut options = sequence();
        options.start = differs(self.start, first);
        options.increment = differs(self.increment, 1);
        options.minimum = differs(self.minimum, minimum);
        options.maximum = differs(self.maximum, maximum);
        options.cache = differs(self.cache, 1);
        options.cycle = self.cycle;
        options
    }

    /// The options of an identity, if there are some.
    pub(super) fn identity(&self, data_type: &str) -> Option<SequenceOptions> {
        let options = self.options(data_type);
        (options != sequence()).then_some(options)
    }

    /// The type that makes exactly this sequence for a column that is not null.
    pub(super) fn serial(
        &self,
        table: &TableName,
        data_type: &str,
        is_table_unlogged: bool,
    ) -> Option<&'static str> {
        let word = match data_type {
            "smallint" => "smallserial",
            "integer" => "serial",
            "bigint" => "bigserial",
            _ => return None,
        };
        let is_plain = self.options(data_type) == sequence() && self.data_type == data_type;
        let is_as_table = self.is_unlogged == (is_table_unlogged && self.follows_table);
        // It keeps its name when the table or the column gets another one.
        let is_beside_table = self.name.schema == table.schema;
        (is_plain && is_as_table && is_beside_table && self.comment.is_none()).then_some(word)
    }

    /// Notes what makes it.
    pub(super) fn remain(&self, draft: &mut Draft, column: &str) {
        let Self { data_type, start, increment, minimum, maximum, cache, .. } = self;
        let name = quoted(&self.name);
        let unlogged = if self.is_unlogged { "UNLOGGED " } else { "" };
        let cycle = if self.cycle { " CYCLE" } else { "" };
        let owner = format!("{}.{}", draft.sql, quote(column));
        draft.remain(
            format!("sequence of {column}"),
            format!(
                "CREATE {unlogged}SEQUENCE {name} AS {data_type} START WITH {start} INCREMENT BY {increment} \
                 MINVALUE {minimum} MAXVALUE {maximum} CACHE {cache}{cycle} OWNED BY {owner}"
            ),
        );
        self.remain_comment(draft, column);
    }

    /// Notes what an identity or a `serial` does not make by itself: another name, which a table that was renamed keeps.
    pub(super) fn remain_of_generator(&self, draft: &mut Draft, column: &str) {
        if self.name.name != name_of_sequence(&draft.table.name, column).name {
            // The name that it gets at first is whichever is free, which can be this one.
            let found = format!(
                "pg_catalog.pg_get_serial_sequence({}, {})",
                literal(Dialect::Postgres, &draft.sql),
                literal(Dialect::Postgres, column),
            );
            let body = format!(
                "BEGIN IF {found}::pg_catalog.regclass IS DISTINCT FROM pg_catalog.to_regclass({}) THEN \
                 EXECUTE 'ALTER SEQUENCE ' || {found} || {}; END IF; END",
                literal(Dialect::Postgres, &quoted(&self.name)),
                literal(Dialect::Postgres, &format!(" RENAME TO {}", quote(&self.name.name))),
            );
            draft.remain(
                format!("name of the sequence of {column}"),
                format!("DO {}", literal(Dialect::Postgres, &body)),
            );
        }
        self.remain_comment(draft, column);
    }

    fn remain_comment(&self, draft: &mut Draft, column: &str) {
        if let Some(comment) = self.comment {
            let (name, comment) = (quoted(&self.name), literal(Dialect::Postgres, comment));
            draft.remain(
                format!("comment of the sequence of {column}"),
                format!("COMMENT ON SEQUENCE {name} IS {comment}"),
            );
        }
    }
}
