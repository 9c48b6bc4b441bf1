//! What the texts of clauses, constraints and indexes say.

use super::{Said, StoredIndex, StoredTable, comment_text, said};
use servicekit_chain::Dialect;
use servicekit_chain::sql::without_parentheses;

#[test]
fn a_clause_says_what_it_says() {
    let texts = [
        "PRIMARY KEY",
        " CONSTRAINT [the key] PRIMARY KEY DESC ON CONFLICT rollback AUTOINCREMENT",
        "PRIMARY KEY (a AUTOINCREMENT)",
        "PRIMARY KEY ('a' ASC, \"b\" COLLATE NOCASE) ON CONFLICT ABORT",
        "UNIQUE (a DESC) ON CONFLICT IGNORE",
        "CHECK ((a > ')') /* why */ ) ON CONFLICT FAIL",
        "REFERENCES p",
        "REFERENCES p (x) ON DELETE NO ACTION ON UPDATE SET NULL MATCH FULL DEFERRABLE",
        "FOREIGN KEY (a, b) REFERENCES `p` (x, y) ON DELETE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED",
        "NOT NULL ON CONFLICT REPLACE",
        "COLLATE 'nocase'",
        "GENERATED ALWAYS AS (((a))) STORED",
        "AS (a + 1)",
    ];
    let lines: Vec<String> =
        texts.iter().map(|text| format!("{text}\n    {:?}", said(text).unwrap())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_is_not_known_is_not_guessed() {
    let texts = [
        "",
        "CONSTRAINT",
        "CHECK ()",
        "CHECK (a",
        "UNIQUE (a) b",
        "NOT NULL CONSTRAINT x",
        "REFERENCES p ON DELETE NOTHING",
        "PRIMARY KEY ON CONFLICT SOMETHING",
        "DEFAULT 1",
    ];
    for text in texts {
        assert_eq!(said(text), None, "{text}");
    }
    assert_eq!(said("NOT NULL"), Some(Said::NotNull { conflict: None }));
}

#[test]
fn an_index_says_what_it_says() {
    let texts = [
        "CREATE INDEX ix ON t (a)",
        "CREATE UNIQUE INDEX IF NOT EXISTS \"main\".[i x] on 'a \"t\"' /* why */ (\"a\" COLLATE nocase DESC, `b` asc) where (a > 0) -- yes",
        "CREATE INDEX ix ON t(lower(a) COLLATE NOCASE, a || b COLLATE NOCASE, (a), a + 1 DESC, 'c')",
    ];
    let lines: Vec<String> =
        texts.iter().map(|text| format!("{:#?}", StoredIndex::parse(text).unwrap())).collect();
    insta::assert_snapshot!(lines.join("\n"));
    let index = StoredIndex::parse(texts[0]).unwrap();
    assert_eq!(index.create_in(texts[0], "\"aux\""), "CREATE INDEX \"aux\".ix ON t (a)");
    for text in [
        "CREATE TABLE t (a)",
        "CREATE INDEX ix ON t",
        "CREATE INDEX ix ON t (a) b",
        "CREATE INDEX ix ON t ()",
    ] {
        assert_eq!(StoredIndex::parse(text), None, "{text}");
    }
}

#[test]
fn parentheses_go_where_they_are_around_the_whole() {
    let deep = format!("{}1{}", "(".repeat(50_000), ")".repeat(50_000));
    for (text, inner) in [
        ("", ""),
        ("((a))", "a"),
        ("(a), (b)", "(a), (b)"),
        ("(SELECT 1)", "(SELECT 1)"),
        ("()", "()"),
        ("((a)", "((a)"),
        (deep.as_str(), "1"),
        (" /* x */ a -- y", "a"),
    ] {
        assert_eq!(without_parentheses(Dialect::Sqlite, text), inner);
    }
}

#[test]
fn a_comment_is_read_as_it_is_written() {
    for text in ["", " ", "a", " a", "a ", "it's /* \n"] {
        assert_eq!(comment_text(&format!("/* {text} */")).as_deref(), Some(text));
    }
    assert_eq!(comment_text("/*a*/").as_deref(), Some("a"));
    assert_eq!(comment_text("/*/"), None);
}

#[test]
fn a_comment_behind_a_name_is_that_of_the_column_whatever_follows() {
    let text = "CREATE TABLE t (a /* 1 */ INT, b /* 2 */, c /* 3 */\n) STRICT";
    let table = StoredTable::parse(text).unwrap();
    let comments: Vec<Option<&str>> = table.columns.iter().map(|column| column.comment.as_deref()).collect();
    assert_eq!(comments, [Some("/* 1 */"), Some("/* 2 */"), Some("/* 3 */")]);
    assert_eq!(table.create("t"), text);
}
