//! Whether two expressions are one: what the database is asked, and what the answers mean.

use crate::backend::Answer;
use crate::backend::engine::Quoting;
use servicekit_chain::Dialect;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use servicekit_chain::sql::mentions_name;
use servicekit_chain::sql::{TokenKind, tokens};
#[cfg(any(feature = "postgres", feature = "mysql"))]
use servicekit_schema::diff::RowColumn;
use servicekit_schema::diff::{ExpressionPair, UndecidedTable, Verdict};

/// Whether two expressions are one: what the database is asked, and what the answers mean.
///
/// The database reads both for a row of the table's columns that nobody has written, and shows how it understands them.
/// No table is read, and nothing is computed that depends on more than constants.
pub(crate) trait Equality: Quoting {
    /// Settings for the transaction in which this is asked, given the answers about settings of the session.
    fn settings_for_questions(&self, _settings: &[Answer]) -> Vec<String> {
        Vec::new()
    }

    /// What is asked about some pairs of a table; each of them can be sent.
    fn equality_questions(&self, table: &UndecidedTable, pairs: &[&ExpressionPair]) -> Vec<String>;

    /// What the answers mean, for each of the pairs.
    fn verdicts(&self, pairs: &[&ExpressionPair], answers: &[Answer]) -> Vec<Verdict>;
}

/// What the database has not shown as expected.
pub(crate) fn unreadable() -> Verdict {
    Verdict::unknown("the database does not show how it reads the expressions")
}

/// Whether two texts that the database writes are one.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn compared(one: &str, other: &str) -> Verdict {
    if one == other { Verdict::Equal } else { Verdict::Different }
}

/// The columns that some of the pairs may speak of.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn mentioned<'t>(
    table: &'t UndecidedTable,
    pairs: &[&ExpressionPair],
    dialect: Dialect,
) -> Vec<&'t RowColumn> {
    let is_mentioned = |column: &&RowColumn| {
        let texts = pairs.iter().flat_map(|pair| [&pair.from, &pair.to]);
        texts.into_iter().any(|text| mentions_name(dialect, text, &column.name))
    };
    table.columns.iter().filter(is_mentioned).collect()
}

/// Why a pair is not sent: a text that is no expression could be a statement of its own.
pub(crate) fn refusal(pair: &ExpressionPair, dialect: Dialect) -> Option<String> {
    let refused = [&pair.from, &pair.to].into_iter().find_map(|text| Some((text, fault(text, dialect)?)));
    refused.map(|(text, fault)| format!("`{text}` {fault}"))
}

fn fault(text: &str, dialect: Dialect) -> Option<&'static str> {
    let mut depth = 0_usize;
    let (mut is_empty, mut begins) = (true, true);
    for token in tokens(dialect, text) {
        if !token.closed {
            return Some("does not close a quote or a comment");
        }
        match token.kind {
            TokenKind::Semicolon | TokenKind::Delimiter | TokenKind::Directive => {
                return Some("is more than an expression");
            }
            TokenKind::ExecutableStart | TokenKind::ExecutableEnd => {
                return Some("has a comment that the server executes");
            }
            TokenKind::Space | TokenKind::Comment | TokenKind::Hint => continue,
            _ => is_empty = false,
        }
        if token.is_sign(";") {
            return Some("is more than an expression");
        }
        // It is set between parentheses itself.
        if begins && token.is_any(&["SELECT", "TABLE", "VALUES", "WITH"]) {
            return Some("has a query in it");
        }
        begins = token.is_sign("(");
        if token.is_sign(")") && depth == 0 {
            return Some("closes a parenthesis that it does not open");
        }
        depth = token.depth_after(depth);
    }
    match depth {
        0 if is_empty => Some("is empty"),
        0 => None,
        _ => Some("does not close a parenthesis"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_expression_is_sent() {
        for dialect in Dialect::ALL {
            for text in [
                "a > 0",
                "lower(a) = ';)'",
                "((a))",
                "a /* ) */ = 1",
                "a -- )",
                "a::timestamp with time zone",
            ] {
                assert_eq!(fault(text, dialect), None, "{text}");
            }
            for text in [
                "",
                "-- a",
                "a)",
                "a) = (b",
                "(a",
                "a; DROP TABLE b",
                "a = 'b",
                "a /* b",
                "(SELECT 1)",
                "a = (VALUES (1))",
            ] {
                assert!(fault(text, dialect).is_some(), "{text}");
            }
        }
        assert_eq!(fault("a /*! ) */ = 1", Dialect::Mysql), Some("has a comment that the server executes"));
    }
}
