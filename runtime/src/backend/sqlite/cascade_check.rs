//! Rows that a `DROP TABLE` would take along.
//!
//! With foreign keys on, which is how sqlx opens SQLite, dropping a table deletes its rows first, and whatever
//! refers to them with `ON DELETE CASCADE`, `SET NULL` or `SET DEFAULT` is deleted or changed without a word:
//! <https://www.sqlite.org/foreignkeys.html#fk_schemacommands>. A table that is built anew under another name
//! is the usual case, and there nobody means it.

use crate::backend::connection::{Answer, Connection};
use crate::backend::words::words;
use servicekit_chain::Dialect;
use servicekit_chain::sql::TokenKind;

/// A table that refers to the one that is dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Referring {
    pub(crate) table: String,
    /// `CASCADE`, `SET NULL` or `SET DEFAULT`.
    pub(crate) action: String,
}

/// Whether the statement drops a table, so that it must be asked about first.
#[cfg(feature = "sqlite")]
pub(crate) fn applies(sql: &str) -> bool {
    dropped(sql).is_some()
}

/// A table whose rows this statement would delete or change, although it is not the one that it drops.
pub(crate) async fn rows_at_risk(
    connection: &mut Connection<'_>,
    sql: &str,
) -> Result<Option<Referring>, sqlx::Error> {
    let Some((schema, table)) = dropped(sql) else { return Ok(None) };
    let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let children = format!(
        "SELECT child.name, key.\"from\", key.on_delete \
         FROM {schema}.sqlite_schema AS child, pragma_foreign_key_list(child.name, {named}) AS key \
         WHERE child.type = 'table' AND child.name <> {table} COLLATE NOCASE AND key.\"table\" = {table} COLLATE NOCASE \
         AND key.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') AND key.seq = 0 \
         AND (SELECT foreign_keys FROM pragma_foreign_keys)",
        schema = quote(&schema),
        named = literal(&schema),
        table = literal(&table),
    );
    let children = connection.ask(&[children]).await?;
    for row in children.into_iter().flat_map(|answer| answer.rows) {
        let [Some(child), Some(column), Some(action)] = row.as_slice() else { continue };
        let any = format!(
            "SELECT EXISTS (SELECT 1 FROM {}.{} WHERE {} IS NOT NULL)",
            quote(&schema),
            quote(child),
            quote(column)
        );
        let answers = connection.ask(&[any]).await?;
        if answers.first().and_then(Answer::first) == Some("1") {
            return Ok(Some(Referring { table: child.clone(), action: action.clone() }));
        }
    }
    Ok(None)
}

/// A name in the quotes of SQL.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Schema and name of the table that a statement drops.
fn dropped(sql: &str) -> Option<(String, String)> {
    let mut words = words(Dialect::Sqlite, sql).peekable();
    for keyword in ["DROP", "TABLE"] {
        words.next_if(|word| word.kind == TokenKind::Word && word.says(keyword))?;
    }
    if words.next_if(|word| word.kind == TokenKind::Word && word.says("IF")).is_some() {
        words.next_if(|word| word.says("EXISTS"))?;
    }
    let first = words.next()?.text;
    match words.next_if(|word| word.says(".")) {
        Some(_) => Some((first, words.next()?.text)),
        None => Some(("main".to_owned(), first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_found_however_it_is_written() {
        let found = |sql| dropped(sql).map(|(schema, table)| format!("{schema}/{table}"));
        assert_eq!(found("drop /* a */ table b").unwrap(), "main/b");
        assert_eq!(found("DROP TABLE IF EXISTS [my b]").unwrap(), "main/my b");
        assert_eq!(found("DROP TABLE other . \"b\"\"c\"").unwrap(), "other/b\"c");
        assert_eq!(found("DROP INDEX b"), None);
        assert_eq!(found("SELECT 'DROP TABLE b'"), None);
    }
}
