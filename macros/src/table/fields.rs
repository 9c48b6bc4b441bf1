//! The fields of a struct, and which columns they are.

use super::writer::{Writer, shown};
use crate::attributes::{Form, Piece, in_attributes, near, sqlx, values};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::collections::HashMap;
use syn::{Attribute, Expr, Lit, Meta};

/// A field that is a column, or a struct whose columns are added.
pub(super) struct Field {
    pub(super) ident: Ident,
    /// Its name without `r#`.
    pub(super) name: String,
    /// The type of the field.
    pub(super) rust_type: TokenStream,
    /// The type that decides about the column: `Json<…>`, what `try_from` names, or else that of the field.
    pub(super) stored_type: TokenStream,
    pub(super) column: String,
    /// What its `#[column(…)]` say.
    pub(super) pieces: Vec<Piece>,
    pub(super) is_json: bool,
    /// Its doc comment.
    pub(super) docs: Option<String>,
}

/// All of them.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) columns: Vec<Field>,
    /// The types of the structs whose columns are added.
    pub(super) flattened: Vec<TokenStream>,
    skipped: Vec<String>,
}

impl Fields {
    /// Reads the fields of a struct.
    pub(super) fn read(fields: &syn::Fields, container: &sqlx::Container, writer: &mut Writer) -> Self {
        let mut read = Self::default();
        for field in fields {
            let Some(ident) = &field.ident else { continue };
            let pieces = in_attributes(&field.attrs, "column", &mut writer.errors);
            let sqlx = sqlx::member(&field.attrs);
            let has = |word: &str| pieces.iter().find(|piece| piece.word == word).map(|piece| &piece.word);
            let skip = sqlx.skip.as_ref().or(has("skip"));
            let flatten = sqlx.flatten.as_ref().or(has("flatten"));
            if let Some(word) = skip.or(flatten) {
                alone(word, &pieces, writer);
                if skip.is_some() {
                    read.skipped.push(values::plain(ident));
                } else {
                    read.flattened.push(field.ty.to_token_stream());
                }
                continue;
            }
            let column = column_name(ident, container, &sqlx, &pieces, writer);
            let stored_type = stored_type(&field.ty, &sqlx, &pieces, writer);
            read.columns.push(Field {
                ident: ident.clone(),
                name: values::plain(ident),
                rust_type: field.ty.to_token_stream(),
                stored_type,
                column,
                is_json: sqlx.json.is_some() || has("json").is_some(),
                pieces,
                docs: docs(&field.attrs),
            });
        }
        read.tell_columns_with_the_same_name(writer);
        read
    }

    fn tell_columns_with_the_same_name(&self, writer: &mut Writer) {
        let mut known: HashMap<&str, &Field> = HashMap::new();
        for field in &self.columns {
            match known.get(field.column.as_str()) {
                Some(first) => writer.errors.at(
                    &field.ident,
                    format_args!(
                        "`{}` and `{}` are both the column `{}`",
                        first.name, field.name, field.column
                    ),
                ),
                None => {
                    known.insert(&field.column, field);
                }
            }
        }
    }

    /// The field of this name.
    pub(super) fn named(&self, name: &Ident) -> Option<&Field> {
        let name = values::plain(name);
        self.columns.iter().find(|field| field.name == name)
    }

    /// The column of a field that an attribute names: a literal, or for one that is flattened a constant.
    pub(super) fn column_of(&self, name: &Ident, writer: &mut Writer) -> Option<TokenStream> {
        if let Some(field) = self.named(name) {
            let column = &field.column;
            return Some(quote!(#column));
        }
        let given = values::plain(name);
        let message = format!("there is no field `{given}`");
        if let Some(field) = self.columns.iter().find(|field| field.column == given) {
            writer.errors.help(
                name,
                format_args!("`{given}` is a column, and fields are named here"),
                format_args!("write `{}`", field.name),
            );
        } else if self.skipped.contains(&given) {
            writer.errors.help(
                name,
                format_args!("the field `{given}` is no column: it is skipped"),
                "leave it out here",
            );
        } else if !self.flattened.is_empty() {
            let (this, krate) = (writer.this.clone(), writer.krate.clone());
            let fields = quote!(<#this as #krate::Model>::FIELDS);
            let (has_field, column_of) = (writer.private("has_field"), writer.private("column_of"));
            writer.check(name.span(), &quote!(#has_field(#fields, #given)), &message);
            return Some(quote!(const { #column_of(<Self as #krate::Model>::FIELDS, #given) }));
        } else {
            writer.errors.help(
                name,
                message,
                near(&given, self.columns.iter().map(|field| field.name.as_str())),
            );
        }
        None
    }
}

/// A field that is skipped or flattened has no other attributes.
fn alone(word: &Ident, pieces: &[Piece], writer: &mut Writer) {
    for piece in pieces {
        if piece.word == *word {
            values::is_alone(piece, &mut writer.errors);
        } else {
            writer.errors.help(
                &piece.word,
                format_args!("the field is no column: it has `{word}`"),
                "leave this out",
            );
        }
    }
}

/// The name of a field's column, on which sqlx has the first word.
fn column_name(
    ident: &Ident,
    container: &sqlx::Container,
    sqlx: &sqlx::Member,
    pieces: &[Piece],
    writer: &mut Writer,
) -> String {
    let name = values::plain(ident);
    let by_sqlx = sqlx.rename.as_ref().map(syn::LitStr::value);
    let by_sqlx = by_sqlx.or_else(|| container.rename_all.map(|case| case.of(&name)));
    let piece = pieces.iter().find(|piece| piece.word == "name");
    let Some(piece) = piece else { return by_sqlx.unwrap_or(name) };
    let Some(tokens) = values::value(piece, &mut writer.errors) else { return name };
    let Some(given) = values::text(&piece.word, tokens, &mut writer.errors) else { return name };
    match by_sqlx {
        Some(by_sqlx) if by_sqlx != given.value() => {
            writer.errors.help(
                &given,
                format_args!("the column is `{by_sqlx}` for sqlx and `{}` here", given.value()),
                "leave this out; `#[sqlx(rename = …)]` is understood",
            );
            by_sqlx
        }
        _ => given.value(),
    }
}

/// The type that the database has of a field.
fn stored_type(of: &syn::Type, sqlx: &sqlx::Member, pieces: &[Piece], writer: &mut Writer) -> TokenStream {
    let krate = &writer.krate;
    if let Some(json) = pieces.iter().find(|piece| piece.word == "json") {
        let is_alone = match &json.form {
            Form::List(tokens) => tokens.to_string() == "nullable",
            Form::Word | Form::Value(_) => values::is_alone(json, &mut writer.errors),
        };
        if is_alone && matches!(json.form, Form::List(_)) {
            return quote!(::core::option::Option<#krate::Json<#of>>);
        }
        return quote!(#krate::Json<#of>);
    }
    match (&sqlx.json, &sqlx.try_from) {
        (Some((_, true)), _) => quote!(::core::option::Option<#krate::Json<#of>>),
        (Some((_, false)), _) => quote!(#krate::Json<#of>),
        (None, Some(read)) => quote!(#read),
        (None, None) => quote!(#of),
    }
}

/// The doc comment.
pub(super) fn docs(attributes: &[Attribute]) -> Option<String> {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Whether the last part of a type is `Option`, where no trait can be asked.
pub(super) fn is_option(of: &TokenStream) -> bool {
    let shown = shown(of);
    let before = shown.split('<').next().unwrap_or_default();
    before == "Option" || before.ends_with("::Option")
}
