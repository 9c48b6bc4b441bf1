use super::TokenKind::*;
use super::*;
use proptest::prelude::*;

/// The tokens with their kinds; blanks are left out.
fn kinds(text: &str) -> Vec<(TokenKind, &str)> {
    tokens(text).filter(|token| token.kind != Space).map(|token| (token.kind, &text[token.span])).collect()
}

#[test]
fn words_lifetimes_and_characters_are_told_apart() {
    assert_eq!(
        kinds(r"é _x r#type 'a 'static 'r#fn 'x' 'é' '\'' '\u{7f}' ''' b'x' b'\''"),
        [
            (Ident, "é"),
            (Ident, "_x"),
            (RawIdent, "r#type"),
            (Lifetime, "'a"),
            (Lifetime, "'static"),
            (Lifetime, "'r#fn"),
            (Char, "'x'"),
            (Char, "'é'"),
            (Char, r"'\''"),
            (Char, r"'\u{7f}'"),
            (Char, "'''"),
            (Byte, "b'x'"),
            (Byte, r"b'\''"),
        ]
    );
}

#[test]
fn each_kind_of_string_ends_at_its_own_quote() {
    assert_eq!(
        kinds(r###"r br "a\"b\\" r"a\" r#"a"b"# r##"a"# "## b"\"" br#"""# c"x" cr"x""###),
        [
            (Ident, "r"),
            (Ident, "br"),
            (TokenKind::String, r#""a\"b\\""#),
            (RawString, r#"r"a\""#),
            (RawString, r##"r#"a"b"#"##),
            (RawString, "r##\"a\"# \"##"),
            (ByteString, r#"b"\"""#),
            (RawByteString, r##"br#"""#"##),
            (CString, r#"c"x""#),
            (RawCString, r#"cr"x""#),
        ]
    );
}

#[test]
fn documentation_is_told_from_comments() {
    assert_eq!(
        kinds(concat!(
            "//! title\r\n/// outer\n// plain\n//// plain\n",
            "/*! a */ /** b */ /*** c */ /**/ /* /* */ \" */"
        )),
        [
            (InnerDoc, "//! title"),
            (OuterDoc, "/// outer"),
            (Comment, "// plain"),
            (Comment, "//// plain"),
            (InnerDoc, "/*! a */"),
            (OuterDoc, "/** b */"),
            (Comment, "/*** c */"),
            (Comment, "/**/"),
            (Comment, "/* /* */ \" */"),
        ]
    );
}

#[test]
fn numbers_leave_ranges_and_calls_alone() {
    let texts: Vec<_> = kinds("1 1_000u64 0xffe-1 1.5e-3f64 1. 1..2 1.max t.0.1 2e+5 0b1")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert_eq!(texts.join(" "), "1 1_000u64 0xffe - 1 1.5e-3f64 1. 1 . . 2 1 . max t . 0.1 2e+5 0b1");
}

#[test]
fn what_is_broken_becomes_a_token() {
    assert_eq!(kinds("x '\\"), [(Ident, "x"), (Unterminated(Open::Char), "'\\")]);
    assert_eq!(kinds("'+;\ny"), [(Unterminated(Open::Char), "'+;"), (Ident, "y")]);
    assert_eq!(kinds("r#\"a\"\n;"), [(Unterminated(Open::String), "r#\"a\"\n;")]);
    assert_eq!(kinds("\"a\\"), [(Unterminated(Open::String), "\"a\\")]);
    assert_eq!(kinds("/* /* */"), [(Unterminated(Open::Comment), "/* /* */")]);
    assert_eq!(
        kinds("r## \u{1} 🦀"),
        [(Ident, "r"), (Punct('#'), "#"), (Punct('#'), "#"), (Unknown, "\u{1}"), (Unknown, "🦀")]
    );
}

#[test]
fn the_first_line_may_hold_a_byte_order_mark_and_an_interpreter() {
    assert_eq!(kinds("\u{feff}#!/bin/x\nfn"), [(Comment, "#!/bin/x"), (Ident, "fn")]);
    assert_eq!(kinds("#! // b\n[a]").len(), 6, "an attribute, as for the compiler");
    assert_eq!(
        kinds("#![a]"),
        [(Punct('#'), "#"), (Punct('!'), "!"), (Punct('['), "["), (Ident, "a"), (Punct(']'), "]")]
    );
}

fn check_tiling(text: &str) {
    let mut end = 0;
    for Token { span, .. } in tokens(text) {
        assert_eq!(span.start, end, "a gap or an overlap in {text:?}");
        assert!(span.end > span.start, "an empty token in {text:?}");
        assert!(text.is_char_boundary(span.end), "a cut character in {text:?}");
        end = span.end;
    }
    assert_eq!(end, text.len());
}

proptest! {
    #[test]
    fn tokens_tile_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check_tiling(&std::string::String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn tokens_tile_texts_made_of_what_opens_and_closes(
        text in r#"([ \n"'#rbc0.e\\/*!xé{}(),-]|r#|br"|\*/|//|'a){0,60}"#,
    ) {
        check_tiling(&text);
    }
}
