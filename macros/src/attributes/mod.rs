//! What the derives of models read their attributes with: `#[table(…)]`, `#[column(…)]`, `#[db_enum(…)]`, and sqlx's.
//!
//! Tokens are [cut] at commas first and read piece by piece, so that a mistake hides none of its neighbours. Every mistake
//! is collected in [`Errors`], each at its own token.

mod errors;
mod pieces;
pub(crate) mod sqlx;
pub(crate) mod values;
mod words;

pub(crate) use errors::Errors;
pub(crate) use pieces::{Form, Piece, cut, in_attributes, pieces};
pub(crate) use words::{Words, near};

use proc_macro2::TokenStream;
use syn::DeriveInput;

/// What a derive expands to, unless its input is no item at all.
pub(crate) fn derived(input: TokenStream, expanded: impl FnOnce(&DeriveInput) -> TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expanded(&input),
        Err(error) => error.into_compile_error(),
    }
}
