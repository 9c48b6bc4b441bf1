//! Every mistake of an input.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt::Display;
use syn::Error;

/// The mistakes that were found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    /// Adds a mistake at these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.0.push(Error::new_spanned(tokens, message));
    }

    /// Adds a mistake at these tokens, with what to do.
    pub(crate) fn help(&mut self, tokens: impl ToTokens, message: impl Display, help: impl Display) {
        self.at(tokens, format_args!("{message}\nhelp: {help}"));
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The items, with an invocation of `compile_error!` for each mistake behind them.
    pub(crate) fn beside(&self, mut items: TokenStream) -> TokenStream {
        items.extend(self.0.iter().map(Error::to_compile_error));
        items
    }

    /// The messages, for tests.
    #[cfg(test)]
    pub(crate) fn texts(&self) -> String {
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
    }
}
