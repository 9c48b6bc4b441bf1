//! The constraints and indexes in `#[table(…)]`, as calls of the builder.

use super::fields::{Field, Fields};
use super::keys::{self, Key};
use super::references::{self, Reference};
use super::words::{CHECK, EXCLUDE, FOREIGN_KEY, INDEX, PRIMARY_KEY, UNIQUE};
use super::writer::{Writer, shown};
use crate::attributes::{Form, Piece, Words, cut, values};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// A list of fields or keys, followed by options.
struct List {
    items: Vec<TokenStream>,
    options: Vec<Piece>,
}

/// Options that stand by themselves.
const WITHOUT_VALUE: [&str; 2] = ["unique", "nulls_not_distinct"];

/// Writes a constraint or an index; one that is wrong is told and left out.
pub(super) fn write(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let part = match piece.word.to_string().as_str() {
        "primary_key" => primary_key(piece, fields, writer),
        "unique" => unique(piece, fields, writer),
        "index" => index(piece, fields, writer),
        "check" => check(piece, writer),
        "foreign_key" => foreign_key(piece, fields, writer),
        _ => exclude(piece, fields, writer),
    };
    part.map(|part| quote!(.with(#part)))
}

/// Tells items and options apart: an option is one of the words, or has a value. A field may be called `name`, as an option is.
fn list(piece: &Piece, words: &Words, fields: &Fields, writer: &mut Writer) -> Option<List> {
    let Form::List(tokens) = &piece.form else {
        let of = words.of.trim_matches('`').replace('…', "a, b");
        writer.errors.help(
            &piece.word,
            format_args!("`{}` has a list of fields", piece.word),
            format_args!("write `{of}`"),
        );
        return None;
    };
    let mut list = List { items: Vec::new(), options: Vec::new() };
    for item in cut(tokens.clone(), &mut writer.errors) {
        let mut parts = item.clone().into_iter();
        let is_option = match (parts.next(), parts.next()) {
            (Some(TokenTree::Ident(word)), next) => is_option(&word, next.as_ref(), words, fields),
            _ => false,
        };
        if is_option {
            list.options.extend(Piece::read(item, &mut writer.errors));
        } else {
            list.items.push(item);
        }
    }
    if list.items.is_empty() && piece.word != "check" {
        writer.errors.help(&piece.word, format_args!("{} lists no field", words.of), "name its fields");
        return None;
    }
    Some(list)
}

/// Whether an option begins with this word and what follows it.
fn is_option(word: &Ident, next: Option<&TokenTree>, words: &Words, fields: &Fields) -> bool {
    let is_known = words.known.contains(&word.to_string().as_str());
    match next {
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => is_known || words.of != EXCLUDE.of,
        // A key with more about it: `name.desc()`.
        Some(TokenTree::Punct(_)) => false,
        Some(_) => is_known,
        None => {
            is_known && (WITHOUT_VALUE.contains(&word.to_string().as_str()) || fields.named(word).is_none())
        }
    }
}

/// The columns of fields; nothing when one is wrong.
fn columns(
    items: &[TokenStream],
    words: &Words,
    fields: &Fields,
    writer: &mut Writer,
) -> Option<Vec<TokenStream>> {
    // All of them are looked at before one that is wrong ends it.
    let columns: Vec<_> = items.iter().map(|item| keys::field(item, words, fields, writer)).collect();
    columns.into_iter().collect()
}

/// What options are in general: a text, a word, or something that only one of them has.
fn option(piece: &Piece, words: &Words, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let word = &piece.word;
    if !words.known.contains(&word.to_string().as_str()) {
        words.unknown(word, &mut writer.errors);
        return None;
    }
    let argument = match word.to_string().as_str() {
        "name" | "filter" | "using" => {
            let tokens = values::value(piece, &mut writer.errors)?;
            let text = values::text(word, tokens, &mut writer.errors)?;
            quote!(#text)
        }
        known if WITHOUT_VALUE.contains(&known) => {
            values::is_alone(piece, &mut writer.errors).then(TokenStream::new)?
        }
        "deferrable" => references::deferrable(piece, writer)?,
        "matching" => references::matching(piece, writer)?,
        "on_delete" | "on_update" => references::action(piece, writer)?.0,
        "include" => {
            let items = list(piece, words, fields, writer)?.items;
            let columns = columns(&items, words, fields, writer)?;
            quote!([#(#columns),*])
        }
        // `references`, which the foreign key reads.
        _ => return None,
    };
    Some(quote!(.#word(#argument)))
}

fn options(given: &[Piece], words: &Words, fields: &Fields, writer: &mut Writer) -> TokenStream {
    given.iter().filter_map(|piece| option(piece, words, fields, writer)).collect()
}

fn primary_key(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let list = list(piece, &PRIMARY_KEY, fields, writer)?;
    let columns = columns(&list.items, &PRIMARY_KEY, fields, writer);
    let options = options(&list.options, &PRIMARY_KEY, fields, writer);
    for (name, field) in fields_with_own_type(&list.items, fields) {
        let message = format!("a primary key cannot be null, and `{}` can", shown(&field.rust_type));
        let field_type = writer.field_type(&field.stored_type);
        writer.check(name.span(), &quote!(!#field_type.is_nullable()), &message);
    }
    let (function, columns) = (writer.schema("primary_key"), columns?);
    Some(quote!(#function([#(#columns),*])#options))
}

/// The fields of a list whose columns have the types of the fields; others say themselves whether they can be null.
fn fields_with_own_type<'a>(items: &[TokenStream], fields: &'a Fields) -> Vec<(Ident, &'a Field)> {
    let names = items.iter().filter_map(|item| syn::parse2::<Ident>(item.clone()).ok());
    let fields = names.filter_map(|name| fields.named(&name).map(|field| (name, field)));
    fields.filter(|(_, field)| !field.pieces.iter().any(|piece| piece.word == "type")).collect()
}

fn unique(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let list = list(piece, &UNIQUE, fields, writer)?;
    let columns = columns(&list.items, &UNIQUE, fields, writer);
    let options = options(&list.options, &UNIQUE, fields, writer);
    let (function, columns) = (writer.schema("unique"), columns?);
    Some(quote!(#function([#(#columns),*])#options))
}

fn index(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let list = list(piece, &INDEX, fields, writer)?;
    let keys: Vec<_> = list.items.iter().map(|item| keys::key(item, &INDEX, fields, writer)).collect();
    let options = options(&list.options, &INDEX, fields, writer);
    let keys: Vec<Key> = keys.into_iter().collect::<Option<_>>()?;
    let (function, keys) = (writer.schema("index"), keys::array(&keys, writer));
    Some(quote!(#function(#keys)#options))
}

fn check(piece: &Piece, writer: &mut Writer) -> Option<TokenStream> {
    let (condition, options) = if let Form::Value(condition) = &piece.form {
        (condition.clone(), Vec::new())
    } else {
        let mut list = list(piece, &CHECK, &Fields::default(), writer)?;
        if list.items.len() != 1 {
            writer.errors.help(
                &piece.word,
                "a check has one condition",
                "write `check(\"total >= 0\", name = \"…\")`",
            );
            return None;
        }
        (list.items.pop()?, list.options)
    };
    let condition = values::text(&piece.word, &condition, &mut writer.errors);
    let options = self::options(&options, &CHECK, &Fields::default(), writer);
    let (function, condition) = (writer.schema("check"), condition?);
    Some(quote!(#function(#condition)#options))
}

fn foreign_key(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let list = list(piece, &FOREIGN_KEY, fields, writer)?;
    let columns = columns(&list.items, &FOREIGN_KEY, fields, writer);
    let options = options(&list.options, &FOREIGN_KEY, fields, writer);
    check_set_null(&list, fields, writer);
    let Some(references) = list.options.iter().find(|option| option.word == "references") else {
        writer.errors.help(
            &piece.word,
            "the foreign key does not say what it refers to",
            "add `references(Order::year, Order::number)`",
        );
        return None;
    };
    let (table, referred) = referred(references, &list.items, fields, writer)?;
    let columns = columns?;
    if referred.len() != columns.len() {
        writer.errors.at(
            &references.word,
            format_args!(
                "the foreign key has {} and refers to {}",
                counted(columns.len(), "field"),
                counted(referred.len(), "column")
            ),
        );
        return None;
    }
    let function = writer.schema("foreign_key");
    Some(quote!(#function([#(#columns),*], #table, [#(#referred),*])#options))
}

/// Columns that an action sets to null must be able to be null.
fn check_set_null(list: &List, fields: &Fields, writer: &mut Writer) {
    let sets_null = |option: &&Piece| {
        (option.word == "on_delete" || option.word == "on_update")
            && option.behind().to_string() == "set_null"
    };
    for option in list.options.iter().filter(sets_null) {
        for (_, field) in fields_with_own_type(&list.items, fields) {
            let of = shown(&field.rust_type);
            let message = format!(
                "`{} = set_null` needs columns that can be null, and `{}` cannot\nhelp: make the field an `Option<{of}>`",
                option.word, field.name
            );
            let field_type = writer.field_type(&field.stored_type);
            writer.check(values::start(&option.behind()), &quote!(#field_type.is_nullable()), &message);
        }
    }
}

fn counted(number: usize, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}

/// The table and the columns of `references(Order::year, Order::number)` or of `references("orders", ["year", "number"])`.
fn referred(
    piece: &Piece,
    from: &[TokenStream],
    fields: &Fields,
    writer: &mut Writer,
) -> Option<(TokenStream, Vec<TokenStream>)> {
    let Form::List(list) = &piece.form else {
        writer.errors.help(
            &piece.word,
            "`references` has a list",
            "write `references(Order::year, Order::number)`",
        );
        return None;
    };
    let items = cut(list.clone(), &mut writer.errors);
    if matches!(items.first().and_then(|item| item.clone().into_iter().next()), Some(TokenTree::Literal(_))) {
        return named_in_text(piece, &items, writer);
    }
    let read: Vec<_> = items.iter().map(|item| Reference::field(item, writer)).collect();
    let read: Vec<Reference> = read.into_iter().collect::<Option<_>>()?;
    let first = read.first()?.table(writer);
    if let Some((other, _)) =
        items.iter().zip(&read).find(|(_, reference)| shown(&reference.table(writer)) != shown(&first))
    {
        writer.errors.help(other, "a foreign key refers to one table", "name fields of one model");
        return None;
    }
    for (reference, from) in read.iter().zip(from) {
        let field = syn::parse2::<Ident>(from.clone()).ok().and_then(|name| fields.named(&name));
        if let Some(field) = field {
            let has_type = field.pieces.iter().any(|piece| piece.word == "type");
            reference.check(field, !has_type, writer);
        }
    }
    Some((first, read.iter().map(|reference| reference.column(writer)).collect()))
}

/// `"orders", ["year", "number"]`, with a schema before them or without.
fn named_in_text(
    piece: &Piece,
    items: &[TokenStream],
    writer: &mut Writer,
) -> Option<(TokenStream, Vec<TokenStream>)> {
    if let [tables @ .., columns] = items
        && let Ok(TokenTree::Group(columns)) = syn::parse2::<TokenTree>(columns.clone())
    {
        let columns = cut(columns.stream(), &mut writer.errors);
        let texts = tables
            .iter()
            .chain(&columns)
            .filter_map(|text| values::text(&piece.word, text, &mut writer.errors));
        let has_all = texts.count() == tables.len() + columns.len();
        match tables {
            [table] if has_all => return Some((table.clone(), columns)),
            [schema, table] if has_all => return Some((quote!((#schema, #table)), columns)),
            _ => {}
        }
    }
    writer.errors.help(
        &piece.word,
        "this names no columns of a table",
        "write `references(\"orders\", [\"year\", \"number\"])`",
    );
    None
}

fn exclude(piece: &Piece, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let list = list(piece, &EXCLUDE, fields, writer)?;
    let elements: Vec<_> = list.items.iter().map(|item| element(item, fields, writer)).collect();
    let options = options(&list.options, &EXCLUDE, fields, writer);
    let elements: Vec<TokenStream> = elements.into_iter().collect::<Option<_>>()?;
    let function = writer.schema("exclusion");
    Some(quote!(#function([#(#elements),*])#options))
}

/// `a = "&&"`: a key and its operator.
fn element(tokens: &TokenStream, fields: &Fields, writer: &mut Writer) -> Option<TokenStream> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_equals = |token: &TokenTree| matches!(token, TokenTree::Punct(equals) if equals.as_char() == '=');
    let Some((left, right)) = all.iter().position(is_equals).map(|at| (all.get(..at), all.get(at + 1..)))
    else {
        writer.errors.help(tokens, "an operator is missing", "write `a = \"&&\"`");
        return None;
    };
    let left: TokenStream = left?.iter().cloned().collect();
    let right: TokenStream = right?.iter().cloned().collect();
    let key = keys::key(&left, &EXCLUDE, fields, writer);
    let operator = values::text(&format_ident!("a"), &right, &mut writer.errors);
    let (function, key, operator) = (writer.schema("key"), key?, operator?);
    let expression = key.expression;
    let expression = if key.is_name { quote!(#function(#expression)) } else { expression };
    Some(quote!((#expression, #operator)))
}
