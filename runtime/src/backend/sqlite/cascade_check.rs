//! Rows that a `DROP TABLE` would take along.
//!
//! With foreign keys on, which is how sqlx opens SQLite, dropping a table deletes its rows first, and whatever
//! refers to them with `ON DELETE CASCADE`, `SET NULL` or `SET DEFAULT` is deleted or changed without a word:
//! <https://www.sqlite.org/foreignkeys.html#fk_schemacommands>. A table that is rebuilt under another name
//! is the usual case, and there nobody means it.

use crate::backend::sqlite::dropped_table::dropped;
use crate::backend::{Answer, Connection};
use crate::error::RefusalReason;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{literal, quote_name};

/// The reason to refuse a statement that would delete or change rows of another table than the one that it drops.
pub(crate) async fn refusal(
    connection: &mut Connection<'_>,
    sql: &str,
) -> Result<Option<RefusalReason>, sqlx::Error> {
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
        if connection.ask(&[any]).await?.first().is_some_and(Answer::is_yes) {
            return Ok(Some(RefusalReason::Cascade { table: child.clone(), action: action.clone() }));
        }
    }
    Ok(None)
}
