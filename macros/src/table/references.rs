//! Which column of which table a foreign key refers to, and what happens with it.

use super::fields::Field;
use super::writer::Writer;
use crate::attributes::{Errors, Form, Piece, cut, values};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::LitStr;

const ACTIONS: [&str; 5] = ["no_action", "restrict", "cascade", "set_null", "set_default"];
const EXAMPLE: &str =
    "write `references = User::id`, or `references(\"users\", \"id\")` for a table without a model";

/// What is referred to.
pub(super) enum Reference {
    /// `User::id`: a field of a model.
    Field { model: TokenStream, field: Ident, path: TokenStream },
    /// `"users", "id"`.
    Column { schema: Option<LitStr>, table: LitStr, column: LitStr },
}

impl Reference {
    /// Reads `references = User::id`, `references("users", "id")` or `references("shop", "users", "id")`.
    pub(super) fn of_column(piece: &Piece, writer: &mut Writer) -> Option<Self> {
        match &piece.form {
            Form::Value(path) => Self::field(path, writer),
            Form::List(list) => {
                let texts = cut(list.clone(), &mut writer.errors);
                let texts: Option<Vec<LitStr>> =
                    texts.into_iter().map(|text| syn::parse2(text).ok()).collect();
                let read = match texts.as_deref() {
                    Some([table, column]) => {
                        Some(Self::Column { schema: None, table: table.clone(), column: column.clone() })
                    }
                    Some([schema, table, column]) => Some(Self::Column {
                        schema: Some(schema.clone()),
                        table: table.clone(),
                        column: column.clone(),
                    }),
                    _ => None,
                };
                if read.is_none() {
                    writer.errors.help(&piece.word, "a table and its column are texts", EXAMPLE);
                }
                read
            }
            Form::Word => {
                writer.errors.help(&piece.word, "it does not say what it refers to", EXAMPLE);
                None
            }
        }
    }

    /// Reads `User::id`.
    pub(super) fn field(path: &TokenStream, writer: &mut Writer) -> Option<Self> {
        let tokens: Vec<TokenTree> = path.clone().into_iter().collect();
        let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(colon) if colon.as_char() == ':');
        if let [model @ .., first, second, TokenTree::Ident(field)] = tokens.as_slice()
            && is_colon(first)
            && is_colon(second)
        {
            let model = match model {
                [TokenTree::Ident(own)] if own == "Self" => writer.this.clone(),
                _ => model.iter().cloned().collect(),
            };
            if syn::parse2::<syn::Type>(model.clone()).is_ok() {
                return Some(Self::Field { model, field: field.clone(), path: path.clone() });
            }
        }
        let help = if tokens.len() == 1 && matches!(tokens.first(), Some(TokenTree::Ident(_))) {
            format!("name the field too: `references = {path}::id`")
        } else {
            EXAMPLE.to_owned()
        };
        writer.errors.help(path, "this names no field of a model", help);
        None
    }

    /// The table, as what becomes a `TableName`.
    pub(super) fn table(&self, writer: &Writer) -> TokenStream {
        match self {
            Self::Field { model, .. } => {
                let table_name = writer.private("table_name");
                quote!(#table_name::<#model>())
            }
            Self::Column { schema: Some(schema), table, .. } => quote!((#schema, #table)),
            Self::Column { schema: None, table, .. } => table.to_token_stream(),
        }
    }

    /// The column, as a text.
    pub(super) fn column(&self, writer: &Writer) -> TokenStream {
        match self {
            Self::Field { model, field, .. } => {
                let (column_of, krate) = (writer.private("column_of"), &writer.krate);
                let field = values::plain(field);
                quote!(const { #column_of(<#model as #krate::Model>::FIELDS, #field) })
            }
            Self::Column { column, .. } => column.to_token_stream(),
        }
    }

    /// Lets the compiler check that the field exists, and that its type is that of the referring one, `Option` or not.
    pub(super) fn check(&self, from: &Field, is_type_known: bool, writer: &mut Writer) {
        let Self::Field { model, field, path } = self else { return };
        let krate = &writer.krate;
        let at = values::start(path);
        let item = if is_type_known {
            let of = &from.stored_type;
            quote_spanned!(at=> const _: fn(&'static #model) -> &'static <#of as #krate::ColumnType>::Plain = |model| &model.#field;)
        } else {
            quote_spanned!(at=> const _: fn(&#model) = |model| { let _ = &model.#field; };)
        };
        writer.check_item(item);
    }
}

/// An action by its word; and whether it sets null.
pub(super) fn action(piece: &Piece, writer: &mut Writer) -> Option<(TokenStream, bool)> {
    let tokens = values::value(piece, &mut writer.errors)?;
    let variants = ["NoAction", "Restrict", "Cascade", "SetNull", "SetDefault"];
    let index = values::one_of(&piece.word, tokens, &ACTIONS, &mut writer.errors)?;
    let variant = format_ident!("{}", variants.get(index)?);
    let action = writer.schema("ForeignKeyAction");
    Some((quote!(#action::#variant), *variants.get(index)? == "SetNull"))
}

/// `matching = full` or `simple`.
pub(super) fn matching(piece: &Piece, writer: &mut Writer) -> Option<TokenStream> {
    let matching = writer.schema("ForeignKeyMatch");
    let words = [("full", quote!(#matching::Full)), ("simple", quote!(#matching::Simple))];
    by_word(piece, words, &mut writer.errors)
}

/// `deferrable = deferred` or `immediate`.
pub(super) fn deferrable(piece: &Piece, writer: &mut Writer) -> Option<TokenStream> {
    let deferrability = writer.schema("Deferrability");
    let words =
        [("deferred", quote!(#deferrability::Deferred)), ("immediate", quote!(#deferrability::Immediate))];
    by_word(piece, words, &mut writer.errors)
}

/// What one of two words stands for.
pub(super) fn by_word(
    piece: &Piece,
    words: [(&str, TokenStream); 2],
    errors: &mut Errors,
) -> Option<TokenStream> {
    let tokens = values::value(piece, errors)?;
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let index = values::one_of(&piece.word, tokens, &known, errors)?;
    words.into_iter().nth(index).map(|(_, meaning)| meaning)
}
