//! `default = …`.

use super::writer::Writer;
use crate::attributes::{Piece, values};
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Lit, LitInt, LitStr};

/// A default, and of which kinds of columns it may be one.
pub(super) struct Default {
    /// An expression of what becomes a `schema::Value`.
    pub(super) expression: TokenStream,
    /// How it is called in messages.
    pub(super) name: &'static str,
    /// No kinds: of all.
    pub(super) kinds: &'static [&'static str],
}

/// Reads a literal, `now()` or `sql("…")`.
pub(super) fn read(piece: &Piece, writer: &mut Writer) -> Option<Default> {
    let tokens = values::value(piece, &mut writer.errors)?;
    let read = function(tokens, writer).or_else(|| literal(tokens));
    if read.is_none() && syn::parse2::<LitInt>(tokens.clone()).is_ok() {
        writer.errors.help(
            tokens,
            "no column has a number as large as this",
            "write `sql(\"…\")` if the database has it",
        );
    } else if read.is_none() {
        writer.errors.help(
            tokens,
            "a value that your program computes is no default of the column",
            "write a literal, `now()` or `sql(\"…\")`",
        );
    }
    read
}

fn function(tokens: &TokenStream, writer: &Writer) -> Option<Default> {
    let mut parts = tokens.clone().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(list)), None) =
        (parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    if name == "now" && list.stream().is_empty() {
        let now = writer.schema("now");
        return Some(Default {
            expression: quote!(#now()),
            name: "the current time",
            kinds: &["Time", "Other"],
        });
    }
    let text = syn::parse2::<LitStr>(list.stream()).ok().filter(|_| name == "sql")?;
    let sql = writer.schema("sql");
    Some(Default { expression: quote!(#sql(#text)), name: "an expression", kinds: &[] })
}

fn literal(tokens: &TokenStream) -> Option<Default> {
    let mut parts = tokens.clone().into_iter().peekable();
    let is_negative = matches!(parts.peek(), Some(TokenTree::Punct(minus)) if minus.as_char() == '-');
    if is_negative {
        parts.next();
    }
    let literal = syn::parse2::<Lit>(parts.collect()).ok()?;
    let (expression, name, kinds): (_, _, &[&str]) = match &literal {
        Lit::Int(number) => {
            (integer(tokens, number, is_negative)?, "a number", &["Integer", "Real", "Decimal", "Other"])
        }
        Lit::Float(_) => (tokens.clone(), "a number with a fraction", &["Real", "Decimal", "Other"]),
        _ if is_negative => return None,
        Lit::Str(_) => (tokens.clone(), "a text", &["Text", "Decimal", "Time", "Json", "Other"]),
        Lit::Char(_) => (tokens.clone(), "a text", &["Text", "Other"]),
        Lit::ByteStr(_) => (tokens.clone(), "bytes", &["Bytes", "Other"]),
        Lit::Bool(_) => (tokens.clone(), "true or false", &["Boolean", "Other"]),
        _ => return None,
    };
    Some(Default { expression, name, kinds })
}

/// A whole number as the smallest type that has it; without one, Rust would take it for an `i32`.
fn integer(tokens: &TokenStream, number: &LitInt, is_negative: bool) -> Option<TokenStream> {
    let sign = if is_negative { "-" } else { "" };
    let text = format!("{sign}{}", number.base10_digits());
    if !number.suffix().is_empty() || text.parse::<i32>().is_ok() {
        return Some(tokens.clone());
    }
    let signed = text.parse::<i64>().map(|number| quote!(#number));
    signed.or_else(|_| text.parse::<u64>().map(|number| quote!(#number))).ok()
}
