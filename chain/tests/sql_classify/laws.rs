//! Laws, on the statements of the tables and on texts of all kinds.

use super::{described::describe, mysql, postgres, sqlite};
use proptest::prelude::*;
use proptest::sample::select;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{
    Recovery, TokenKind, TransactionBehavior, added_enum_value, classify, mentions_string, split, tokens,
};

#[path = "../sql_laws/generate.rs"]
mod generate;

/// Every statement of the tables.
fn statement() -> impl Strategy<Value = (Dialect, &'static str)> {
    let rows = |dialect, rows: &'static [(&'static str, &str)]| rows.iter().map(move |row| (dialect, row.0));
    let plain = |dialect, rows: &'static [&'static str]| rows.iter().map(move |row| (dialect, *row));
    let all: Vec<_> = rows(Dialect::Sqlite, sqlite::OTHERS)
        .chain(rows(Dialect::Postgres, postgres::NON_TRANSACTIONAL))
        .chain(rows(Dialect::Mysql, mysql::NON_TRANSACTIONAL))
        .chain(plain(Dialect::Sqlite, sqlite::TRANSACTIONAL))
        .chain(plain(Dialect::Postgres, postgres::TRANSACTIONAL))
        .chain(plain(Dialect::Postgres, postgres::SESSION))
        .chain(plain(Dialect::Postgres, postgres::CONTROL))
        .chain(plain(Dialect::Postgres, postgres::RELEASES_LOCKS))
        .chain(plain(Dialect::Postgres, postgres::STREAMS))
        .chain(mysql::PLAIN.iter().flat_map(|(_, rows)| plain(Dialect::Mysql, rows)))
        .collect();
    select(all)
}

/// A statement with its words in another case and its blanks replaced.
fn dressed(dialect: Dialect, sql: &str, choices: &[u8]) -> String {
    const BLANKS: [&str; 4] = ["\n\t ", " /* ' x */ ", " -- ; COMMIT\n", "  /* ; */ /* \"y */  "];
    let mut choices = choices.iter().copied().cycle();
    let mut choice = || choices.next().unwrap_or_default();
    let mut dressed = String::new();
    for token in tokens(dialect, sql) {
        let text = &sql[token.span()];
        match token.kind {
            TokenKind::Space => {
                // It may end a comment.
                dressed.push('\n');
                dressed.push_str(BLANKS[usize::from(choice()) % BLANKS.len()]);
            }
            TokenKind::Word => dressed.extend(text.chars().map(|letter| match choice() % 2 {
                0 => letter.to_ascii_uppercase(),
                _ => letter.to_ascii_lowercase(),
            })),
            _ => dressed.push_str(text),
        }
    }
    dressed
}

proptest! {
    #[test]
    fn case_blanks_and_comments_do_not_change_the_answer(
        (dialect, sql) in statement(),
        choices in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        let dressed = dressed(dialect, sql, &choices);
        let answer = |sql: &str| {
            let described = describe(&classify(dialect, sql));
            // Names keep their case but in PostgreSQL.
            if dialect == Dialect::Postgres { described } else { described.to_lowercase() }
        };
        prop_assert_eq!(answer(sql), answer(&dressed), "{}", dressed);
    }

    #[test]
    fn any_text_has_an_answer(dialect in generate::dialect(), sql in generate::any_text(), value in ".{0,3}") {
        for statement in split(dialect, &sql) {
            classify(dialect, statement.text);
        }
        mentions_string(dialect, &sql, &value);
        added_enum_value(&sql);
        let class = classify(dialect, &sql);
        if class.behavior == TransactionBehavior::NonTransactional(Recovery::Compare) {
            prop_assert!(!class.objects.is_empty(), "nothing to compare");
        }
    }

    #[test]
    fn a_statement_cut_short_is_never_compared_without_objects(
        (dialect, sql) in statement(),
        at in any::<proptest::sample::Index>(),
        more in select(&["'", "\"", "`", "(", ")", ",", "/*", "/*!80000 x", "*/", ".", "TO", "$$", ""][..]),
    ) {
        let cut = sql.floor_char_boundary(at.index(sql.len() + 1));
        let class = classify(dialect, &format!("{}{more}", &sql[..cut]));
        if class.behavior == TransactionBehavior::NonTransactional(Recovery::Compare) {
            prop_assert!(!class.objects.is_empty(), "nothing to compare");
        }
    }

    #[test]
    fn mysql_runs_nothing_in_a_transaction_that_it_does_not_know(word in "[a-zA-Z_]{1,12}", rest in generate::any_text()) {
        const KNOWN: &[&str] = &[
            "ANALYZE", "CHECKSUM", "CREATE", "DELETE", "DESC", "DESCRIBE", "DO", "DROP", "EXPLAIN", "HELP", "INSERT",
            "LOAD", "REPLACE", "RESIGNAL", "SELECT", "SET", "SHOW", "SIGNAL", "TABLE", "UPDATE", "VALUES", "WITH",
        ];
        prop_assume!(!KNOWN.contains(&word.to_ascii_uppercase().as_str()));
        prop_assert_ne!(classify(Dialect::Mysql, &format!("{word} {rest}")).behavior, TransactionBehavior::Transactional);
    }
}
