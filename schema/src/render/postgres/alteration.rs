//! `ALTER COLUMN`.

use super::super::shared::{NOW_ON_UPDATE, OWN_CHECK};
use super::numbers::Numbers;
use super::{Postgres, Sql, types};
use crate::operation::{AlterColumn, Change, OperationProblem, Result, refuse};
use crate::render::Rendered;
use crate::table::Type;

pub(super) fn alter(sql: &Postgres, alter: &AlterColumn) -> Rendered {
    refuse(alter.now_on_update.is_some(), "PostgreSQL", NOW_ON_UPDATE)?;
    refuse(!alter.own_check.is_kept(), "PostgreSQL", OWN_CHECK)?;
    let (table, column) = (sql.table(&alter.table), sql.quote(&alter.column));
    let numbers = Numbers::new(sql, alter)?;
    let mut statements = numbers.before;
    let mut actions = actions(sql, alter, &column)?;
    actions.extend(numbers.actions);
    if !actions.is_empty() {
        statements.push(format!("ALTER TABLE {table} {}", actions.join(", ")));
    }
    statements.extend(numbers.after);
    if !alter.comment.is_kept() {
        let comment = alter.comment.value().map(String::as_str);
        statements.push(sql.comment_on_column(&alter.table, &alter.column, comment)?);
    }
    statements.extend(alter.renaming().map(|rename| sql.rename_column(&rename)));
    Ok(statements)
}

/// What one `ALTER TABLE` does.
fn actions(sql: &Postgres, alter: &AlterColumn, column: &str) -> Result<Vec<String>> {
    let mut actions = Vec::new();
    let mut action = |what: String| actions.push(format!("ALTER COLUMN {column} {what}"));
    let data_type = new_type(alter)?;
    if let Some(data_type) = &data_type {
        // The old default might not turn into the new type by itself (manual, ALTER TABLE).
        if !alter.default.is_kept() {
            action("DROP DEFAULT".to_owned());
        }
        let using = match &alter.using {
            Some(sql) => format!(" USING ({sql})"),
            None => types::cast_to_enum(column, data_type).unwrap_or_default(),
        };
        action(format!("TYPE {}{}{using}", types::name(data_type), collate(sql, alter)));
    }
    match &alter.default {
        Change::To(value) => action(format!("SET DEFAULT {}", sql.default(value)?)),
        Change::Remove if data_type.is_none() => action("DROP DEFAULT".to_owned()),
        Change::Remove | Change::Keep => {}
    }
    match alter.nullable {
        Some(true) => action("DROP NOT NULL".to_owned()),
        Some(false) => action("SET NOT NULL".to_owned()),
        None => {}
    }
    Ok(actions)
}

/// The type that is written: a collation changes only together with it, and a `serial` is an integer.
fn new_type(alter: &AlterColumn) -> Result<Option<Type>> {
    let integer = |data_type: &Type| data_type.behind_serial();
    if let Some(new) = &alter.data_type {
        let existing = alter.existing.as_ref().map(|column| &column.data_type);
        let old = existing.map(|old| integer(old).unwrap_or_else(|| old.clone()));
        let is_kept = |plain: &Type| old.as_ref().is_some_and(|old| types::name(old) == types::name(plain));
        // Only what a `serial` is beside its integer comes or goes.
        let is_about_serial = integer(new).is_some()
            || existing.is_some_and(|old| integer(old).is_some() && !alter.identity.is_kept());
        let plain = integer(new).unwrap_or_else(|| new.clone());
        return Ok((!is_about_serial || !is_kept(&plain)).then_some(plain));
    }
    match &alter.existing {
        _ if alter.collation.is_kept() => Ok(None),
        Some(existing) => Ok(Some(existing.data_type.clone())),
        None => Err(OperationProblem::new("on PostgreSQL a collation is changed together with the type")
            .help("say what the column is with `.existing(…)`")),
    }
}

/// Without it the column would get the collation of the type.
fn collate(sql: &Postgres, alter: &AlterColumn) -> String {
    let existing = || alter.existing.as_ref().and_then(|column| column.collation(sql.dialect()));
    let name = match &alter.collation {
        Change::Keep => existing(),
        Change::Remove => None,
        Change::To(name) => Some(name.as_str()),
    };
    name.map(|name| format!(" COLLATE {}", sql.quote(name))).unwrap_or_default()
}
