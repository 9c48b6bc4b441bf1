//! What every part of an expansion is written with.

use crate::attributes::Errors;
use proc_macro2::{Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{GenericParam, Generics};

/// The model that is written, its mistakes, and the checks that the compiler makes.
pub(super) struct Writer {
    /// The path of servicekit.
    pub(super) krate: TokenStream,
    /// The struct, with `'static` for its lifetimes.
    pub(super) this: TokenStream,
    /// Type and constant parameters: a model that has some is many tables.
    parameters: Vec<String>,
    pub(super) errors: Errors,
    checks: TokenStream,
}

impl Writer {
    pub(super) fn new(ident: &Ident, generics: &Generics, krate: TokenStream) -> Self {
        let lifetimes = generics.lifetimes().map(|_| quote!('static));
        let this = if generics.params.is_empty() { quote!(#ident) } else { quote!(#ident<#(#lifetimes),*>) };
        let parameters = generics.params.iter().filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(parameter.ident.to_string()),
            GenericParam::Const(parameter) => Some(parameter.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        });
        Self {
            krate,
            this,
            parameters: parameters.collect(),
            errors: Errors::default(),
            checks: TokenStream::new(),
        }
    }

    pub(super) fn is_generic(&self) -> bool {
        !self.parameters.is_empty()
    }

    /// Whether a type or constant parameter is among these tokens.
    pub(super) fn mentions_parameter(&self, tokens: &TokenStream) -> bool {
        tokens.clone().into_iter().any(|token| match token {
            TokenTree::Ident(ident) => self.parameters.contains(&ident.to_string()),
            TokenTree::Group(group) => self.mentions_parameter(&group.stream()),
            _ => false,
        })
    }

    /// An item of the module `schema`.
    pub(super) fn schema(&self, item: &str) -> TokenStream {
        let (krate, item) = (&self.krate, format_ident!("{item}"));
        quote!(#krate::schema::#item)
    }

    /// An item that is there for expansions only.
    pub(super) fn private(&self, item: &str) -> TokenStream {
        let (krate, item) = (&self.krate, format_ident!("{item}"));
        quote!(#krate::__private::model::#item)
    }

    /// A database by the word that attributes have for it.
    pub(super) fn dialect(&self, word: &Ident) -> TokenStream {
        let krate = &self.krate;
        match word.to_string().as_str() {
            "sqlite" => quote!(#krate::Dialect::Sqlite),
            "postgres" => quote!(#krate::Dialect::Postgres),
            _ => quote!(#krate::Dialect::Mysql),
        }
    }

    /// What the runtime knows of a type. Everything goes through the one function, so that a type that is no column is
    /// told once.
    pub(super) fn field_type(&self, of: &TokenStream) -> TokenStream {
        let field_type = self.private("field_type");
        quote!(#field_type::<#of>())
    }

    /// Lets the compiler check a condition. Each is a constant of its own: the first that fails would hide the others.
    pub(super) fn check(&mut self, at: Span, condition: &TokenStream, message: &str) {
        // A constant outside of an item cannot mention the parameters of the item.
        if self.is_generic() {
            return;
        }
        let condition = with_static_lifetimes(condition.clone());
        // The message is a format string.
        let message = message.replace('{', "{{").replace('}', "}}");
        self.checks.extend(quote_spanned!(at=> const _: () = ::core::assert!(#condition, #message);));
    }

    /// Lets the compiler check that an item is well typed.
    pub(super) fn check_item(&mut self, item: TokenStream) {
        if !self.is_generic() {
            self.checks.extend(with_static_lifetimes(item));
        }
    }

    pub(super) fn checks(&self) -> &TokenStream {
        &self.checks
    }
}

/// The tokens with `'static` for each lifetime.
pub(super) fn with_static_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut is_lifetime = false;
    let tokens = tokens.into_iter().map(|token| {
        let token = match token {
            TokenTree::Ident(ident) if is_lifetime => TokenTree::Ident(Ident::new("static", ident.span())),
            TokenTree::Group(group) => {
                let mut changed =
                    proc_macro2::Group::new(group.delimiter(), with_static_lifetimes(group.stream()));
                changed.set_span(group.span());
                TokenTree::Group(changed)
            }
            token => token,
        };
        is_lifetime = matches!(&token, TokenTree::Punct(tick) if tick.as_char() == '\'' && tick.spacing() == Spacing::Joint);
        token
    });
    tokens.collect()
}

/// A type as it is shown in a message: without the spaces that tokens have between them.
pub(super) fn shown(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let mut shown = String::new();
    let mut last = ' ';
    for letter in text.chars() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        if letter == ' ' {
            last = ' ';
            continue;
        }
        let previous = shown.chars().last().unwrap_or(' ');
        if last == ' ' && ((is_word(previous) && is_word(letter)) || previous == ',') {
            shown.push(' ');
        }
        shown.push(letter);
        last = letter;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_shown_as_people_write_them() {
        let types = [quote!(Option<Ulid>), quote!(a::HashMap<String, &'a dyn Any>), quote!([u8; 16])];
        assert_eq!(
            types.map(|of| shown(&of)),
            ["Option<Ulid>", "a::HashMap<String, &'a dyn Any>", "[u8;16]"]
        );
    }

    #[test]
    fn lifetimes_become_static_at_every_depth() {
        let shown = shown(&with_static_lifetimes(quote!(Cow<'a, (&'b str, char)>)));
        assert_eq!(shown, "Cow<'static, (&'static str, char)>");
    }
}
