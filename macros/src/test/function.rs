//! The function below `#[test]`, read without syn's full grammar.

use crate::attributes::Errors;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, Token, Type, Visibility};

/// What the function takes.
pub(super) enum Taken {
    /// A pool, a database and the like.
    Owned(Type),
    /// A connection that is lent: its type.
    Connection(Type),
}

/// An `async fn`.
pub(super) struct Function {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) name: Ident,
    /// All of it but its attributes and its visibility.
    pub(super) item: TokenStream,
    pub(super) should_panic: bool,
    /// What it takes, unless that is wrong.
    pub(super) taken: Option<Taken>,
}

const TAKES: &str = "write `async fn name(pool: SqlitePool)`, or take a `PgPool`, a `MySqlPool`, a `PoolConnection`, a \
                     `Transaction<'_, Sqlite>`, a `&mut SqliteConnection` or a `Database<Sqlite>`";

impl Function {
    /// Reads the item; `None` if it is no function.
    pub(super) fn read(item: &TokenStream, errors: &mut Errors) -> Option<Self> {
        let read = (|input: ParseStream<'_>| Self::parse(input, errors)).parse2(item.clone()).ok();
        if read.is_none() {
            errors.help(item, "`#[test]` is for a function", "write it above an `async fn`");
        }
        read
    }

    fn parse(input: ParseStream<'_>, errors: &mut Errors) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let asynchronous: Option<Token![async]> = input.parse()?;
        let fn_token: Token![fn] = input.parse()?;
        let name: Ident = input.parse()?;
        let rest: TokenStream = input.parse()?;
        let item = quote!(#asynchronous #fn_token #name #rest);
        if asynchronous.is_none() {
            errors.help(
                fn_token,
                "a test with a database is an `async fn`",
                format_args!("write `async fn {name}`, or `#[test]` of the standard library for a test without a database"),
            );
        }
        let taken = taken(&name, rest, errors);
        let should_panic = attributes.iter().any(|attribute| attribute.path().is_ident("should_panic"));
        Ok(Self { attributes, visibility, name, item, should_panic, taken })
    }
}

/// What stands in the parentheses.
fn taken(name: &Ident, rest: TokenStream, errors: &mut Errors) -> Option<Taken> {
    let list = match rest.into_iter().next() {
        Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Parenthesis => list.stream(),
        other => {
            errors.help(other, "a test has no generic parameters", TAKES);
            return None;
        }
    };
    let Ok(mut types) = types.parse2(list.clone()) else {
        errors.help(list, format_args!("this is nothing that `{name}` can take"), TAKES);
        return None;
    };
    if types.len() > 1 {
        let count = types.len();
        errors.help(
            list,
            format_args!("`{name}` takes {count} arguments, and a test has one database"),
            TAKES,
        );
        return None;
    }
    match types.pop() {
        Some(Type::Reference(lent)) if lent.mutability.is_some() => Some(Taken::Connection(*lent.elem)),
        Some(owned) => Some(Taken::Owned(owned)),
        None => {
            errors.help(name, format_args!("`{name}` takes no database"), TAKES);
            None
        }
    }
}

/// The types of the arguments of a function.
fn types(input: ParseStream<'_>) -> syn::Result<Vec<Type>> {
    let mut types = Vec::new();
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        // The pattern, which may be a name with `mut`.
        while !input.peek(Token![:]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Token![:]>()?;
        types.push(input.parse()?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(types)
}
