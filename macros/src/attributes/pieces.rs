//! Attributes as pieces: `unique, length = 5, on(a, b)`.

use super::Errors;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Meta};

/// One of the things between the commas of an attribute.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// The word that it begins with.
    pub(crate) word: Ident,
    pub(crate) form: Form,
}

/// What follows the word.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// Nothing.
    Word,
    /// `= …`.
    Value(TokenStream),
    /// `(…)`.
    List(TokenStream),
}

impl Piece {
    /// Reads `word`, `word = …` or `word(…)`; a word may be a keyword.
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Option<Self> {
        let mut rest = tokens.clone().into_iter();
        let Some(TokenTree::Ident(word)) = rest.next() else {
            errors.help(
                tokens,
                "an attribute has words, values and lists",
                "write `word`, `word = value` or `word(…)`",
            );
            return None;
        };
        let form = match rest.next() {
            None => Form::Word,
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
                let value: TokenStream = rest.collect();
                if value.is_empty() {
                    errors.at(tokens, format_args!("no value stands behind `{word} =`"));
                    return None;
                }
                Form::Value(value)
            }
            Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Parenthesis => {
                let behind: TokenStream = rest.collect();
                if !behind.is_empty() {
                    errors.at(&behind, format_args!("expected `,` behind `{word}(…)`"));
                    return None;
                }
                Form::List(list.stream())
            }
            Some(other) => {
                errors.at(other, format_args!("expected `=`, `(…)` or `,` behind `{word}`"));
                return None;
            }
        };
        Some(Self { word, form })
    }

    /// The tokens of the value or of the list; of a word alone, itself.
    pub(crate) fn behind(&self) -> TokenStream {
        match &self.form {
            Form::Word => self.word.to_token_stream(),
            Form::Value(tokens) | Form::List(tokens) => tokens.clone(),
        }
    }
}

/// Cuts tokens at their commas; one may stand at the end.
pub(crate) fn cut(tokens: TokenStream, errors: &mut Errors) -> Vec<TokenStream> {
    let mut cut = Vec::new();
    let mut current: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if current.is_empty() {
                    errors.at(&token, "nothing stands before this comma");
                } else {
                    cut.push(std::mem::take(&mut current).into_iter().collect());
                }
            }
            _ => current.push(token),
        }
    }
    if !current.is_empty() {
        cut.push(current.into_iter().collect());
    }
    cut
}

/// The pieces of a list.
pub(crate) fn pieces(tokens: TokenStream, errors: &mut Errors) -> Vec<Piece> {
    let cut = cut(tokens, errors);
    cut.into_iter().filter_map(|tokens| Piece::read(tokens, errors)).collect()
}

/// The pieces of all attributes of this name.
pub(crate) fn in_attributes(attributes: &[Attribute], name: &str, errors: &mut Errors) -> Vec<Piece> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        match &attribute.meta {
            Meta::List(list) => found.extend(pieces(list.tokens.clone(), errors)),
            Meta::Path(_) => errors.help(
                attribute,
                format_args!("`#[{name}]` says nothing by itself"),
                format_args!("write `#[{name}(…)]`, or leave it out"),
            ),
            Meta::NameValue(_) => {
                errors.help(
                    attribute,
                    format_args!("`#[{name}]` has no value"),
                    format_args!("write `#[{name}(…)]`"),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> (Vec<String>, String) {
        let mut errors = Errors::default();
        let pieces = pieces(text.parse().unwrap(), &mut errors);
        let shown = pieces.iter().map(|piece| format!("{}: {:?}", piece.word, piece.behind().to_string()));
        (shown.collect(), errors.texts())
    }

    #[test]
    fn words_values_and_lists_are_told_apart() {
        let (pieces, errors) = shown("unique, crate = ::a::b, type = numeric(3, 4), index(a, b.desc()),");
        assert_eq!(
            pieces,
            [
                "unique: \"unique\"",
                "crate: \":: a :: b\"",
                "type: \"numeric (3 , 4)\"",
                "index: \"a , b . desc ()\""
            ]
        );
        assert_eq!(errors, "");
    }

    #[test]
    fn a_mistake_hides_none_of_its_neighbours() {
        let (pieces, errors) = shown("a, , \"b\", c =, d e, f(1) g, h = 2");
        assert_eq!(pieces, ["a: \"a\"", "h: \"2\""]);
        insta::assert_snapshot!(errors);
    }

    proptest! {
        #[test]
        fn each_piece_between_commas_is_found(words in prop::collection::vec("[a-z]{3,6}x", 0..6), last: bool) {
            let text = words.join(",") + if last && !words.is_empty() { "," } else { "" };
            let mut errors = Errors::default();
            let found = pieces(text.parse().unwrap(), &mut errors);
            prop_assert!(errors.is_empty());
            prop_assert_eq!(found.iter().map(|piece| piece.word.to_string()).collect::<Vec<_>>(), words);
        }
    }
}
