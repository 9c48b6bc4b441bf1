//! `type = …`: the words for columns' types.

use super::writer::Writer;
use crate::attributes::{Piece, cut, near, values};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::LitInt;

/// A type as an attribute says it.
pub(super) struct ColumnType {
    /// An expression of the type `schema::Type`.
    pub(super) expression: TokenStream,
    pub(super) kind: &'static str,
}

/// Types without parameters, their variants, and what kind of value they hold.
const PLAIN: &[(&str, &str, &str)] = &[
    ("small_integer", "SmallInteger", "Integer"),
    ("integer", "Integer", "Integer"),
    ("big_integer", "BigInteger", "Integer"),
    ("unsigned_small_integer", "UnsignedSmallInteger", "Integer"),
    ("unsigned_integer", "UnsignedInteger", "Integer"),
    ("unsigned_big_integer", "UnsignedBigInteger", "Integer"),
    ("float", "Float", "Real"),
    ("double", "Double", "Real"),
    ("unconstrained_numeric", "UnconstrainedNumeric", "Decimal"),
    ("unconstrained_string", "UnconstrainedVarchar", "Text"),
    ("text", "Text", "Text"),
    ("boolean", "Boolean", "Boolean"),
    ("date", "Date", "Time"),
    ("time", "Time", "Time"),
    ("timestamp", "Timestamp", "Time"),
    ("timestamp_tz", "TimestampTz", "Time"),
    ("interval", "Interval", "Time"),
    ("binary", "Binary", "Bytes"),
    ("json", "Json", "Json"),
    ("jsonb", "Jsonb", "Json"),
    ("uuid", "Uuid", "Other"),
    ("ulid", "Ulid", "Text"),
];

/// Types with parameters, as they are written.
const WITH_PARAMETERS: &[(&str, &str)] = &[
    ("numeric", "numeric(12, 2)"),
    ("string", "string(50)"),
    ("char", "char(2)"),
    ("array", "array(text)"),
    ("custom", "custom(\"…\")"),
];

/// Names of databases and of other tools.
const ELSEWHERE: &[(&str, &str)] = &[
    ("varchar", "string(50)"),
    ("smallint", "small_integer"),
    ("int", "integer"),
    ("bigint", "big_integer"),
    ("real", "float"),
    ("decimal", "numeric(12, 2)"),
    ("bool", "boolean"),
    ("datetime", "timestamp"),
    ("timestamptz", "timestamp_tz"),
    ("blob", "binary"),
    ("bytea", "binary"),
    ("bytes", "binary"),
    ("citext", "custom(\"citext\")"),
];

/// Reads `type = …`.
pub(super) fn read(piece: &Piece, writer: &mut Writer) -> Option<ColumnType> {
    let tokens = values::value(piece, &mut writer.errors)?;
    one(tokens, writer)
}

fn one(tokens: &TokenStream, writer: &mut Writer) -> Option<ColumnType> {
    let mut parts = tokens.clone().into_iter();
    let (word, list) = match (parts.next(), parts.next(), parts.next()) {
        (Some(TokenTree::Ident(word)), None, None) => (word, None),
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(list)), None) => (word, Some(list.stream())),
        _ => {
            writer.errors.help(
                tokens,
                "this is no type of a column",
                "write a word such as `text`, `string(50)` or `custom(\"…\")`",
            );
            return None;
        }
    };
    let given = word.to_string();
    if let Some((_, variant, kind)) = PLAIN.iter().find(|(known, ..)| *known == given) {
        return plain(&word, list, variant, kind, writer);
    }
    if let Some((_, example)) = WITH_PARAMETERS.iter().find(|(known, _)| *known == given) {
        let read = list.and_then(|list| with_parameters(&word, &list, writer));
        if read.is_none() {
            writer.errors.help(
                tokens,
                format_args!("`{word}` has parameters"),
                format_args!("write `{example}`"),
            );
        }
        return read;
    }
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == given.to_lowercase());
    let help = elsewhere.map_or_else(|| near(&given, known()), |(_, ours)| format!("write `{ours}`"));
    writer.errors.help(&word, format_args!("`{given}` is no type of a column"), help);
    None
}

/// The words for types.
pub(super) fn known() -> impl Iterator<Item = &'static str> + Clone {
    PLAIN.iter().map(|(known, ..)| *known).chain(WITH_PARAMETERS.iter().map(|(known, _)| *known))
}

/// A type without parameters; only times may have one, the digits after the second.
fn plain(
    word: &Ident,
    list: Option<TokenStream>,
    variant: &str,
    kind: &'static str,
    writer: &mut Writer,
) -> Option<ColumnType> {
    let (of, variant) = (writer.schema("Type"), format_ident!("{variant}"));
    let mut expression = quote!(#of::#variant);
    if let Some(list) = list {
        let digits = syn::parse2::<LitInt>(list.clone()).ok();
        let has_digits = kind == "Time" && word != "date" && word != "interval";
        let Some(digits) = digits.filter(|_| has_digits) else {
            writer.errors.help(
                list,
                format_args!("`{word}` has no parameters"),
                format_args!("write `{word}`"),
            );
            return None;
        };
        expression = quote!(#expression.precision(#digits));
    }
    Some(ColumnType { expression, kind })
}

fn with_parameters(word: &Ident, list: &TokenStream, writer: &mut Writer) -> Option<ColumnType> {
    let of = writer.schema("Type");
    let parameters = cut(list.clone(), &mut writer.errors);
    let (expression, kind) = match (word.to_string().as_str(), parameters.as_slice()) {
        ("array", [element]) => {
            let element = one(element, writer)?.expression;
            (quote!(#element.array()), "Other")
        }
        ("custom", [name]) => {
            let name = values::text(word, name, &mut writer.errors)?;
            (quote!(#of::custom(#name)), "Other")
        }
        ("string", [length]) => {
            let length: u32 = values::number(word, length, &mut writer.errors)?;
            (quote!(#of::Varchar(#length)), "Text")
        }
        ("char", [length]) => {
            let length: u32 = values::number(word, length, &mut writer.errors)?;
            (quote!(#of::Char(#length)), "Text")
        }
        ("numeric", [precision, scale]) => {
            let precision: u16 = values::number(word, precision, &mut writer.errors)?;
            let scale: u16 = values::number(word, scale, &mut writer.errors)?;
            (quote!(#of::Numeric(#precision, #scale)), "Decimal")
        }
        _ => return None,
    };
    Some(ColumnType { expression, kind })
}
