//! One change of what an expression means is never called equal.

use crate::spellings::{made_of, number, of, respell, verdict};
use servicekit::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant};

/// The expression with one token of another meaning, for each token that has one.
fn mutated(text: &str, dialect: Dialect) -> Vec<String> {
    let replaced = |token: &Token<'_>| {
        let other = other(token)?;
        Some(format!("{}{other}{}", &text[..token.start], &text[token.end()..]))
    };
    significant(dialect, text).iter().filter_map(replaced).collect()
}

fn other(token: &Token<'_>) -> Option<String> {
    let other = match (token.kind, token.text) {
        (TokenKind::Number, number) => match number.parse::<i128>() {
            Ok(number) => (number + 1).to_string(),
            Err(_) => format!("{number}1"),
        },
        (TokenKind::Operator, ">") => ">=".to_owned(),
        (TokenKind::Operator, "<") => "<=".to_owned(),
        (TokenKind::Operator, "=") => "<>".to_owned(),
        (TokenKind::Operator, "<>" | "!=") => "=".to_owned(),
        (TokenKind::Operator, "+") => "-".to_owned(),
        (TokenKind::Operator, "*") => "+".to_owned(),
        (TokenKind::Word, "a") => "b".to_owned(),
        (TokenKind::Word, "b") => "a".to_owned(),
        (TokenKind::Word, "AND") => "OR".to_owned(),
        (TokenKind::Word, "OR") => "AND".to_owned(),
        (TokenKind::Word, "LIKE") => "NOT LIKE".to_owned(),
        (TokenKind::Word, "lower") => "upper".to_owned(),
        (TokenKind::Word, "coalesce") => "nullif".to_owned(),
        (TokenKind::String, text) if text.starts_with('\'') && text.ends_with('\'') => {
            format!("{}q'", &text[..text.len() - 1])
        }
        _ => return None,
    };
    Some(other)
}

/// What changes nothing: the sides of `a = b` and the like, and the end of what is between two values.
fn means_the_same(stored: &str, mutated: &str) -> bool {
    let is_between = stored.contains("BETWEEN") && mutated.contains(" OR ");
    let is_of_itself = ["a + a", "row(b, b)", "b, b)", "(a, a"].iter().any(|text| mutated.contains(text));
    is_between || is_of_itself
}

async fn none_is_equal(dialect: Dialect) {
    let spellings = of(dialect);
    let Some((mut bench, found)) = made_of(&spellings, dialect).await else { return };
    let mut counts = (0, 0);
    for round in 0.. {
        let mut wanted = found.clone();
        let mut changed = Vec::new();
        for table in &mut wanted.tables {
            let at = number(table);
            let spelling = &spellings[at];
            let mutations = mutated(spelling.stored, dialect);
            let Some(text) = mutations.get(round).filter(|text| !means_the_same(spelling.stored, text))
            else {
                if round < mutations.len() {
                    changed.push((at, None));
                }
                continue;
            };
            respell(table, spelling, text, dialect);
            changed.push((at, Some(text.clone())));
        }
        if changed.is_empty() {
            break;
        }
        let difference = bench.compare(&wanted).await;
        for (at, text) in changed {
            let Some(text) = text else { continue };
            match verdict(&format!("t{at}"), &difference) {
                "equal" => panic!("{dialect}: `{}` and `{text}` are called equal", spellings[at].stored),
                "different" => counts.0 += 1,
                _ => counts.1 += 1,
            }
        }
    }
    let (different, unknown) = counts;
    assert!(different > 10 * unknown, "{dialect}: {different} different, {unknown} unknown");
    println!("{dialect}: {different} changes are different, of {unknown} it cannot be told");
}

#[tokio::test]
async fn no_change_of_the_meaning_is_equal_on_postgres() {
    none_is_equal(Dialect::Postgres).await;
}

#[tokio::test]
async fn no_change_of_the_meaning_is_equal_on_mysql() {
    none_is_equal(Dialect::Mysql).await;
}

#[tokio::test]
async fn no_change_of_the_meaning_is_equal_on_sqlite() {
    none_is_equal(Dialect::Sqlite).await;
}
