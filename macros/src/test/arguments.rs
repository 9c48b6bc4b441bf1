//! The arguments of `#[test]`: `migrations = …, fixtures("users")`.

use super::fixtures;
use crate::attributes::{Errors, Form, Words, pieces};
use crate::call_site::CallSite;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

const WORDS: Words = Words {
    of: "`#[test]`",
    known: &["migrations", "fixtures", "crate"],
    elsewhere: &[("migrator", "write `migrations = …`, the value that `migrations!` makes")],
};

/// What is said of a test.
pub(super) struct Arguments {
    /// An `Option` of the history; by default the one that is in scope.
    pub(super) migrations: Option<TokenStream>,
    /// Values of the kit.
    pub(super) fixtures: Vec<TokenStream>,
    /// Where servicekit is.
    pub(super) krate: Path,
}

impl Arguments {
    pub(super) fn read(tokens: TokenStream, call_site: &CallSite, errors: &mut Errors) -> Self {
        let mut migrations = None;
        let mut krate: Path = syn::parse_quote!(::servicekit);
        let mut lists = Vec::new();
        for piece in pieces(tokens, errors) {
            match (piece.word.to_string().as_str(), &piece.form) {
                ("migrations", Form::Value(value)) => {
                    if migrations.replace(option(value)).is_some() {
                        errors.help(&piece.word, "`migrations` is there twice", "leave one out");
                    }
                }
                ("migrations", _) => errors.help(
                    &piece.word,
                    "`migrations` names no history",
                    "write `migrations = MIGRATIONS`, or `migrations = false` for an empty database",
                ),
                ("fixtures", _) => lists.push(piece),
                ("crate", Form::Value(path)) => match syn::parse2(path.clone()) {
                    Ok(path) => krate = path,
                    Err(_) => errors.at(path, "this is no path"),
                },
                _ => WORDS.unknown(&piece.word, errors),
            }
        }
        let files = lists.iter().flat_map(|piece| fixtures::files(piece, call_site, errors));
        let fixtures = files.collect::<Vec<_>>().iter().map(|file| fixtures::value(file, &krate)).collect();
        Self { migrations, fixtures, krate }
    }
}

/// `false` stands for no history.
fn option(value: &TokenStream) -> TokenStream {
    if value.to_string() == "false" {
        return quote!(::core::option::Option::None);
    }
    quote!(::core::option::Option::Some(#value))
}
