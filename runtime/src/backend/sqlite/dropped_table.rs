//! The table that a statement drops.

use crate::backend::words::words;
use servicekit_chain::Dialect;
use servicekit_chain::sql::TokenKind;

/// Whether the statement drops a table, so that it must be asked about first.
#[cfg(feature = "sqlite")]
pub(crate) fn applies(sql: &str) -> bool {
    dropped(sql).is_some()
}

/// Schema and name of the table that a statement drops.
pub(crate) fn dropped(sql: &str) -> Option<(String, String)> {
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
