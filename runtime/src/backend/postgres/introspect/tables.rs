//! Tables: what is about the whole of one.

use super::draft::Draft;
use super::namespaces::{Namespaces, quote};
use super::row::{Read, Row};
use servicekit_chain::Dialect;
use servicekit_chain::sql::literal;
use servicekit_schema::table::TableName;

/// A row of `pg_class`.
#[derive(Debug)]
pub(super) struct TableRow<'a> {
    pub(super) number: u32,
    pub(super) schema: &'a str,
    pub(super) name: TableName,
    pub(super) is_unlogged: bool,
    replica_identity: ReplicaIdentity,
    has_row_security: bool,
    forces_row_security: bool,
    /// Its storage options and those of what is stored beside it.
    options: Vec<String>,
    tablespace: Option<&'a str>,
    method: Option<&'a str>,
    of_type: Option<&'a str>,
    partition_key: Option<&'a str>,
    comment: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReplicaIdentity {
    /// The primary key, or an index that is known by itself.
    Default,
    Nothing,
    Full,
}

impl<'a> TableRow<'a> {
    pub(super) fn read(row: &mut Row<'a>, namespaces: &Namespaces<'a>) -> Read<Self> {
        let (number, name) = (row.number()?, row.text()?);
        let namespace = row.number()?;
        let name = namespaces.name(namespace, name, row.flag()?);
        let schema = namespaces.schema(namespace);
        let is_partitioned = match row.text()? {
            "r" => false,
            "p" => true,
            other => return Err(row.unknown(format!("the kind `{other}` of a table"))),
        };
        let is_unlogged = match row.text()? {
            "p" => false,
            "u" => true,
            other => return Err(row.unknown(format!("the persistence `{other}`"))),
        };
        let replica_identity = match row.text()? {
            "d" | "i" => ReplicaIdentity::Default,
            "n" => ReplicaIdentity::Nothing,
            "f" => ReplicaIdentity::Full,
            other => return Err(row.unknown(format!("the replica identity `{other}`"))),
        };
        let (has_row_security, forces_row_security) = (row.flag()?, row.flag()?);
        let mut options = storage_options("", &row.texts()?);
        options.extend(storage_options("toast.", &row.texts()?));
        Ok(Self {
            number,
            schema,
            name,
            is_unlogged,
            replica_identity,
            has_row_security,
            forces_row_security,
            options,
            tablespace: row.optional()?,
            method: row.optional()?,
            of_type: row.optional()?,
            partition_key: if is_partitioned { Some(row.written()?) } else { row.optional()? },
            comment: row.optional()?,
        })
    }

    /// The table without what is in it.
    pub(super) fn draft(&self) -> Draft {
        let mut draft = Draft::new(self.name.clone());
        draft.table.comment = self.comment.map(str::to_owned);
        // In the order of `CREATE TABLE`.
        if let Some(key) = self.partition_key {
            draft.option(format!("PARTITION BY {key}"));
        }
        if let Some(method) = self.method.filter(|method| *method != "heap") {
            draft.option(format!("USING {}", quote(method)));
        }
        if !self.options.is_empty() {
            draft.option(format!("WITH ({})", self.options.join(", ")));
        }
        if let Some(tablespace) = self.tablespace {
            draft.option(format!("TABLESPACE {}", quote(tablespace)));
        }
        // First of all: what refers to it, or is referred to by it, must be of the same kind.
        if self.is_unlogged {
            let sql = format!("ALTER TABLE {} SET UNLOGGED", draft.sql);
            draft.remain("unlogged", sql);
        }
        draft
    }

    /// Notes what is left when the table has all its columns.
    pub(super) fn remain(&self, draft: &mut Draft) {
        let alter = format!("ALTER TABLE {}", draft.sql);
        if let Some(of_type) = self.of_type {
            draft.remain("its type", format!("{alter} OF {of_type}"));
        }
        if self.has_row_security {
            draft.remain("row level security", format!("{alter} ENABLE ROW LEVEL SECURITY"));
        }
        if self.forces_row_security {
            draft.remain("row level security of the owner", format!("{alter} FORCE ROW LEVEL SECURITY"));
        }
        match self.replica_identity {
            ReplicaIdentity::Default => {}
            ReplicaIdentity::Nothing => {
                draft.remain("replica identity", format!("{alter} REPLICA IDENTITY NOTHING"));
            }
            ReplicaIdentity::Full => {
                draft.remain("replica identity", format!("{alter} REPLICA IDENTITY FULL"));
            }
        }
    }
}

/// Storage options as `WITH` and `SET` take them.
pub(super) fn storage_options(prefix: &str, options: &[String]) -> Vec<String> {
    let is_plain = |text: &str, also: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || also.contains(c))
    };
    let option = |option: &String| {
        let (name, value) = option.split_once('=').unwrap_or((option, "true"));
        let starts_well = !name.starts_with(|c: char| c.is_ascii_digit());
        let name = if is_plain(name, "_") && starts_well { name.to_owned() } else { quote(name) };
        let is_number = is_plain(value, ".") && value.parse::<f64>().is_ok_and(f64::is_finite);
        let value = if is_number { value.to_owned() } else { literal(Dialect::Postgres, value) };
        format!("{prefix}{name} = {value}")
    };
    options.iter().map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_options_are_written_as_they_are_read() {
        let options = ["fillfactor=70", "autovacuum_enabled=false", "Odd name=it's", "n=-1"];
        assert_eq!(
            storage_options("", &options.map(str::to_owned)),
            ["fillfactor = 70", "autovacuum_enabled = 'false'", "\"Odd name\" = 'it''s'", "n = '-1'"]
        );
    }
}
