//! Values of attributes.

use super::{Errors, near};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::str::FromStr;
use syn::{Lit, LitStr};

/// A text: a string literal.
pub(crate) fn text(word: &Ident, tokens: &TokenStream, errors: &mut Errors) -> Option<LitStr> {
    let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) else {
        errors.help(
            tokens,
            format_args!("`{word}` is a text"),
            format_args!("write it in quotes: `{word} = \"…\"`"),
        );
        return None;
    };
    if text.value().trim().is_empty() {
        errors.at(&text, format_args!("`{word}` is empty"));
        return None;
    }
    Some(text)
}

/// A number without a sign.
pub(crate) fn number<N: FromStr>(word: &Ident, tokens: &TokenStream, errors: &mut Errors) -> Option<N>
where
    N::Err: std::fmt::Display,
{
    let literal = match syn::parse2::<Lit>(tokens.clone()) {
        Ok(Lit::Int(literal)) => literal.base10_parse().ok(),
        _ => None,
    };
    if literal.is_none() {
        errors.help(
            tokens,
            format_args!("`{word}` is a number without a sign, and not too large"),
            format_args!("write it as a literal: `{word} = 50`"),
        );
    }
    literal
}

/// One of a few words, with where it stands in the list.
pub(crate) fn one_of(
    word: &Ident,
    tokens: &TokenStream,
    known: &[&str],
    errors: &mut Errors,
) -> Option<usize> {
    let given = match alone(tokens) {
        Some(TokenTree::Ident(given)) => given.to_string(),
        Some(TokenTree::Literal(literal)) => {
            let text = literal.to_string();
            let unquoted = text.trim_matches('"').to_lowercase().replace([' ', '-'], "_");
            if known.contains(&unquoted.as_str()) {
                errors.at(tokens, format_args!("write it without quotes: `{word} = {unquoted}`"));
                return None;
            }
            unquoted
        }
        _ => tokens.to_string(),
    };
    let found = known.iter().position(|known| *known == given);
    if found.is_none() {
        errors.help(tokens, format_args!("`{word}` knows no `{given}`"), near(&given, known.iter().copied()));
    }
    found
}

/// The only token.
fn alone(tokens: &TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.clone().into_iter();
    let first = tokens.next();
    if tokens.next().is_some() { None } else { first }
}

/// A word that stands by itself.
pub(crate) fn is_alone(piece: &super::Piece, errors: &mut Errors) -> bool {
    let is_alone = matches!(piece.form, super::Form::Word);
    if !is_alone {
        errors.help(
            piece.behind(),
            format_args!("`{}` has no value", piece.word),
            format_args!("write `{}` alone", piece.word),
        );
    }
    is_alone
}

/// The tokens behind `=`.
pub(crate) fn value<'a>(piece: &'a super::Piece, errors: &mut Errors) -> Option<&'a TokenStream> {
    if let super::Form::Value(tokens) = &piece.form {
        return Some(tokens);
    }
    errors.help(
        &piece.word,
        format_args!("`{}` has a value", piece.word),
        format_args!("write `{} = …`", piece.word),
    );
    None
}

/// A field by its name, without `r#`.
pub(crate) fn plain(name: &Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map_or(name.clone(), ToOwned::to_owned)
}

/// Where the first of these tokens is.
pub(crate) fn start(tokens: &TokenStream) -> Span {
    tokens.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::{format_ident, quote};

    #[test]
    fn values_of_another_kind_are_told() {
        let mut errors = Errors::default();
        let word = format_ident!("on_delete");
        let actions = ["no_action", "restrict", "cascade", "set_null"];
        assert_eq!(one_of(&word, &quote!(cascade), &actions, &mut errors), Some(2));
        assert_eq!(number(&word, &quote!(50), &mut errors), Some(50_u32));
        assert_eq!(text(&word, &quote!("a"), &mut errors).map(|text| text.value()).as_deref(), Some("a"));
        assert!(errors.is_empty());

        for given in [quote!("SET NULL"), quote!(cascad), quote!(whatever), quote!(a.b)] {
            assert_eq!(one_of(&word, &given, &actions, &mut errors), None);
        }
        for given in [quote!("5"), quote!(-5), quote!(5000000000)] {
            assert_eq!(number::<u32>(&word, &given, &mut errors), None);
        }
        for given in [quote!(a), quote!(5), quote!(" ")] {
            assert!(text(&word, &given, &mut errors).is_none());
        }
        insta::assert_snapshot!(errors.texts());
    }
}
