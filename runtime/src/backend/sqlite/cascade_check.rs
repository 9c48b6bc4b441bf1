//! Rows that a `DROP TABLE` would take along.
//!
//! With foreign keys on, which is how sqlx opens SQLite, dropping a table deletes its rows first, and whatever
//! refers to them with `ON DELETE CASCADE`, `SET NULL` or `SET DEFAULT` is deleted or changed without a word:
//! <https://www.sqlite.org/foreignkeys.html#fk_schemacommands>. A table that is rebuilt under another name
//! is the usual case, and there nobody means it.

use crate::backend::answer::Answer;
use crate::backend::connection::Connection;
use crate::backend::sqlite::dropped_table::dropped;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// A table that refers to the one that is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Referring {
    pub(crate) table: String,
    /// `CASCADE`, `SET NULL` or `SET DEFAULT`.
    pub(crate) action: String,
}

/// A table whose rows this statement would delete or change, although it is not the one that it drops.
pub(crate) async fn rows_at_risk(
    connection: &mut Connection<'_>,
    sql: &str,
) -> Result<Option<Referring>, sqlx::Error> {
    let Some((schema, table)) = dropped(sql) else { return Ok(None) };
    let children = format!(
        "SELECT child.name, key.\"from\", key.on_delete \
         FROM {schema}.sqlite_schema AS child, pragma_foreign_key_list(child.name, {named}) AS key \
         WHERE child.type = 'table' AND child.name <> {table} COLLATE NOCASE AND key.\"table\" = {table} COLLATE NOCASE \
         AND key.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') AND key.seq = 0 \
         AND (SELECT foreign_keys FROM pragma_foreign_keys)",
        schema = quote_name(Dialect::Sqlite, &schema),
        named = literal(Dialect::Sqlite, &schema),
        table = literal(Dialect::Sqlite, &table),
    );
    let children = connection.ask(&[children]).await?;
    for row in children.into_iter().flat_map(|answer| answer.rows) {
        let [Some(child), Some(column), Some(action)] = row.as_slice() else { continue };
        let any = format!(
            "SELECT EXISTS (SELECT 1 FROM {}.{} WHERE {} IS NOT NULL)",
            quote_name(Dialect::Sqlite, &schema),
            quote_name(Dialect::Sqlite, child),
            quote_name(Dialect::Sqlite, column)
        );
        let answers = connection.ask(&[any]).await?;
        if answers.first().and_then(Answer::first) == Some("1") {
            return Ok(Some(Referring { table: child.clone(), action: action.clone() }));
        }
    }
    Ok(None)
}
