//! The Rust lexer reads what the compiler's does, and digests depend on nothing else.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use servicekit_chain::digest::digest_rust;
use servicekit_chain::rust_tokens::{TokenKind, tokens};
use std::path::Path;
use std::{fs, io};

/// The tokens that count, as texts; documentation left out.
fn ours(text: &str) -> Vec<String> {
    let mut found: Vec<_> = tokens(text)
        .filter(|token| !token.kind.is_trivia() && !token.kind.is_doc())
        .map(|token| {
            let broken = matches!(token.kind, TokenKind::Unterminated(_) | TokenKind::Unknown);
            assert!(!broken, "{token:?}");
            text[token.span].to_owned()
        })
        .collect();
    // `#[doc = …]` is what `proc-macro2` makes of a comment as well, and what is left out there.
    while let Some(start) = found.windows(4).position(|w| w[0] == "#" && w[w.len() - 2..] == ["doc", "="]) {
        let length = found[start..].iter().position(|text| text == "]").map_or(0, |end| end + 1);
        found.drain(start..start + length);
    }
    found
}

/// The same from `proc-macro2`, whose lexer does outside the compiler what the compiler's does.
fn theirs(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    flatten(text.parse().ok()?, &mut found)?;
    Some(found)
}

fn flatten(stream: TokenStream, found: &mut Vec<String>) -> Option<()> {
    let trees: Vec<_> = stream.into_iter().collect();
    let mut index = 0;
    while let Some(tree) = trees.get(index) {
        if let Some(length) = documentation(&trees[index..]) {
            index += length;
            continue;
        }
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                found.push(open.to_owned());
                flatten(group.stream(), found)?;
                found.push(close.to_owned());
            }
            // A lifetime comes as two tokens.
            TokenTree::Punct(punct) if punct.as_char() == '\'' && punct.spacing() == Spacing::Joint => {
                index += 1;
                // `'b"x"` is a lifetime and a string for the compiler, and there a `'` and a literal.
                let TokenTree::Ident(name) = trees.get(index)? else { return None };
                found.push(format!("'{name}"));
            }
            other => found.push(other.to_string()),
        }
        index += 1;
    }
    Some(())
}

/// How many trees a comment of documentation has become here, if one has.
fn documentation(trees: &[TokenTree]) -> Option<usize> {
    let is = |index: usize, character| matches!(trees.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == character);
    let group = if is(0, '#') && is(1, '!') { 2 } else { 1 };
    let TokenTree::Group(attribute) = trees.get(group)? else { return None };
    let is_doc = attribute.stream().to_string().starts_with("doc =");
    (is(0, '#') && is_doc).then_some(group + 1)
}

#[test]
fn literals_and_lifetimes_are_the_compilers() {
    for text in [
        r##"r#"a"b"# b"\"" br"\" c"x" cr#"""# 'a' '\'' b'\\' '\u{1F980}' '"' "\
            x""##,
        "'a 'static: loop { break 'a } &'_ x <'a, 'b> 'r#fn",
        "r#type r#fn _ __x é µ x1",
        "1 1_0 0xffe-1 0b1 0o7 1u8 1.0 1. 1.e 1..2 1..=2 1.max(2) t.0.1 1e5 1e-5 1.5E+5f64 0x1E+5",
        r##"m!("a"r#"b"#, 'c'd b"e"f_ c"g"r#h r"i"br"j" 1.5r"k" 1u81.5 0x1f1.5)"##,
        "a&&b||c<<=d>>=e->f=>g::h..=i...j != k ^= l %= m",
        "/* /* */ */ a // b\n/**/ c /***/ d /*! e */ //// f\n",
        "x = 'a'..='z'; match y { '0' | '\\n' => b'a', }",
        "macro_rules! m { ($a:tt $(,)?) => { $crate::x!($a) } }",
        "\u{feff}fn main() {}\r\n",
    ] {
        assert_eq!(Some(ours(text)), theirs(text), "{text}");
    }
}

#[test]
fn the_sources_of_this_crate_are_read_as_the_compiler_reads_them() -> io::Result<()> {
    let read = compare(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    assert!(read >= 20, "only {read} files were read");
    Ok(())
}

/// Compares what is made of every Rust file in a folder; says how many there are.
fn compare(folder: &Path) -> io::Result<usize> {
    let mut read = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            read += compare(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            assert_eq!(Some(ours(&text)), theirs(&text), "{}", path.display());
            read += 1;
        }
    }
    Ok(read)
}

/// What opens, closes and separates things in Rust, and what digests treat specially.
const FRAGMENTS: [&str; 48] = [
    "'",
    "'a",
    "'x'",
    "b'",
    "\"",
    "\\",
    "r\"",
    "r#\"",
    "\"#",
    "#",
    "r#a",
    "br\"",
    "c\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ",)",
    ",>",
    ">",
    "->",
    "=",
    "&",
    "|",
    "<",
    ":",
    ".",
    "!",
    "?",
    "#[doc",
    "#![doc = \"\"]",
    "revision!",
    "revision! {",
    "};",
    "return",
    "fn a",
    "1",
    "1e",
    "0x",
    "é",
    "🦀",
    "\u{feff}",
    "\0",
    "//",
    "/*",
];

/// Fragments thrown together, with blanks between some of them.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = (select(&FRAGMENTS[..]), select(&["", "", " ", "\n", " \t", "*/", "// a\n"][..]));
    proptest::collection::vec(fragment, 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(fragment, blank)| [fragment, blank]).collect())
}

proptest! {
    #[test]
    fn other_blanks_and_comments_do_not_change_the_digest_of_any_text(
        text in fragments(),
        choices in proptest::collection::vec(any::<Index>(), 1..20),
    ) {
        let mut choices = choices.iter().cycle();
        let mut edited = String::new();
        for token in tokens(&text) {
            match token.kind {
                // A line end comes first, because it is what ends a character that is not closed.
                TokenKind::Space if !text[token.span.clone()].contains('\u{feff}') => {
                    let others = ["\n", "\r\n\t ", "\n// it's\n", "\n/* \" /* */ */ "];
                    edited.push_str(choices.next().map_or("\n", |choice| *choice.get(&others)));
                }
                TokenKind::OuterDoc => edited.push_str("/** documentation */"),
                _ => edited.push_str(&text[token.span]),
            }
        }
        prop_assert_eq!(digest_rust(&edited), digest_rust(&text), "{}", edited);
    }

    #[test]
    fn any_bytes_have_a_digest(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert_eq!(digest_rust(&text), digest_rust(&text.replace('\n', "\r\n").replace("\r\r\n", "\r\n")));
    }
}

/// Literals of every kind, what stands close to them, and beginnings of both.
const TOUCHING: [&str; 64] = [
    "\"a\"",
    "r\"b\"",
    "r#\"c\"#",
    "r##\"d\"# \"##",
    "b\"e\"",
    "br\"f\"",
    "br#\"g\"#",
    "c\"h\"",
    "cr\"i\"",
    "cr#\"j\"#",
    "'k'",
    "b'l'",
    "'\\''",
    "b'\\''",
    "'\"'",
    "'\\u{6d}'",
    "\"\\\"\"",
    "\"\\\\\"",
    "'n",
    "'static",
    "'r#o",
    "r#p",
    "r#fn",
    "r",
    "b",
    "c",
    "br",
    "cr",
    "rb",
    "f",
    "k",
    "z",
    "x",
    "#",
    "##",
    "\"",
    "'",
    "\\",
    "1",
    "1u8",
    "0x1f",
    "0b1",
    "0o7",
    "1.5",
    "1.",
    "1e5",
    "1_f64",
    ".",
    "..",
    "..=",
    "_",
    "é",
    "a1",
    "/",
    "/**/",
    "/*/* */*/",
    "// a\n",
    "/***/",
    " ",
    "\n",
    "\r\n",
    "(",
    ")",
    "#!",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(&TOUCHING[..]), 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn what_the_compiler_reads_is_cut_at_the_same_places(text in soup()) {
        // A `#!` line is dropped before the compiler's lexer, and `proc-macro2` does not know of it.
        if let Some(theirs) = theirs(&text).filter(|_| !text.starts_with("#!")) {
            prop_assert_eq!(ours(&text), theirs, "{:?}", text);
        }
    }

    #[test]
    fn any_text_is_tiled_by_its_tokens(text in prop_oneof![any::<String>(), soup(), fragments()]) {
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert_eq!(token.span.start, end);
            prop_assert!(token.span.end > end && text.is_char_boundary(token.span.end), "{:?}", token);
            end = token.span.end;
        }
        prop_assert_eq!(end, text.len());
    }
}
