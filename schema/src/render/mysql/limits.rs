//! What MySQL and MariaDB lack, and how much they take.

use super::super::shared::refuse_postgres_only;
use crate::operation::{OperationProblem, Result, refuse};
use crate::table::{
    Column, Condition, Constraint, ForeignKey, ForeignKeyAction, Index, IndexKey, ListedValues, Table,
};
use servicekit_chain::sql::{LexicalMode, plain_string};

pub(super) const MYSQL: &str = "MySQL";

/// The method of an index is a keyword here, no name.
pub(super) fn method(index: &Index) -> Result<String> {
    let Some(method) = &index.method else { return Ok(String::new()) };
    let known = ["BTREE", "HASH"].iter().find(|known| method.eq_ignore_ascii_case(known));
    match known {
        Some(known) => Ok(format!(" USING {known}")),
        None => Err(OperationProblem::lacks(MYSQL, &format!("index method `{method}`"))
            .help("it has `btree` and `hash`")),
    }
}

pub(super) fn refuse_constraint(constraint: &Constraint) -> Result {
    refuse_postgres_only(MYSQL, constraint)?;
    let (deferrability, nulls) = match constraint {
        Constraint::PrimaryKey(key) => (key.deferrability, false),
        Constraint::Unique(unique) => (unique.deferrability, unique.nulls_not_distinct),
        Constraint::Check(check) => {
            refuse_backslashes(&check.condition)?;
            (None, false)
        }
        Constraint::ForeignKey(key) => {
            refuse_actions(key)?;
            (key.deferrability, false)
        }
        Constraint::Exclusion(_) => return Err(OperationProblem::lacks(MYSQL, "exclusion constraints")),
    };
    refuse(deferrability.is_some(), MYSQL, "deferrable constraints")?;
    refuse(nulls, MYSQL, "`NULLS NOT DISTINCT`")
}

/// MariaDB writes the text into its own definition of the table without the second backslash, and reads another text there.
fn refuse_backslashes(condition: &Condition) -> Result {
    let Condition::OneOf { values: ListedValues::Texts(texts), .. } = condition else { return Ok(()) };
    match texts.iter().find(|text| text.contains('\\')) {
        Some(text) => Err(OperationProblem::new(format!(
            "MariaDB would keep another text than `{text}` in the check, because of its backslash"
        ))),
        None => Ok(()),
    }
}

fn refuse_actions(key: &ForeignKey) -> Result {
    // `MATCH` would make it leave out the actions (manual, 13.1.20.5).
    refuse(key.matching.is_some(), MYSQL, "`MATCH`")?;
    let default = Some(ForeignKeyAction::SetDefault);
    refuse([key.on_delete, key.on_update].contains(&default), "InnoDB", "`SET DEFAULT`")
}

/// An autoincrement column must be the first of a key (manual, 13.1.20).
pub(super) fn refuse_unkeyed(table: &Table, column: &Column) -> Result {
    let leads =
        |columns: &[&str]| columns.first().is_some_and(|first| first.eq_ignore_ascii_case(&column.name));
    let constraints = table
        .constraints
        .iter()
        .filter(|each| matches!(each, Constraint::PrimaryKey(_) | Constraint::Unique(_)))
        .any(|each| leads(&each.columns()));
    let indexes = table
        .indexes
        .iter()
        .any(|index| index.keys.first().and_then(IndexKey::column).is_some_and(|first| leads(&[first])));
    if column.identity.is_none() || constraints || indexes {
        return Ok(());
    }
    Err(OperationProblem::new(format!(
        "on MySQL an autoincrement column must be the first of a key, and `{}` is not",
        column.name
    ))
    .help("give it `.primary_key()`, `.unique()` or `.indexed()`"))
}

/// How long the comment of a table may be (manual, 13.1.20).
pub(super) const TABLE_COMMENT: usize = 2048;
/// How long the comment of a column may be (manual, 13.1.20).
pub(super) const COLUMN_COMMENT: usize = 1024;
/// How long the comment of an index may be (manual, 13.1.15).
pub(super) const INDEX_COMMENT: usize = 1024;

/// A comment can only be a string in quotes: no digits, no expression.
pub(super) fn comment_text(text: &str, most: usize, mode: LexicalMode) -> Result<String> {
    let characters = text.chars().count();
    if characters > most {
        return Err(OperationProblem::new(format!(
            "MySQL keeps {most} characters of a comment, and it has {characters}"
        )));
    }
    refuse(text.contains('\0'), MYSQL, "comments with a NUL character in them")?;
    Ok(plain_string(mode, text))
}
