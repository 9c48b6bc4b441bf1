//! `#[column(…)]`: a column as calls of the builder.

use super::fields::{Field, is_option};
use super::references::{self, Reference};
use super::words::COLUMN;
use super::writer::{Writer, shown};
use super::{defaults, types};
use crate::attributes::{Form, Piece, pieces, values};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use std::collections::HashSet;
use types::ColumnType;

/// A column that is written.
pub(super) struct Written {
    /// An expression of the type `schema::Column`.
    pub(super) expression: TokenStream,
    /// A foreign key that a column cannot hold.
    pub(super) foreign_key: Option<TokenStream>,
    pub(super) renamed_from: Option<TokenStream>,
    /// Whether the Rust type decides about the column, so that it must be one.
    pub(super) is_type_known: bool,
    /// The word, where the column is the primary key or a part of it.
    pub(super) primary_key: Option<Ident>,
}

/// What has been read of a column.
struct Reading<'a> {
    field: &'a Field,
    calls: TokenStream,
    /// `type = …`, for all databases.
    of: Option<(Ident, ColumnType)>,
    length: Option<(Ident, u32)>,
    precision: Option<(Ident, u16)>,
    scale: Option<(Ident, u16)>,
    nullable: Option<Ident>,
    primary_key: Option<Ident>,
    reference: Option<Reference>,
    /// Calls that belong to the foreign key, with their words.
    of_key: Vec<(Ident, TokenStream)>,
    sets_null: Vec<(Span, Ident)>,
    default: Option<(Ident, defaults::Default)>,
    generated: Option<Ident>,
    renamed_from: Option<TokenStream>,
    /// Words that are for some kinds of columns only, which are checked when the type has been read.
    rules: Vec<(Ident, &'static [&'static str], &'static str)>,
}

/// Writes the column of a field.
pub(super) fn write(field: &Field, writer: &mut Writer) -> Written {
    let mut reading = Reading {
        field,
        calls: TokenStream::new(),
        of: None,
        length: None,
        precision: None,
        scale: None,
        nullable: None,
        primary_key: None,
        reference: None,
        of_key: Vec::new(),
        sets_null: Vec::new(),
        default: None,
        generated: None,
        renamed_from: None,
        rules: Vec::new(),
    };
    let mut seen = HashSet::new();
    for piece in &field.pieces {
        let word = piece.word.to_string();
        if word != "check" && !seen.insert(word.clone()) {
            writer.errors.help(&piece.word, format_args!("`{word}` stands here twice"), "leave one out");
            continue;
        }
        reading.piece(&word, piece, writer);
    }
    reading.finish(writer)
}

impl Reading<'_> {
    fn piece(&mut self, word: &str, piece: &Piece, writer: &mut Writer) {
        match word {
            // The fields have read these.
            "name" | "json" => {}
            "primary_key" | "autoincrement" | "unique" | "index" | "nullable" => {
                self.word(word, piece, writer);
            }
            "length" | "precision" | "scale" => self.number(word, piece, writer),
            "type" => self.of = types::read(piece, writer).map(|of| (piece.word.clone(), of)),
            "sqlite" | "postgres" | "mysql" => self.on_dialect(piece, writer),
            "check" | "generated" | "generated_virtual" | "collate" | "comment" | "renamed_from" => {
                self.text(word, piece, writer);
            }
            "identity" => {
                let calls =
                    [("always", quote!(.identity_always())), ("by_default", quote!(.autoincrement()))];
                self.calls.extend(references::by_word(piece, calls, &mut writer.errors));
                self.of_kind(&piece.word, &["Integer"], "whole numbers");
            }
            "default" => self.default = defaults::read(piece, writer).map(|read| (piece.word.clone(), read)),
            "references" => self.reference = Reference::of_column(piece, writer),
            "on_delete" | "on_update" | "matching" | "deferrable" => self.key_option(word, piece, writer),
            _ => COLUMN.unknown(&piece.word, &mut writer.errors),
        }
    }

    fn word(&mut self, word: &str, piece: &Piece, writer: &mut Writer) {
        if let (Form::List(_), "unique" | "index" | "primary_key") = (&piece.form, word) {
            writer.errors.help(
                &piece.word,
                format_args!("`{word}` has no options at a field"),
                format_args!("write `#[table({word}({}, …))]` above the struct", self.field.name),
            );
            return;
        }
        if !values::is_alone(piece, &mut writer.errors) {
            return;
        }
        match word {
            "primary_key" => self.primary_key = Some(piece.word.clone()),
            "nullable" => self.nullable = Some(piece.word.clone()),
            "index" => self.calls.extend(quote!(.indexed())),
            "autoincrement" => {
                self.calls.extend(quote!(.autoincrement()));
                self.of_kind(&piece.word, &["Integer"], "whole numbers");
            }
            _ => self.calls.extend(quote!(.unique())),
        }
    }

    fn number(&mut self, word: &str, piece: &Piece, writer: &mut Writer) {
        let Some(tokens) = values::value(piece, &mut writer.errors) else { return };
        let name = piece.word.clone();
        match word {
            "length" => {
                self.length =
                    values::number(&piece.word, tokens, &mut writer.errors).map(|length| (name, length));
            }
            "precision" => {
                self.precision =
                    values::number(&piece.word, tokens, &mut writer.errors).map(|digits| (name, digits));
            }
            _ => {
                self.scale =
                    values::number(&piece.word, tokens, &mut writer.errors).map(|digits| (name, digits));
            }
        }
    }

    fn text(&mut self, word: &str, piece: &Piece, writer: &mut Writer) {
        let Some(tokens) = values::value(piece, &mut writer.errors) else { return };
        let Some(text) = values::text(&piece.word, tokens, &mut writer.errors) else { return };
        match word {
            "renamed_from" => self.renamed_from = Some(quote!(#text)),
            "collate" => {
                self.calls.extend(quote!(.collate(#text)));
                self.of_kind(&piece.word, &["Text", "Other"], "text");
            }
            _ => {
                if word.starts_with("generated") {
                    self.generated = Some(piece.word.clone());
                }
                let method = format_ident!("{word}");
                self.calls.extend(quote!(.#method(#text)));
            }
        }
    }

    /// `postgres(type = …, collate = …, option = …)`.
    fn on_dialect(&mut self, piece: &Piece, writer: &mut Writer) {
        let Form::List(list) = &piece.form else {
            writer.errors.help(
                &piece.word,
                format_args!("`{}` has a list", piece.word),
                format_args!("write `{}(type = …, collate = \"…\")`", piece.word),
            );
            return;
        };
        let dialect = writer.dialect(&piece.word);
        for inner in pieces(list.clone(), &mut writer.errors) {
            if inner.word == "type" {
                if let Some(of) = types::read(&inner, writer) {
                    let of = of.expression;
                    self.calls.extend(quote!(.type_on(#dialect, #of)));
                }
            } else if inner.word == "collate" || inner.word == "option" {
                let text = values::value(&inner, &mut writer.errors)
                    .and_then(|tokens| values::text(&inner.word, tokens, &mut writer.errors));
                let method = if inner.word == "option" {
                    format_ident!("option")
                } else {
                    format_ident!("collate_on")
                };
                self.calls.extend(text.map(|text| quote!(.#method(#dialect, #text))));
            } else {
                writer.errors.help(
                    &inner.word,
                    format_args!("`{}(…)` knows no `{}`", piece.word, inner.word),
                    "one of `type`, `collate`, `option`",
                );
            }
        }
    }

    fn key_option(&mut self, word: &str, piece: &Piece, writer: &mut Writer) {
        let value = match word {
            "matching" => references::matching(piece, writer),
            "deferrable" => references::deferrable(piece, writer),
            _ => references::action(piece, writer).map(|(action, sets_null)| {
                if sets_null {
                    self.sets_null.push((values::start(&piece.behind()), piece.word.clone()));
                }
                action
            }),
        };
        let method = format_ident!("{word}");
        // A wrong value was told; the word is kept so that it is not told again that there is no key.
        let call = value.map_or_else(TokenStream::new, |value| quote!(.#method(#value)));
        self.of_key.push((piece.word.clone(), call));
    }

    fn finish(mut self, writer: &mut Writer) -> Written {
        let base = self.base(writer);
        self.check_kinds(writer);
        self.check_key_and_nulls(writer);
        if let Some((word, default)) = self.default.take() {
            let expression = &default.expression;
            self.calls.extend(quote!(.default(#expression)));
            if !default.kinds.is_empty() {
                self.default_of_kind(&word, &default, writer);
            }
            if let Some(generated) = &self.generated {
                writer.errors.help(
                    &word,
                    format_args!("a column with `{generated}` has no default"),
                    "leave it out",
                );
            }
        }
        let foreign_key = self.key(writer);
        let calls = &self.calls;
        let primary_key = self.primary_key.as_ref().map(|_| quote!(.primary_key()));
        Written {
            expression: quote!(#base #primary_key #calls),
            foreign_key,
            renamed_from: self.renamed_from,
            is_type_known: self.of.is_none(),
            primary_key: self.primary_key,
        }
    }

    /// The column with its type.
    fn base(&mut self, writer: &mut Writer) -> TokenStream {
        let name = &self.field.column;
        let field_type = writer.field_type(&self.field.stored_type);
        let of = writer.schema("Type");
        if let Some((word, given)) = &self.of {
            let others =
                [self.length.as_ref().map(|(word, _)| word), self.precision.as_ref().map(|(word, _)| word)];
            for other in others.into_iter().flatten() {
                writer.errors.help(
                    other,
                    format_args!("`{other}` and `{word}` both say the type"),
                    "write `type = string(50)` or `type = numeric(12, 2)`",
                );
            }
            let (column, expression) = (writer.schema("Column"), &given.expression);
            let is_nullable = self.nullable.is_some() || is_option(&self.field.rust_type);
            let not_null = (!is_nullable).then(|| quote!(.not_null()));
            return quote!(#column::new(#name, #expression)#not_null);
        }
        if let Some((word, length)) = self.length.take() {
            self.of_kind(&word, &["Text"], "text");
            return quote!(#field_type.column_as(#name, #of::Varchar(#length)));
        }
        match (self.precision.take(), self.scale.take()) {
            (Some((word, precision)), Some((_, scale))) => {
                self.of_kind(&word, &["Decimal"], "decimal numbers");
                quote!(#field_type.column_as(#name, #of::Numeric(#precision, #scale)))
            }
            (Some((word, digits)), None) => {
                // No database has more than microseconds.
                let digits = u8::try_from(digits).ok().filter(|digits| *digits <= 6).unwrap_or_else(|| {
                    writer.errors.help(
                        &word,
                        "`precision` alone is the digits after the second, of which there are six at most",
                        "a decimal number has `scale` too",
                    );
                    6
                });
                let message = format!(
                    "`precision` alone is for times, and `{}` is none\nhelp: a decimal number has `scale` too",
                    shown(&self.field.rust_type)
                );
                self.kind_check(word.span(), &["Time"], &message, writer);
                quote!(#field_type.column(#name).precision(#digits))
            }
            (None, Some((word, _))) => {
                writer.errors.help(&word, "`scale` needs `precision`", "write `precision = 12, scale = 2`");
                quote!(#field_type.column(#name))
            }
            (None, None) => quote!(#field_type.column(#name)),
        }
    }

    fn check_key_and_nulls(&self, writer: &mut Writer) {
        if let (Some(word), None) = (&self.nullable, &self.of) {
            let help = if self.field.is_json {
                "write `json(nullable)`"
            } else {
                "leave it out: a column can be null when its field is an `Option`"
            };
            writer.errors.help(word, "`nullable` stands together with `type` only", help);
        }
        let of = shown(&self.field.rust_type);
        let inner = of.strip_prefix("Option<").and_then(|of| of.strip_suffix('>')).unwrap_or(&of);
        if let Some(word) = &self.primary_key {
            let message = format!("a primary key cannot be null, and `{of}` can\nhelp: write `{inner}`");
            self.null_check(word.span(), false, &message, writer);
        }
        for (at, word) in &self.sets_null {
            let message = format!(
                "`{word} = set_null` needs a column that can be null\nhelp: make the field an `Option<{inner}>`"
            );
            self.null_check(*at, true, &message, writer);
        }
    }

    /// The column must be able to be null, or must not.
    fn null_check(&self, at: Span, is_nullable: bool, message: &str, writer: &mut Writer) {
        if self.of.is_some() {
            if (self.nullable.is_some() || is_option(&self.field.rust_type)) != is_nullable {
                writer.errors.at(quote::quote_spanned!(at=> _), message);
            }
            return;
        }
        let field_type = writer.field_type(&self.field.stored_type);
        let not = (!is_nullable).then(|| quote!(!));
        writer.check(at, &quote!(#not #field_type.is_nullable()), message);
    }

    fn of_kind(&mut self, word: &Ident, kinds: &'static [&'static str], what: &'static str) {
        self.rules.push((word.clone(), kinds, what));
    }

    fn check_kinds(&mut self, writer: &mut Writer) {
        for (word, kinds, what) in std::mem::take(&mut self.rules) {
            let message = format!("`{word}` is for {what}, and `{}` is none", shown(&self.field.rust_type));
            self.kind_check(word.span(), kinds, &message, writer);
        }
    }

    fn default_of_kind(&self, word: &Ident, default: &defaults::Default, writer: &mut Writer) {
        let of = shown(&self.field.rust_type);
        let message = format!("{} is no default of a column of `{of}`", default.name);
        self.kind_check(word.span(), default.kinds, &message, writer);
    }

    fn kind_check(&self, at: Span, kinds: &[&str], message: &str, writer: &mut Writer) {
        if let Some((_, of)) = &self.of {
            if !kinds.contains(&of.kind) && of.kind != "Other" {
                writer.errors.at(quote::quote_spanned!(at=> _), message);
            }
            return;
        }
        let kind = writer.private("Kind");
        let kinds = kinds.iter().map(|word| format_ident!("{word}"));
        let field_type = writer.field_type(&self.field.stored_type);
        writer.check(at, &quote!(#field_type.is_kind(&[#(#kind::#kinds),*])), message);
    }

    /// Adds the foreign key to the column, or gives it back when it says what a column cannot.
    fn key(&mut self, writer: &mut Writer) -> Option<TokenStream> {
        let options = self.of_key.iter().map(|(_, call)| call);
        let Some(reference) = &self.reference else {
            let has_reference = self.field.pieces.iter().any(|piece| piece.word == "references");
            for (word, _) in self.of_key.iter().filter(|_| !has_reference) {
                writer.errors.help(
                    word,
                    "this belongs to a foreign key, and the column has none",
                    "add `references = User::id`",
                );
            }
            return None;
        };
        reference.check(self.field, self.of.is_none(), writer);
        let (table, column) = (reference.table(writer), reference.column(writer));
        let is_long = self.of_key.iter().any(|(word, _)| word == "matching" || word == "deferrable");
        if is_long {
            let (foreign_key, name) = (writer.schema("foreign_key"), &self.field.column);
            return Some(quote!(#foreign_key([#name], #table, [#column]) #(#options)*));
        }
        self.calls.extend(quote!(.references(#table, #column) #(#options)*));
        None
    }
}
