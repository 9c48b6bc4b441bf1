//! Nothing is lost, added or cut in two, whatever the text is.

use super::generate::{any_text, dialect};
use proptest::prelude::*;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{TokenKind, pieces, split, tokens, unterminated};
use std::time::{Duration, Instant};

proptest! {
    #[test]
    fn joining_the_tokens_gives_the_input_back(dialect in dialect(), sql in any_text()) {
        let mut end = 0;
        for token in tokens(dialect, &sql) {
            prop_assert_eq!(token.start, end, "a gap or an overlap");
            prop_assert!(token.end() > end, "an empty token");
            prop_assert!(sql.is_char_boundary(token.end()), "a character cut in two");
            prop_assert!(token.closed || token.end() == sql.len(), "something after what is never closed");
            end = token.end();
        }
        prop_assert_eq!(end, sql.len());
    }

    #[test]
    fn joining_the_pieces_gives_the_input_back(dialect in dialect(), sql in any_text()) {
        let joined: String = pieces(dialect, &sql).map(|piece| sql[piece.span].to_owned()).collect();
        prop_assert_eq!(joined, sql);
    }

    #[test]
    fn a_piece_holds_its_statement_and_nothing_else_that_counts(dialect in dialect(), sql in any_text()) {
        let statements = split(dialect, &sql);
        let counts: Vec<_> = tokens(dialect, &sql)
            .filter(|token| !token.kind.is_trivia() && token.kind != TokenKind::Directive)
            .map(|token| (token.kind, token.span()))
            .collect();
        let mut outside = counts.clone();
        for statement in &statements {
            prop_assert_eq!(statement.text, &sql[statement.span.clone()]);
            prop_assert!(statement.piece.start <= statement.span.start && statement.span.end <= statement.piece.end);
            let inside = |span: &std::ops::Range<usize>| statement.span.start <= span.start && span.end <= statement.span.end;
            outside.retain(|(_, span)| !inside(span));
            prop_assert!(counts.iter().any(|(_, span)| span.start == statement.span.start));
            prop_assert!(
                tokens(dialect, &sql)
                    .any(|token| token.end() == statement.span.end && token.kind != TokenKind::Space)
            );
        }
        prop_assert!(
            outside.iter().all(|(kind, _)| matches!(kind, TokenKind::Semicolon | TokenKind::Delimiter)),
            "left out: {outside:?}"
        );
    }

    #[test]
    fn a_statement_is_one_statement_by_itself(dialect in dialect(), sql in any_text()) {
        for statement in split(dialect, &sql) {
            // A delimiter that was set before, a byte order mark that comes to stand first, and dashes that come to
            // stand last (a comment for MySQL then) change the reading.
            let depends_on_place = sql.to_ascii_uppercase().contains("DELIMITER")
                || statement.text.starts_with('\u{feff}')
                || (dialect == Dialect::Mysql && statement.text.ends_with("--"));
            if !depends_on_place {
                let again: Vec<_> =
                    split(dialect, statement.text).into_iter().map(|again| again.text).collect();
                prop_assert_eq!(again, [statement.text]);
            }
        }
    }

    #[test]
    fn what_is_left_open_starts_at_a_token(dialect in dialect(), sql in any_text()) {
        if let Some(found) = unterminated(dialect, &sql) {
            prop_assert!(tokens(dialect, &sql).any(|token| token.start == found.start && !token.kind.is_trivia() || !token.closed));
        }
    }
}

/// Texts that would take far longer if any part of them were read again for each of its tokens.
#[test]
fn a_long_text_of_one_kind_takes_no_longer_than_any_other() {
    const LENGTH: usize = 1 << 16;
    let units = [
        "'",
        "\"",
        "`",
        "[",
        "/*",
        "/*!",
        "$a$",
        "$a",
        "$",
        "E'\n",
        "a",
        "-",
        "+-",
        "(",
        ".",
        "1e",
        "@",
        "#",
        ":",
        "\\",
        ";",
        "--\r",
        "\u{feff}",
        "BEGIN;",
        "CASE ",
        "DELIMITER a\nb",
        "DELIMITER \n",
        "CREATE TRIGGER x BEGIN ;",
        " ",
    ];
    let beginnings = [
        "",
        "DELIMITER aaaaaaaaaaaaaab\n",
        "CREATE FUNCTION f() BEGIN ATOMIC ",
        "CREATE PROCEDURE p() BEGIN ",
    ];
    for dialect in Dialect::ALL {
        for unit in units {
            for beginning in beginnings {
                let sql = format!("{beginning}{}", unit.repeat(LENGTH / unit.len()));
                let start = Instant::now();
                split(dialect, &sql);
                unterminated(dialect, &sql);
                let took = start.elapsed();
                assert!(
                    took < Duration::from_secs(2),
                    "{dialect}: {beginning:?} and then {unit:?}… took {took:?}"
                );
            }
        }
    }
}
