//! What a mode changes in reading a text, against a reader that knows nothing but quotes.

use super::generate::{any_text, dialect};
use proptest::prelude::*;
use proptest::sample::select;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{
    Backslash, DoubleQuotes, LexicalMode, ModeSetting, left_open, pieces, split, split_following, tokens,
    unterminated,
};

/// Quotes, backslashes and ends of statements; no comments and no programs.
const QUOTED: &str = r#"('|''|"|\\|\\'|;|a| |N'|\n|1){0,20}"#;

fn mode() -> impl Strategy<Value = LexicalMode> {
    let all: Vec<LexicalMode> = Dialect::ALL.into_iter().flat_map(LexicalMode::all).collect();
    select(all)
}

/// Where statements end, by a reader that looks at one character after the other.
fn naive_ends(mode: LexicalMode, sql: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut open: Option<(u8, bool)> = None;
    let bytes = sql.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match open {
            Some((_, true)) if byte == b'\\' => at += 1,
            Some((quote, _)) if byte == quote && bytes.get(at + 1) == Some(&quote) => at += 1,
            Some((quote, _)) if byte == quote => open = None,
            None if byte == b'\'' => open = Some((byte, mode.backslash == Backslash::Escape)),
            None if byte == b'"' => {
                let is_string = mode.double_quotes == DoubleQuotes::String;
                open = Some((byte, is_string && mode.backslash == Backslash::Escape));
            }
            None if byte == b';' => ends.push(at + 1),
            _ => {}
        }
        at += 1;
    }
    ends
}

proptest! {
    #[test]
    fn statements_end_where_a_reader_of_quotes_sees_them_end(mode in mode(), sql in QUOTED) {
        let mut ends: Vec<usize> = pieces(mode, &sql).map(|piece| piece.span.end).collect();
        let naive = naive_ends(mode, &sql);
        // What comes after the last end is a piece too.
        ends.truncate(naive.len());
        prop_assert_eq!(ends, naive);
    }

    #[test]
    fn in_every_mode_the_tokens_tile_the_text(mode in mode(), sql in any_text()) {
        let mut end = 0;
        for token in tokens(mode, &sql) {
            prop_assert_eq!(token.start, end);
            prop_assert!(token.closed || token.end() == sql.len());
            end = token.end();
        }
        prop_assert_eq!(end, sql.len());
    }

    #[test]
    fn without_a_backslash_every_mode_finds_the_same_tokens(mode in mode(), sql in any_text()) {
        let sql = sql.replace('\\', "");
        let spans = |mode: LexicalMode| tokens(mode, &sql).map(|token| token.span()).collect::<Vec<_>>();
        prop_assert_eq!(spans(mode), spans(mode.dialect.into()));
    }

    #[test]
    fn a_text_that_names_no_setting_is_read_in_one_mode(mode in mode(), sql in any_text()) {
        let value = match (mode.dialect, mode.backslash, mode.double_quotes) {
            (Dialect::Postgres, Backslash::Escape, _) => "off",
            (Dialect::Mysql, Backslash::Character, DoubleQuotes::Identifier) => "ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
            (Dialect::Mysql, Backslash::Character, _) => "NO_BACKSLASH_ESCAPES",
            (Dialect::Mysql, _, DoubleQuotes::Identifier) => "ANSI",
            (Dialect::Postgres, ..) => "on",
            _ => "",
        };
        let setting = ModeSetting::new(mode.dialect, value, value);
        prop_assert_eq!(setting.mode(), mode);
        let followed = split_following(&setting, &sql).unwrap();
        let statements: Vec<_> = followed.into_iter().map(|read| read.statement).collect();
        prop_assert_eq!(statements, split(mode, &sql));
    }

    #[test]
    fn what_follows_a_setting_is_read_as_if_the_session_had_begun_with_it(sql in QUOTED, is_mysql in any::<bool>()) {
        let (dialect, set) = if is_mysql {
            (Dialect::Mysql, "SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES';")
        } else {
            (Dialect::Postgres, "SET standard_conforming_strings = off;")
        };
        let mode = *LexicalMode::all(dialect).last().unwrap();
        let whole = format!("{set}{sql}");
        let followed = split_following(&dialect.into(), &whole).unwrap();
        let rest: Vec<&str> = followed.iter().skip(1).map(|read| read.statement.text).collect();
        let alone: Vec<&str> = split(mode, &sql).into_iter().map(|statement| statement.text).collect();
        prop_assert_eq!(rest, alone);
    }

    #[test]
    fn without_a_word_of_modes_what_is_left_open_is_what_the_default_leaves_open(dialect in dialect(), sql in any_text()) {
        prop_assert_eq!(left_open(dialect, &sql), unterminated(dialect, &sql));
    }
}
