//! The argument of `migrations!`: one string literal.

use proc_macro2::{Span, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Error, Lit, LitStr, Token};

const USAGE: &str = "help: write `migrations!(\"alembic\")` for a folder `alembic/` with `versions/` in it";

/// The folder that holds the revisions.
#[derive(Debug)]
pub(super) struct Argument {
    /// Its name as the literal spells it.
    pub(super) folder: String,
    /// The span of the literal.
    pub(super) span: Span,
}

impl Parse for Argument {
    /// # Errors
    /// The first token that does not belong there, with what to write.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let folder = folder(input)?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(misuse(input.span(), "`migrations!` takes one argument, the folder"));
        }
        Ok(Self { folder: folder.value(), span: folder.span() })
    }
}

fn folder(input: ParseStream<'_>) -> syn::Result<LitStr> {
    // The message names what is written, whatever it is.
    let written = input.cursor().token_tree().map(|(token, _)| token);
    match input.parse::<Lit>() {
        Ok(Lit::Str(folder)) if folder.suffix().is_empty() => {
            if folder.value().is_empty() {
                return Err(misuse(folder.span(), "the name of the folder is empty"));
            }
            Ok(folder)
        }
        Ok(other) => {
            let written = quote::ToTokens::to_token_stream(&other);
            Err(misuse(other.span(), &format!("`{written}` is not a string literal")))
        }
        Err(error) => Err(match written {
            None => misuse(error.span(), "`migrations!` needs the folder that holds the revisions"),
            Some(TokenTree::Punct(punct)) if punct.as_char() == ',' => {
                misuse(punct.span(), "the folder is missing before the comma")
            }
            Some(token) => {
                let message = format!("the folder must be a string literal, and `{token}` is not one");
                misuse(token.span(), &message)
            }
        }),
    }
}

fn misuse(span: Span, message: &str) -> Error {
    Error::new(span, format!("{message}\n{USAGE}"))
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
            r#""a b","#,
        ];
        let folders = cases.map(|case| syn::parse_str::<Argument>(case).unwrap().folder);
        assert_eq!(
            folders,
            ["alembic", "a\\b", "a\"b", "a\\b\"'\n\tA\u{e9}\u{1f600}", "ab", "a b"].map(str::to_owned)
        );
    }

    #[test]
    fn anything_else_is_an_error_with_the_right_form() {
        let cases = [
            "",
            ",",
            "5",
            "-5",
            "'c'",
            "b\"x\"",
            "c\"x\"",
            "\"x\"suffix",
            "true",
            "\"\"",
            "alembic",
            "(\"alembic\")",
            "\"alembic\" \"b\"",
            "\"alembic\", x",
            "\"alembic\",,",
        ];
        let errors = cases.map(|case| {
            let message = syn::parse_str::<Argument>(case).unwrap_err().to_string();
            let (first, help) = message.split_once('\n').unwrap();
            assert_eq!(help, USAGE);
            format!("{case} -> {first}")
        });
        insta::assert_snapshot!(errors.join("\n"), @r#"
         -> `migrations!` needs the folder that holds the revisions
        , -> the folder is missing before the comma
        5 -> `5` is not a string literal
        -5 -> `- 5` is not a string literal
        'c' -> `'c'` is not a string literal
        b"x" -> `b"x"` is not a string literal
        c"x" -> `c"x"` is not a string literal
        "x"suffix -> `"x"suffix` is not a string literal
        true -> `true` is not a string literal
        "" -> the name of the folder is empty
        alembic -> the folder must be a string literal, and `alembic` is not one
        ("alembic") -> the folder must be a string literal, and `("alembic")` is not one
        "alembic" "b" -> `migrations!` takes one argument, the folder
        "alembic", x -> `migrations!` takes one argument, the folder
        "alembic",, -> `migrations!` takes one argument, the folder
        "#);
    }
}
