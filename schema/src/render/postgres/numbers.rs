//! Columns that begin or cease to generate numbers: an identity, or a `serial`, which is an integer whose default is the next
//! number of a sequence that goes with it.

use super::{Postgres, Sql, generated, literal_text, types, when};
use crate::operation::{AlterColumn, Change, OperationProblem, Result};
use crate::table::{Identity, SequenceOptions, Type, name_of_sequence};

/// What it takes besides the other changes of a column.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// What comes first: a column with an identity takes neither a default nor null.
    pub(super) before: Vec<String>,
    /// What is done with the other changes.
    pub(super) actions: Vec<String>,
    /// What comes after them.
    pub(super) after: Vec<String>,
}

/// A column whose numbers change.
struct Column<'a> {
    sql: &'a Postgres,
    alter: &'a AlterColumn,
    /// The names in quotes.
    table: String,
    name: String,
}

impl Numbers {
    pub(super) fn new(sql: &Postgres, alter: &AlterColumn) -> Result<Self> {
        let (table, name) = (sql.table(&alter.table), sql.quote(&alter.column));
        let column = Column { sql, alter, table, name };
        let was_serial =
            alter.existing.as_ref().is_some_and(|column| column.data_type.behind_serial().is_some());
        let serial = alter.data_type.as_ref().and_then(Type::behind_serial);
        match (&alter.identity, serial) {
            (_, Some(integer)) if was_serial => column.resize_serial(&integer),
            (_, Some(integer)) => column.begin_serial(&integer),
            (Change::Keep, None) => Ok(Self::default()),
            (Change::Remove, None) if was_serial => column.end_serial(),
            (Change::Remove, None) => Ok(Self { before: vec![column.drop_identity()], ..Self::default() }),
            (Change::To(identity), None) if was_serial => column.serial_to_identity(*identity),
            (Change::To(identity), None) if alter.begins_to_count() => column.begin_identity(*identity),
            (Change::To(identity), None) => {
                let set = column.action(&format!("SET GENERATED {}", when(*identity)));
                Ok(Self { actions: vec![set], ..Self::default() })
            }
        }
    }
}

impl Column<'_> {
    fn action(&self, what: &str) -> String {
        format!("ALTER COLUMN {} {what}", self.name)
    }

    fn alone(&self, what: &str) -> String {
        format!("ALTER TABLE {} {}", self.table, self.action(what))
    }

    fn drop_identity(&self) -> String {
        self.alone("DROP IDENTITY")
    }

    fn begin_identity(&self, identity: Identity) -> Result<Numbers> {
        if self.alter.outcome().is_some_and(|outcome| outcome.nullable) {
            return Err(OperationProblem::new(
                "on PostgreSQL only a column that is `NOT NULL` gets generated numbers",
            )
            .help("add `.set_not_null()`"));
        }
        let options = self.alter.sequence.as_ref();
        let after = vec![self.alone(&format!("ADD {}", generated(identity, options))), self.go_on(options)?];
        Ok(Numbers { after, ..Numbers::default() })
    }

    fn begin_serial(&self, integer: &Type) -> Result<Numbers> {
        let existing = self.alter.existing.as_ref();
        let had_identity = existing.is_some_and(|column| column.identity.is_some());
        let sequence = self.sql.table(&name_of_sequence(&self.alter.table, &self.alter.column));
        let mut numbers = Numbers::default();
        numbers.before.extend(had_identity.then(|| self.drop_identity()));
        numbers.before.push(format!(
            "CREATE SEQUENCE {sequence} AS {} OWNED BY {}.{}",
            types::name(integer),
            self.table,
            self.name
        ));
        let is_not_null = existing.is_some_and(|column| !column.nullable) || self.alter.nullable.is_some();
        numbers.actions.extend((!is_not_null).then(|| self.action("SET NOT NULL")));
        let next = format!("SET DEFAULT nextval({})", literal_text(&sequence)?);
        numbers.actions.push(self.action(&next));
        numbers.after.push(self.go_on(None)?);
        Ok(numbers)
    }

    fn end_serial(&self) -> Result<Numbers> {
        let before = vec![self.alone("DROP DEFAULT"), self.on_sequence("DROP SEQUENCE ", "")?];
        Ok(Numbers { before, ..Numbers::default() })
    }

    /// The sequence has the type of the column.
    fn resize_serial(&self, integer: &Type) -> Result<Numbers> {
        let after = vec![self.on_sequence("ALTER SEQUENCE ", &format!(" AS {}", types::name(integer)))?];
        Ok(Numbers { after, ..Numbers::default() })
    }

    /// The numbers go on where the sequence is, also behind those of rows that are gone; one with other options begins anew.
    fn serial_to_identity(&self, identity: Identity) -> Result<Numbers> {
        if self.alter.sequence.is_some() {
            let Numbers { before, .. } = self.end_serial()?;
            let Numbers { after, .. } = self.begin_identity(identity)?;
            return Ok(Numbers { before, after, ..Numbers::default() });
        }
        let (sequence, add) = (self.sequence()?, self.alone(&format!("ADD {}", generated(identity, None))));
        let body = format!(
            "DECLARE number bigint; used boolean; BEGIN \
             EXECUTE 'SELECT last_value, is_called FROM ' || {sequence} INTO number, used; \
             EXECUTE 'DROP SEQUENCE ' || {sequence}; {add}; PERFORM setval({sequence}, number, used); END"
        );
        let after = vec![format!("DO {}", literal_text(&body)?)];
        Ok(Numbers { before: vec![self.alone("DROP DEFAULT")], after, ..Numbers::default() })
    }

    /// The sequence of the column, as the server finds it.
    fn sequence(&self) -> Result<String> {
        let (table, column) = (literal_text(&self.table)?, literal_text(&self.alter.column)?);
        Ok(format!("pg_get_serial_sequence({table}, {column})"))
    }

    /// A statement about the sequence of the column, whose name can be another one than it was at first.
    fn on_sequence(&self, before: &str, behind: &str) -> Result<String> {
        let behind = if behind.is_empty() { String::new() } else { format!(" || '{behind}'") };
        let body = format!("BEGIN EXECUTE '{before}' || {}{behind}; END", self.sequence()?);
        Ok(format!("DO {}", literal_text(&body)?))
    }

    /// A sequence begins at its first number, whatever is in the table; so it is set to the last number that is there.
    fn go_on(&self, options: Option<&SequenceOptions>) -> Result<String> {
        let name = &self.name;
        let (of, first, is_behind) = match options.and_then(|options| options.increment) {
            Some(step) if step < 0 => ("min", options.and_then(first_down).unwrap_or(-1), "<="),
            _ => ("max", options.and_then(first_up).unwrap_or(1), ">="),
        };
        Ok(format!(
            "SELECT setval({}, {of}({name})) FROM {} HAVING {of}({name}) {is_behind} {first}",
            self.sequence()?,
            self.table
        ))
    }
}

/// The first number of a sequence that counts up (manual, CREATE SEQUENCE).
fn first_up(options: &SequenceOptions) -> Option<i64> {
    options.start.or(options.minimum)
}

fn first_down(options: &SequenceOptions) -> Option<i64> {
    options.start.or(options.maximum)
}
