//! SQLite: <https://www.sqlite.org/lang.html>.
//!
//! Its `ALTER TABLE` renames tables, and renames, adds and drops columns (lang_altertable.html). Everything else is done by
//! `rebuild`.

mod enumeration;
pub(super) mod rebuild;
pub(super) mod types;

use super::shared::{
    NOW_ON_UPDATE, Stands, constraint, create_table, index_tail, literal, refuse_postgres_only,
};
use super::{Action, Rendered, Sql};
use crate::operation::{
    AddColumn, AddConstraint, AlterColumn, AlterEnum, CreateIndex, CreateTable, DropColumn, DropConstraint,
    DropIndex, Operation, OperationProblem, RenameIndex, Result, SetTableComment, ValidateConstraint, refuse,
};
use crate::table::{
    Column, Constraint, ForeignKeyMatch, Generated, Identity, Index, Table, TableName, Value,
};
use servicekit_chain::Dialect;
use servicekit_chain::sql::backquoted;

const SQLITE: &str = "SQLite";
/// What it does not have of a column.
const SEQUENCE: &str = "options of a sequence for a column";
const ALWAYS: &str = "`GENERATED ALWAYS AS IDENTITY`";

#[derive(Debug)]
pub(super) struct Sqlite;

impl Sql for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    /// In double quotes a name of no column is a string, and the index would be of that (quirks.html, 8).
    fn index_column(&self, name: &str) -> String {
        backquoted(name)
    }

    fn between_options(&self) -> &'static str {
        ", "
    }

    fn literal(&self, value: &Value) -> Result<String> {
        match value {
            // It would be rounded to a floating-point number.
            Value::Integer(number) if i64::try_from(*number).is_err() => {
                Err(OperationProblem::lacks(SQLITE, &format!("whole number as large as {number}")))
            }
            other => literal(self, other),
        }
    }

    fn rebuild(&self, operation: &Operation) -> Result<Option<Vec<Action>>> {
        rebuild::needed(self, operation)
    }

    fn create_table(&self, create: &CreateTable) -> Rendered {
        let table = &create.table;
        let mut lines = Vec::new();
        for column in &table.columns {
            let numbered = column.identity.map(|_| self.numbered(table, column)).transpose()?;
            lines.push(self.column(column, numbered)?);
        }
        for each in table.constraints.iter().filter(|each| !is_inline_key(table, each)) {
            refuse_constraint(each)?;
            lines.push(constraint(self, each, Stands::ByItself));
        }
        let comment = table.comment.as_ref().map(|text| comment(text)).transpose()?;
        let comment = comment.map(|text| format!(" {text}")).unwrap_or_default();
        let mut statements = vec![create_table(self, create, &comment, &lines)];
        for index in &table.indexes {
            statements.push(self.index(&table.name, index, create.if_not_exists)?);
        }
        Ok(statements)
    }

    fn add_column(&self, add: &AddColumn) -> Rendered {
        refuse(add.if_not_exists, SQLITE, "`IF NOT EXISTS` for columns")?;
        let mut definition = self.column(&add.column, None)?;
        for each in &add.constraints {
            refuse_constraint(each)?;
            definition.push(' ');
            definition.push_str(&constraint(self, each, Stands::AfterColumn));
        }
        let mut statements = vec![format!("ALTER TABLE {} ADD COLUMN {definition}", self.table(&add.table))];
        for index in &add.indexes {
            statements.push(self.index(&add.table, index, false)?);
        }
        Ok(statements)
    }

    fn alter_column(&self, alter: &AlterColumn) -> Rendered {
        Ok(alter.renaming().iter().map(|rename| self.rename_column(rename)).collect())
    }

    fn drop_column(&self, drop: &DropColumn) -> Rendered {
        refuse(drop.if_exists, SQLITE, "`IF EXISTS` for columns")?;
        let (table, column) = (self.table(&drop.table), self.quote(&drop.column));
        let mut statements = self.drop_indexes(drop);
        statements.push(format!("ALTER TABLE {table} DROP COLUMN {column}"));
        Ok(statements)
    }

    fn create_index(&self, create: &CreateIndex) -> Rendered {
        refuse(create.concurrently, SQLITE, "concurrent index builds")?;
        Ok(vec![self.index(&create.table, &create.index, create.if_not_exists)?])
    }

    fn drop_index(&self, drop: &DropIndex) -> Result<String> {
        refuse(drop.concurrently, SQLITE, "`DROP INDEX CONCURRENTLY`")?;
        let if_exists = if drop.if_exists { "IF EXISTS " } else { "" };
        Ok(format!("DROP INDEX {if_exists}{}", self.table(&drop.table.in_same_schema(&drop.name))))
    }

    fn rename_index(&self, _: &RenameIndex) -> Result<String> {
        Err(OperationProblem::lacks(SQLITE, "`RENAME` for indexes")
            .help("drop it and create it under the new name"))
    }

    fn add_constraint(&self, add: &AddConstraint) -> Result<String> {
        Err(takes_a_rebuild(&format!("add a {}", add.constraint.kind())))
    }

    fn drop_constraint(&self, drop: &DropConstraint) -> Result<String> {
        Err(takes_a_rebuild(&format!("drop a {}", drop.kind)))
    }

    fn validate_constraint(&self, _: &ValidateConstraint) -> Result<String> {
        Err(OperationProblem::lacks(SQLITE, "`VALIDATE CONSTRAINT`"))
    }

    fn set_table_comment(&self, _: &SetTableComment) -> Result<String> {
        Err(takes_a_rebuild("change the comment of a table"))
    }

    fn alter_enum(&self, _: &AlterEnum) -> Rendered {
        Err(takes_a_rebuild("change the values of an enum"))
    }
}

/// What `rebuild` does before it comes to a single statement.
fn takes_a_rebuild(what: &str) -> OperationProblem {
    OperationProblem::new(format!("SQLite's `ALTER TABLE` cannot {what}"))
}

/// An SQL comment, which SQLite keeps in the text of the table.
fn comment(text: &str) -> Result<String> {
    refuse(text.contains('\0'), SQLITE, "text with a NUL character in an SQL comment")?;
    refuse(
        text.contains("*/"),
        SQLITE,
        "other place for a comment than an SQL comment, which `*/` in it would end",
    )?;
    Ok(format!("/* {text} */"))
}

/// Whether a constraint is the primary key of an autoincrement column, which stands in the column.
fn is_inline_key(table: &Table, constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::PrimaryKey(_))
        && table.columns.iter().any(|column| column.identity.is_some())
}

fn refuse_constraint(constraint: &Constraint) -> Result {
    refuse_postgres_only(SQLITE, constraint)?;
    match constraint {
        Constraint::PrimaryKey(key) => refuse(key.deferrability.is_some(), SQLITE, "deferrable primary keys"),
        Constraint::Unique(unique) => {
            refuse(unique.nulls_not_distinct, SQLITE, "`NULLS NOT DISTINCT`")?;
            refuse(unique.deferrability.is_some(), SQLITE, "deferrable unique constraints")
        }
        Constraint::ForeignKey(key) => {
            // It reads `MATCH` and does as if it were not there (foreignkeys.html, 6).
            refuse(key.matching == Some(ForeignKeyMatch::Full), SQLITE, "`MATCH FULL`")?;
            let other = key.referred_table.schema.is_some();
            refuse(other, SQLITE, "foreign keys to another schema")
        }
        Constraint::Exclusion(_) => Err(OperationProblem::lacks(SQLITE, "exclusion constraints")),
        Constraint::Check(check) => refuse(check.not_enforced, SQLITE, "`NOT ENFORCED`"),
    }
}

impl Sqlite {
    /// The primary key of an autoincrement column, which stands right after the type.
    fn numbered(&self, table: &Table, column: &Column) -> Result<String> {
        refuse(column.identity == Some(Identity::Always), SQLITE, ALWAYS)?;
        let key = table.constraints.iter().find(|each| matches!(each, Constraint::PrimaryKey(_)));
        match key.map(|key| (key, key.columns())) {
            Some((key, columns)) if columns == [column.name.as_str()] => {
                refuse_constraint(key)?;
                let name = key.name().map(|name| format!("CONSTRAINT {} ", self.quote(name)));
                Ok(format!("{}PRIMARY KEY AUTOINCREMENT", name.unwrap_or_default()))
            }
            _ => Err(OperationProblem::new(format!(
                "on SQLite an autoincrement column must be the only column of the primary key, and `{}` is not",
                column.name
            ))),
        }
    }

    pub(super) fn column(&self, column: &Column, numbered: Option<String>) -> Result<String> {
        refuse(column.sequence.is_some(), SQLITE, SEQUENCE)?;
        refuse(column.now_on_update, SQLITE, NOW_ON_UPDATE)?;
        let mut clauses = vec![self.quote(&column.name)];
        if let Some(text) = &column.comment {
            clauses.push(comment(text)?);
        }
        match numbered {
            // A column of any other type cannot be AUTOINCREMENT (autoinc.html).
            Some(key) => clauses.push(format!("INTEGER {key}")),
            None => clauses.push(types::name(&column.data_type)?),
        }
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
        clauses.extend(types::check(&column.name, &column.data_type)?);
        clauses.extend(column.options_for(self.dialect()).map(str::to_owned));
        // A column needs no type.
        clauses.retain(|clause| !clause.is_empty());
        Ok(clauses.join(" "))
    }

    /// A value as it stands behind `DEFAULT`.
    fn default(&self, value: &Value) -> Result<String> {
        let literal = self.literal(value)?;
        let is_plain = !literal.starts_with("CAST") && !matches!(value, Value::Expression(_));
        Ok(if is_plain { literal } else { format!("({literal})") })
    }

    /// A column does not go while an index is about it.
    fn drop_indexes(&self, drop: &DropColumn) -> Vec<String> {
        let names = drop.indexes.iter().filter_map(|index| index.name.as_deref());
        names.map(|name| format!("DROP INDEX {}", self.table(&drop.table.in_same_schema(name)))).collect()
    }

    fn index(&self, table: &TableName, index: &Index, if_not_exists: bool) -> Result<String> {
        refuse(index.method.is_some(), SQLITE, "index methods")?;
        refuse(!index.include.is_empty(), SQLITE, "`INCLUDE` columns")?;
        refuse(index.nulls_not_distinct, SQLITE, "`NULLS NOT DISTINCT`")?;
        refuse(
            index.keys.iter().any(|key| key.nulls.is_some()),
            SQLITE,
            "`NULLS FIRST` and `NULLS LAST` in an index",
        )?;
        refuse(index.keys.iter().any(|key| key.operator_class.is_some()), SQLITE, "operator classes")?;
        refuse(!index.options.is_empty(), SQLITE, "storage options of an index")?;
        let comment = match &index.comment {
            Some(text) => format!(" {}", comment(text)?),
            None => String::new(),
        };
        let unique = if index.unique { "UNIQUE " } else { "" };
        let if_not_exists = if if_not_exists { " IF NOT EXISTS" } else { "" };
        // The schema stands before the index and not before the table.
        let named = |name| format!(" {}", self.table(&table.in_same_schema(name)));
        let name = index.name.as_deref().map(named).unwrap_or_default();
        let (table, tail) = (self.quote(&table.name), index_tail(self, index));
        Ok(format!("CREATE {unique}INDEX{if_not_exists}{name} ON {table}{comment}{tail}"))
    }
}
