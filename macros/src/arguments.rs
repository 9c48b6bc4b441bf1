//! The argument of `migrations!`: one string literal.

/// What was written between the parentheses, token by token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A literal as it stands in the source.
    Literal(String),
    /// A comma.
    Comma,
    /// Anything else as it stands in the source.
    Other(String),
}

/// Something other than one string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misuse {
    /// The token that is wrong; `None` when something is missing.
    pub(crate) token: Option<usize>,
    /// What is wrong and what to write.
    pub(crate) message: String,
}

const USAGE: &str = "help: write `migrations!(\"alembic\")` for a folder `alembic/` with `versions/` in it";

/// The folder that the argument names, and which token holds it.
///
/// # Errors
/// The first token that does not belong there.
pub(crate) fn folder(tokens: &[Token]) -> Result<(usize, String), Misuse> {
    let misuse = |token, message: String| Err(Misuse { token, message: format!("{message}\n{USAGE}") });
    let folder = match tokens.first() {
        None => return misuse(None, "`migrations!` needs the folder that holds the revisions".to_owned()),
        Some(Token::Literal(literal)) => match string_value(literal) {
            Some(text) if text.is_empty() => {
                return misuse(Some(0), "the name of the folder is empty".to_owned());
            }
            Some(text) => text,
            None => return misuse(Some(0), format!("`{literal}` is not a string literal")),
        },
        Some(Token::Comma) => return misuse(Some(0), "the folder is missing before the comma".to_owned()),
        Some(Token::Other(text)) => {
            let message = format!("the folder must be a string literal, and `{text}` is not one");
            return misuse(Some(0), message);
        }
    };
    let rest = match tokens.get(1) {
        Some(Token::Comma) => 2,
        _ => 1,
    };
    if tokens.len() > rest {
        return misuse(Some(rest), "`migrations!` takes one argument, the folder".to_owned());
    }
    Ok((0, folder))
}

/// The text that a string literal stands for; `None` for any other literal.
pub(crate) fn string_value(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let hashes = raw.bytes().take_while(|&b| b == b'#').count();
        let (fence, rest) = raw.split_at_checked(hashes)?;
        let text = rest.strip_prefix('"')?.strip_suffix(fence)?.strip_suffix('"')?;
        return Some(text.to_owned());
    }
    unescaped(literal.strip_prefix('"')?.strip_suffix('"')?)
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next()? {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            '0' => out.push('\0'),
            // A line break in the source and the blanks after it stand for nothing.
            '\n' | '\r' => rest = rest.as_str().trim_start().chars(),
            'x' => {
                let (code, after) = rest.as_str().split_at_checked(2)?;
                out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                rest = after.chars();
            }
            'u' => {
                let (code, after) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(&code.replace('_', ""), 16).ok()?)?);
                rest = after.chars();
            }
            same => out.push(same),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_string_literal_is_read() {
        let cases = [
            r#""alembic""#,
            r#"r"a\b""#,
            r##"r#"a"b"#"##,
            r#""a\\b\"\'\n\t\x41\u{e9}\u{1_F600}""#,
            "\"a\\\n   b\"",
        ];
        let values: Vec<Option<String>> = cases.iter().map(|case| string_value(case)).collect();
        let expected = ["alembic", "a\\b", "a\"b", "a\\b\"'\n\tA\u{e9}\u{1f600}", "ab"];
        assert_eq!(values, expected.map(|text| Some(text.to_owned())));
    }

    #[test]
    fn other_literals_are_no_strings() {
        for literal in
            ["5", "'c'", "b\"x\"", "c\"x\"", "br\"x\"", "\"x\"suffix", "r#\"x\"", "\"\\u{zz}\"", ""]
        {
            assert_eq!(string_value(literal), None, "{literal}");
        }
    }

    #[test]
    fn one_string_with_or_without_a_comma_is_the_folder() {
        let literal = || Token::Literal("\"a b\"".into());
        assert_eq!(folder(&[literal()]), Ok((0, "a b".to_owned())));
        assert_eq!(folder(&[literal(), Token::Comma]), Ok((0, "a b".to_owned())));
    }

    #[test]
    fn anything_else_is_answered_with_the_right_form() {
        let literal = || Token::Literal("\"alembic\"".into());
        let other = |text: &str| Token::Other(text.into());
        let cases: [(&str, Vec<Token>); 8] = [
            ("", vec![]),
            (",", vec![Token::Comma]),
            ("5", vec![Token::Literal("5".into())]),
            ("\"\"", vec![Token::Literal("\"\"".into())]),
            ("alembic", vec![other("alembic")]),
            ("\"alembic\" \"b\"", vec![literal(), Token::Literal("\"b\"".into())]),
            ("\"alembic\", x", vec![literal(), Token::Comma, other("x")]),
            ("\"alembic\",,", vec![literal(), Token::Comma, Token::Comma]),
        ];
        let report: Vec<String> = cases
            .iter()
            .map(|(text, tokens)| {
                let misuse = folder(tokens).unwrap_err();
                let first = misuse.message.lines().next().unwrap_or_default();
                assert!(misuse.message.ends_with(USAGE));
                format!("{text} at {:?}: {first}", misuse.token)
            })
            .collect();
        insta::assert_snapshot!(report.join("\n"), @r#"
         at None: `migrations!` needs the folder that holds the revisions
        , at Some(0): the folder is missing before the comma
        5 at Some(0): `5` is not a string literal
        "" at Some(0): the name of the folder is empty
        alembic at Some(0): the folder must be a string literal, and `alembic` is not one
        "alembic" "b" at Some(1): `migrations!` takes one argument, the folder
        "alembic", x at Some(2): `migrations!` takes one argument, the folder
        "alembic",, at Some(2): `migrations!` takes one argument, the folder
        "#);
    }
}
