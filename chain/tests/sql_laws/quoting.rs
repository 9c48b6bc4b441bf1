//! What is quoted is read as one token that says the same, in whatever mode a session is, and nothing gets out of it.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]

use super::generate::any_text;
use proptest::prelude::*;
use servicekit_chain::Dialect;
use servicekit_chain::sql::{
    Backslash, LexicalMode, Token, TokenKind, backquoted, catalogue_literal, literal, literal_in_any_session,
    plain_string, quote_name, tokens,
};

fn text() -> impl Strategy<Value = String> {
    let hostile = "['\"`\\\\\0\u{feff}%;*/#$ea0é🦀\n\r -]{0,12}";
    prop_oneof![hostile, any::<String>(), any_text()]
}

fn modes() -> impl Iterator<Item = LexicalMode> {
    Dialect::ALL.into_iter().flat_map(LexicalMode::all)
}

/// The one token that a text is, and it is closed. What stands around it changes nothing.
fn only_token(mode: LexicalMode, quoted: &str) -> Result<Token<'_>, TestCaseError> {
    let found: Vec<_> = tokens(mode, quoted).collect();
    prop_assert_eq!(found.len(), 1, "{:?}: {}", mode, quoted);
    prop_assert!(found[0].closed, "{mode:?}: {quoted}");
    let among = format!("SELECT ({quoted},1)");
    let texts: Vec<_> = tokens(mode, &among).map(|token| token.text).collect();
    prop_assert_eq!(texts, ["SELECT", " ", "(", quoted, ",", "1", ")"], "{:?}", mode);
    Ok(found[0])
}

/// What a literal says as it is read in this mode: one string, which may be digits in one of the frames that are known.
fn said(mode: LexicalMode, literal: &str) -> Result<String, TestCaseError> {
    let frames = [("_utf8mb4 ", " COLLATE utf8mb4_bin"), ("_utf8mb4 ", ""), ("CAST(", " AS TEXT)")];
    let digits = frames.iter().find_map(|(before, after)| literal.strip_prefix(before)?.strip_suffix(after));
    let token = only_token(mode, digits.unwrap_or(literal))?;
    prop_assert_eq!(token.kind, TokenKind::String);
    let Some(digits) = digits else { return Ok(token.unquoted()) };
    prop_assert!(digits.starts_with('X'));
    let digits = token.unquoted();
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    Ok(String::from_utf8((0..digits.len()).step_by(2).map(byte).collect()).unwrap())
}

proptest! {
    #[test]
    fn a_quoted_name_is_one_token_that_says_the_name(name in text()) {
        for mode in modes() {
            let token = quote_name(mode.dialect, &name);
            let token = only_token(mode, &token)?;
            prop_assert_eq!(token.kind, TokenKind::Identifier);
            prop_assert_eq!(token.unquoted(), name.as_str());
            if mode.dialect != Dialect::Postgres {
                prop_assert_eq!(only_token(mode, &backquoted(&name))?.unquoted(), name.as_str());
            }
        }
    }

    #[test]
    fn a_literal_says_its_text_in_every_mode(text in text()) {
        for mode in modes() {
            prop_assert_eq!(&said(mode, &literal(mode.dialect, &text))?, &text);
            prop_assert_eq!(&said(mode, &literal_in_any_session(mode.dialect, &text))?, &text);
        }
        let anywhere = literal_in_any_session(Dialect::Mysql, &text);
        prop_assert!(anywhere.is_ascii() && !anywhere.contains(['\\', '"', '\0']), "{anywhere}");
    }

    #[test]
    fn a_literal_of_a_name_says_it_as_far_as_the_catalogue_can_have_it(name in text()) {
        for mode in modes() {
            let kept = |letter: char| if mode.dialect == Dialect::Mysql && letter > '\u{ffff}' { '\u{fffd}' } else { letter };
            let expected: String = name.chars().map(kept).collect();
            prop_assert_eq!(&said(mode, &catalogue_literal(mode.dialect, &name))?, &expected);
        }
    }

    #[test]
    fn a_plain_string_says_its_text_in_its_mode(text in text()) {
        for mode in modes() {
            let string = plain_string(mode, &text);
            let mut said = only_token(mode, &string)?.unquoted();
            if mode.backslash == Backslash::Escape {
                said = said.replace("\\\\", "\\");
            }
            prop_assert_eq!(&said, &text);
        }
    }
}
