//! PostgreSQL: <https://www.postgresql.org/docs/current/sql-commands.html>.

mod alteration;
mod enumeration;
mod numbers;
pub(super) mod types;

use super::shared::{self, NOW_ON_UPDATE, Stands, constraint, create_table, index_tail};
use super::{Rendered, Sql};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterEnum, CreateEnum, CreateIndex, CreateTable, DropColumn,
    DropConstraint, DropEnum, DropIndex, RenameIndex, Result, SetTableComment, ValidateConstraint, refuse,
};
use crate::table::{Column, Constraint, Generated, Identity, Index, SequenceOptions, TableName, Value};
use servicekit_chain::Dialect;
use servicekit_chain::sql::{LexicalMode, hexadecimal, literal};

#[derive(Debug)]
pub(super) struct Postgres {
    pub(super) mode: LexicalMode,
}

/// What is kept of a name; the rest would be cut off without an error (manual, 4.1.1).
const NAME: usize = 63;

impl Sql for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn mode(&self) -> LexicalMode {
        self.mode
    }

    fn refuse_name(&self, name: &str) -> Option<String> {
        let bytes = name.len();
        (bytes > NAME).then(|| format!("PostgreSQL keeps {NAME} bytes of a name, and it has {bytes}"))
    }

    fn is_same_column(&self, one: &str, other: &str) -> bool {
        one == other
    }

    fn literal(&self, value: &Value) -> Result<String> {
        Ok(match value {
            Value::Real(number) if number.is_nan() => "'NaN'".to_owned(),
            Value::Real(f64::INFINITY) => "'Infinity'".to_owned(),
            Value::Real(f64::NEG_INFINITY) => "'-Infinity'".to_owned(),
            Value::Text(text) => literal_text(text)?,
            // Not `'\x…'`, which means something else when `standard_conforming_strings` is off.
            Value::Bytes(bytes) => format!("decode('{}', 'hex')", hexadecimal(bytes)),
            other => shared::literal(self, other)?,
        })
    }

    fn create_table(&self, create: &CreateTable) -> Rendered {
        let table = &create.table;
        let mut lines = Vec::new();
        for column in &table.columns {
            lines.push(self.column(column)?);
        }
        let (later, at_once): (Vec<_>, Vec<_>) =
            table.constraints.iter().partition(|each| each.is_not_valid());
        lines.extend(at_once.into_iter().map(|each| constraint(self, each, Stands::ByItself)));
        let mut statements = vec![create_table(self, create, "", &lines)];
        statements.extend(later.into_iter().map(|each| self.add(&table.name, each)));
        for index in &table.indexes {
            statements.extend(self.index(&table.name, index, create.if_not_exists, false)?);
        }
        if let Some(comment) = &table.comment {
            statements.push(self.comment_on_table(&table.name, Some(comment))?);
        }
        for column in &table.columns {
            statements.extend(self.column_comment(&table.name, column)?);
        }
        Ok(statements)
    }

    fn add_column(&self, add: &AddColumn) -> Rendered {
        let mut definition = self.column(&add.column)?;
        let (later, at_once): (Vec<_>, Vec<_>) = add.constraints.iter().partition(|each| each.is_not_valid());
        for each in at_once {
            definition.push(' ');
            definition.push_str(&constraint(self, each, Stands::AfterColumn));
        }
        let if_not_exists = if add.if_not_exists { "IF NOT EXISTS " } else { "" };
        let table = self.table(&add.table);
        let mut statements = vec![format!("ALTER TABLE {table} ADD COLUMN {if_not_exists}{definition}")];
        statements.extend(later.into_iter().map(|each| self.add(&add.table, each)));
        for index in &add.indexes {
            statements.extend(self.index(&add.table, index, add.if_not_exists, false)?);
        }
        statements.extend(self.column_comment(&add.table, &add.column)?);
        Ok(statements)
    }

    fn alter_column(&self, alter: &AlterColumn) -> Rendered {
        alteration::alter(self, alter)
    }

    fn drop_column(&self, drop: &DropColumn) -> Rendered {
        // Its constraints and indexes go with it.
        let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
        let (table, column) = (self.table(&drop.table), self.quote(&drop.column));
        Ok(vec![format!("ALTER TABLE {table} DROP COLUMN {if_exists}{column}")])
    }

    fn create_index(&self, create: &CreateIndex) -> Rendered {
        self.index(&create.table, &create.index, create.if_not_exists, create.concurrently)
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String> {
        let concurrently = if drop.concurrently { "CONCURRENTLY " } else { "" };
        let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
        Ok(format!(
            "DROP INDEX {concurrently}{if_exists}{}",
            self.table(&drop.table.in_same_schema(&drop.name))
        ))
    }

    fn rename_index(&self, rename: &RenameIndex) -> Result<String> {
        let index = self.table(&rename.table.in_same_schema(&rename.name));
        Ok(format!("ALTER INDEX {index} RENAME TO {}", self.quote(&rename.to)))
    }

    fn add_constraint(&self, add: &AddConstraint) -> Result<String> {
        Ok(self.add(&add.table, &add.constraint))
    }

    fn drop_constraint(&self, drop: &DropConstraint) -> Result<String> {
        let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
        let (table, name) = (self.table(&drop.table), self.quote(&drop.name));
        Ok(format!("ALTER TABLE {table} DROP CONSTRAINT {if_exists}{name}"))
    }

    fn validate_constraint(&self, validate: &ValidateConstraint) -> Result<String> {
        let (table, name) = (self.table(&validate.table), self.quote(&validate.name));
        Ok(format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name}"))
    }

    fn set_table_comment(&self, set: &SetTableComment) -> Result<String> {
        self.comment_on_table(&set.table, set.comment.as_deref())
    }

    fn create_enum(&self, create: &CreateEnum) -> Rendered {
        enumeration::create(self, create)
    }

    fn drop_enum(&self, drop: &DropEnum) -> Rendered {
        Ok(vec![enumeration::drop(self, drop)])
    }

    fn alter_enum(&self, alter: &AlterEnum) -> Rendered {
        enumeration::alter(self, alter)
    }
}

impl Postgres {
    pub(super) fn column(&self, column: &Column) -> Result<String> {
        let mut clauses = vec![self.quote(&column.name), types::name(&column.data_type)];
        let collation = column.collation(self.dialect());
        clauses.extend(collation.map(|name| format!("COLLATE {}", self.quote(name))));
        if !column.nullable {
            clauses.push("NOT NULL".to_owned());
        }
        if let Some(value) = &column.default {
            clauses.push(format!("DEFAULT {}", self.default(value)?));
        }
        if let Some(Generated { expression, stored }) = &column.generated {
            let kept = if *stored { "STORED" } else { "VIRTUAL" };
            clauses.push(format!("GENERATED ALWAYS AS ({expression}) {kept}"));
        }
        refuse(column.now_on_update, "PostgreSQL", NOW_ON_UPDATE)?;
        clauses.extend(column.identity.map(|identity| generated(identity, column.sequence.as_ref())));
        clauses.extend(column.options_for(self.dialect()).map(str::to_owned));
        Ok(clauses.join(" "))
    }

    fn default(&self, value: &Value) -> Result<String> {
        let text = self.literal(value)?;
        Ok(if matches!(value, Value::Expression(_)) { format!("({text})") } else { text })
    }

    fn add(&self, table: &TableName, each: &Constraint) -> String {
        let not_valid = if each.is_not_valid() { " NOT VALID" } else { "" };
        format!(
            "ALTER TABLE {} ADD {}{not_valid}",
            self.table(table),
            constraint(self, each, Stands::ByItself)
        )
    }

    fn index(&self, table: &TableName, index: &Index, if_not_exists: bool, concurrently: bool) -> Rendered {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let concurrently = if concurrently { "CONCURRENTLY " } else { "" };
        let if_not_exists = if if_not_exists { "IF NOT EXISTS " } else { "" };
        let name = index.name.as_ref().map(|name| format!("{} ", self.quote(name))).unwrap_or_default();
        let mut statements = vec![format!(
            "CREATE {unique}INDEX {concurrently}{if_not_exists}{name}ON {}{}",
            self.table(table),
            index_tail(self, index)
        )];
        if let Some(comment) = &index.comment {
            let index = table.in_same_schema(index.name.as_deref().unwrap_or_default());
            let (index, comment) = (self.table(&index), literal_text(comment)?);
            statements.push(format!("COMMENT ON INDEX {index} IS {comment}"));
        }
        Ok(statements)
    }

    fn comment_on_table(&self, table: &TableName, comment: Option<&str>) -> Result<String> {
        Ok(format!("COMMENT ON TABLE {} IS {}", self.table(table), or_null(comment)?))
    }

    fn column_comment(&self, table: &TableName, column: &Column) -> Result<Option<String>> {
        let comment = column.comment.as_deref();
        comment.map(|comment| self.comment_on_column(table, &column.name, Some(comment))).transpose()
    }

    fn comment_on_column(&self, table: &TableName, column: &str, comment: Option<&str>) -> Result<String> {
        let (table, column) = (self.table(table), self.quote(column));
        Ok(format!("COMMENT ON COLUMN {table}.{column} IS {}", or_null(comment)?))
    }
}

/// How a column gets its numbers.
fn generated(identity: Identity, sequence: Option<&SequenceOptions>) -> String {
    let sequence = sequence.map(sequence_options).unwrap_or_default();
    format!("GENERATED {} AS IDENTITY{sequence}", when(identity))
}

fn when(identity: Identity) -> &'static str {
    match identity {
        Identity::ByDefault => "BY DEFAULT",
        Identity::Always => "ALWAYS",
    }
}

/// What stands behind `AS IDENTITY`.
fn sequence_options(options: &SequenceOptions) -> String {
    let SequenceOptions { start, increment, minimum, maximum, cache, cycle } = options;
    let numbers = [
        ("START WITH", start),
        ("INCREMENT BY", increment),
        ("MINVALUE", minimum),
        ("MAXVALUE", maximum),
        ("CACHE", cache),
    ];
    let set =
        numbers.into_iter().filter_map(|(word, number)| number.map(|number| format!("{word} {number}")));
    let all: Vec<String> = set.chain(cycle.then(|| "CYCLE".to_owned())).collect();
    if all.is_empty() { String::new() } else { format!(" ({})", all.join(" ")) }
}

fn or_null(text: Option<&str>) -> Result<String> {
    text.map_or_else(|| Ok("NULL".to_owned()), literal_text)
}

fn literal_text(text: &str) -> Result<String> {
    refuse(text.contains('\0'), "PostgreSQL", "text with a NUL character in it")?;
    Ok(literal(Dialect::Postgres, text))
}
