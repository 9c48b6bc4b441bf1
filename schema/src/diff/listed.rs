//! Conditions that list the texts of a column, as databases keep them.

use servicekit_chain::Dialect;
use servicekit_chain::sql::{Token, TokenKind, significant, without_parentheses};

/// The column and the texts of `column IN ('one', 'two')`. PostgreSQL keeps that as `column = ANY (ARRAY['one'::text, …])`, and
/// one text as `column = 'one'::text`.
pub(super) fn listed(condition: &str, dialect: Dialect) -> Option<(String, Vec<String>)> {
    let tokens = significant(dialect, without_parentheses(dialect, condition));
    let (tokens, is_of_postgres) = match dialect {
        Dialect::Postgres => without_casts(tokens),
        _ => (tokens, false),
    };
    let (column, list) = match tokens.as_slice() {
        [column, of, open, list @ .., close] if of.is("IN") && open.is_sign("(") && close.is_sign(")") => {
            (column, list)
        }
        [column, of, list @ ..] if is_of_postgres && of.is_sign("=") => (column, list),
        _ => return None,
    };
    if !column.is_name() {
        return None;
    }
    let values: Option<Vec<String>> =
        list.split(|token| token.is_sign(",")).map(|tokens| text(tokens, dialect)).collect();
    let name = if column.kind == TokenKind::Word { column.text.to_owned() } else { column.unquoted() };
    Some((name, values?))
}

/// A condition without what PostgreSQL writes around texts; whether it is one that compares by `=`.
fn without_casts(tokens: Vec<Token<'_>>) -> (Vec<Token<'_>>, bool) {
    if !tokens.iter().any(|token| token.is_sign("=")) {
        return (tokens, false);
    }
    let mut left: Vec<Token<'_>> = Vec::new();
    let mut is_cast = false;
    for token in tokens {
        let is_noise = token.is_any(&["ANY", "ARRAY"])
            || ["(", ")", "[", "]"].iter().any(|sign| token.is_sign(sign))
            || (is_cast && token.is_any(&["text", "character", "varying", "bpchar"]));
        is_cast = token.is_sign("::") || (is_cast && is_noise);
        if !is_noise && !token.is_sign("::") {
            left.push(token);
        }
    }
    (left, true)
}

fn text(tokens: &[Token<'_>], dialect: Dialect) -> Option<String> {
    match tokens {
        [only] if only.kind == TokenKind::String && only.text.starts_with('\'') => match dialect {
            Dialect::Mysql => without_backslashes(&only.unquoted()),
            _ => Some(only.unquoted()),
        },
        // MySQL writes the character set of the connection before some texts.
        [set, only] if set.is("_utf8mb4") => text(std::slice::from_ref(only), dialect),
        _ => None,
    }
}

/// MySQL writes a quote, and a backslash, behind a backslash; what another one means is for the server to say.
fn without_backslashes(text: &str) -> Option<String> {
    let mut read = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        read.push(match character {
            '\\' => characters.next().filter(|next| ['\'', '\\'].contains(next))?,
            other => other,
        });
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, dialect: Dialect) -> Option<String> {
        listed(text, dialect).map(|(column, values)| format!("{column}: {}", values.join("|")))
    }

    #[test]
    fn a_list_of_texts_is_an_enum() {
        let on_sqlite = |text| shown(text, Dialect::Sqlite);
        assert_eq!(on_sqlite("\"a b\" IN ('it''s', 'b')").as_deref(), Some("a b: it's|b"));
        assert_eq!(on_sqlite("(mood in('x'))").as_deref(), Some("mood: x"));
        for other in
            ["mood IN ()", "mood IN (1)", "mood IN ('a') OR 1", "mood NOT IN ('a')", "mood IN ('a' 'b')"]
        {
            assert_eq!(on_sqlite(other), None, "{other}");
        }
    }

    #[test]
    fn a_list_is_known_as_other_databases_keep_it() {
        for text in [
            "((state)::text = ANY ((ARRAY['it''s'::character varying, 'b'::character varying])::text[]))",
            "(state = ANY (ARRAY['it''s'::text, 'b'::text]))",
            "\"state\" IN ('it''s', 'b')",
        ] {
            assert_eq!(shown(text, Dialect::Postgres).as_deref(), Some("state: it's|b"), "{text}");
        }
        assert_eq!(shown("((\"Order\")::text = 'a'::text)", Dialect::Postgres).as_deref(), Some("Order: a"));
        for other in ["state = other", "state <> 'a'", "state = 'a' OR state = 'b'", "lower(state) = 'a'"] {
            assert_eq!(shown(other, Dialect::Postgres), None, "{other}");
        }
        let on_mysql = |text| shown(text, Dialect::Mysql);
        assert_eq!(on_mysql("`state` in ('a','b')").as_deref(), Some("state: a|b"));
        assert_eq!(on_mysql("(`state` in (_utf8mb4'a',_utf8mb4'b'))").as_deref(), Some("state: a|b"));
        assert_eq!(
            on_mysql(r"`state` in ('it\'s','a\\b','it''s')").as_deref(),
            Some(r"state: it's|a\b|it's")
        );
        assert_eq!(on_mysql(r"`state` in ('a\nb')"), None);
        assert_eq!(on_mysql("`state` = 'a'"), None);
    }
}
