//! Keys of indexes and of exclusion constraints: `a`, `b.desc()`, `sql("lower(c)")`.

use super::fields::Fields;
use super::writer::Writer;
use crate::attributes::{Words, near, values};
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::LitStr;

/// Methods of a key.
pub(super) const METHODS: [&str; 6] = ["asc", "desc", "nulls", "collate", "operator_class", "mysql_length"];

/// A key that is written.
pub(super) struct Key {
    pub(super) expression: TokenStream,
    /// Whether it is the name of a column and nothing else.
    pub(super) is_name: bool,
}

/// The field that is named by these tokens; words are those that may stand beside it.
pub(super) fn field(
    tokens: &TokenStream,
    words: &Words,
    fields: &Fields,
    writer: &mut Writer,
) -> Option<TokenStream> {
    if let Ok(name) = syn::parse2::<Ident>(tokens.clone()) {
        return named(&name, words, fields, writer);
    }
    tell_no_field(tokens, words, writer);
    None
}

fn named(name: &Ident, words: &Words, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    // What is nearer to a word than to a field is that word, misspelt.
    let given = values::plain(name);
    let is_near = |known: &mut dyn Iterator<Item = &str>| {
        let known: Vec<String> = known.map(ToOwned::to_owned).collect();
        near(&given, known.iter().map(String::as_str)).starts_with("write ")
    };
    let is_field = fields.named(name).is_some();
    let names = || fields.columns.iter().flat_map(|field| [field.name.as_str(), field.column.as_str()]);
    let is_word = words.elsewhere.iter().any(|(other, _)| *other == given)
        || (is_near(&mut words.known.iter().copied()) && !is_near(&mut names()));
    if !is_field && is_word && fields.flattened.is_empty() {
        words.unknown(name, &mut writer.errors);
        return None;
    }
    fields.column_of(name, writer)
}

fn tell_no_field(tokens: &TokenStream, words: &Words, writer: &mut Writer) {
    let help = match syn::parse2::<LitStr>(tokens.clone()) {
        Ok(text) => format!("write it without quotes: `{}`", text.value()),
        Err(_) => "write the name of a field".to_owned(),
    };
    writer.errors.help(tokens, format_args!("{} lists fields", words.of), help);
}

/// Reads a key.
pub(super) fn key(tokens: &TokenStream, words: &Words, fields: &Fields, writer: &mut Writer) -> Option<Key> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let [TokenTree::Ident(first), rest @ ..] = all.as_slice() else {
        tell_no_field(tokens, words, writer);
        return None;
    };
    let function = writer.schema("key");
    let (of, rest) = match rest {
        [TokenTree::Group(list), rest @ ..] if first == "sql" => {
            let text = values::text(first, &list.stream(), &mut writer.errors)?;
            let sql = writer.schema("sql");
            (quote!(#sql(#text)), rest)
        }
        _ => (named(first, words, fields, writer)?, rest),
    };
    if rest.is_empty() && first != "sql" {
        return Some(Key { expression: of, is_name: true });
    }
    let calls = calls(rest, writer)?;
    Some(Key { expression: quote!(#function(#of)#calls), is_name: false })
}

/// `.desc().nulls(last)`.
fn calls(tokens: &[TokenTree], writer: &mut Writer) -> Option<TokenStream> {
    let mut calls = TokenStream::new();
    let mut rest = tokens;
    loop {
        match rest {
            [] => return Some(calls),
            [TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(list), others @ ..]
                if dot.as_char() == '.' =>
            {
                calls.extend(call(method, list, writer)?);
                rest = others;
            }
            [TokenTree::Punct(dot), TokenTree::Ident(method), ..] if dot.as_char() == '.' => {
                writer.errors.help(
                    method,
                    format_args!("`{method}` is a method of a key"),
                    format_args!("write `.{method}()`"),
                );
                return None;
            }
            [other, ..] => {
                writer.errors.help(
                    other,
                    "a key is a field with methods",
                    "write `a`, `a.desc()` or `sql(\"lower(a)\")`",
                );
                return None;
            }
        }
    }
}

fn call(method: &Ident, list: &Group, writer: &mut Writer) -> Option<TokenStream> {
    let argument = list.stream();
    let name = method.to_string();
    let argument = match name.as_str() {
        "asc" | "desc" if argument.is_empty() => TokenStream::new(),
        "asc" | "desc" => {
            writer.errors.help(argument, format_args!("`.{name}()` has no argument"), "leave it out");
            return None;
        }
        "nulls" => {
            let index = values::one_of(method, &argument, &["first", "last"], &mut writer.errors)?;
            let (nulls, position) =
                (writer.schema("Nulls"), format_ident!("{}", if index == 0 { "First" } else { "Last" }));
            quote!(#nulls::#position)
        }
        "collate" | "operator_class" => {
            let text = values::text(method, &argument, &mut writer.errors)?;
            quote!(#text)
        }
        "mysql_length" => {
            let length: u32 = values::number(method, &argument, &mut writer.errors)?;
            quote!(#length)
        }
        _ => {
            writer.errors.help(
                method,
                format_args!("a key has no `.{name}()`"),
                near(&name, METHODS.iter().copied()).replace("write `", "write `."),
            );
            return None;
        }
    };
    Some(quote!(.#method(#argument)))
}

/// Keys as an array: of names where they are no more than that.
pub(super) fn array(keys: &[Key], writer: &Writer) -> TokenStream {
    let function = writer.schema("key");
    let all_names = keys.iter().all(|key| key.is_name);
    let keys = keys.iter().map(|Key { expression, is_name }| {
        if *is_name && !all_names { quote!(#function(#expression)) } else { expression.clone() }
    });
    quote!([#(#keys),*])
}
