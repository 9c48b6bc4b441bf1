//! The table that a statement drops.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenCursor, significant};

/// Whether the statement drops a table, so that it must be asked about first.
#[cfg(feature = "sqlite")]
pub(crate) fn applies(sql: &str) -> bool {
    dropped(sql).is_some()
}

/// Schema and name of the table that a statement drops.
pub(crate) fn dropped(sql: &str) -> Option<(String, String)> {
    let tokens = significant(Dialect::Sqlite, sql);
    let mut rest = TokenCursor::new(Dialect::Sqlite, &tokens);
    if !rest.take_all(&["DROP", "TABLE"]) {
        return None;
    }
    rest.take_all(&["IF", "EXISTS"]);
    let table = rest.name()?;
    Some((table.schema.unwrap_or_else(|| "main".to_owned()), table.name))
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
