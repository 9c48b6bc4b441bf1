//! Texts that nobody wrote: whatever they are, they are taken apart or not, and nothing worse.

use proptest::prelude::*;
use proptest::sample::select;
use servicekit_chain::Dialect;
use servicekit_chain::sql::without_parentheses;
use servicekit_schema::stored::{StoredIndex, StoredTable, comment_text, plain, said};

fn all(text: &str) {
    let _ = (said(text), StoredIndex::parse(text), comment_text(text));
    assert!(text.contains(without_parentheses(Dialect::Sqlite, text)) && text.contains(plain(text)));
    if let Some(table) = StoredTable::parse(text) {
        for column in &table.columns {
            column.clauses.iter().for_each(|clause| drop(said(&clause.text)));
        }
        table.constraints.iter().for_each(|constraint| drop(said(&constraint.text)));
    }
    if let Some(index) = StoredIndex::parse(text) {
        assert!(!index.keys.is_empty());
        let again = index.create_in(text, "\"aux\"");
        assert_eq!(StoredIndex::parse(&again).map(|again| again.keys), Some(index.keys), "{again}");
    }
}

fn word() -> impl Strategy<Value = &'static str> {
    select(vec![
        "CREATE",
        "TABLE",
        "INDEX",
        "UNIQUE",
        "ON",
        "WHERE",
        "IF NOT EXISTS",
        "(",
        ")",
        "(",
        ")",
        ",",
        ".",
        "a",
        "\"b\"",
        "'c'",
        "[d]",
        "`e`",
        "PRIMARY KEY",
        "CHECK",
        "CONSTRAINT",
        "REFERENCES",
        "FOREIGN KEY",
        "NOT NULL",
        "DEFAULT",
        "COLLATE",
        "AS",
        "GENERATED ALWAYS",
        "STORED",
        "ON CONFLICT",
        "IGNORE",
        "AUTOINCREMENT",
        "DESC",
        "ASC",
        "DEFERRABLE",
        "INITIALLY DEFERRED",
        "ON DELETE",
        "SET NULL",
        "/* c */",
        "-- l\n",
        "'",
        "\"",
        "[",
        "/*",
        "1",
        "-",
        "é",
        "😀",
        "\0",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_not(text in any::<String>()) {
        all(&text);
    }

    #[test]
    fn any_words_are_read_or_not(words in proptest::collection::vec(word(), 0..40)) {
        let text = words.join(" ");
        all(&text);
        all(&format!("CREATE TABLE t ({text})"));
        all(&format!("CREATE INDEX i ON t ({text})"));
        all(&format!("CREATE INDEX i ON t (a) {text}"));
    }
}
