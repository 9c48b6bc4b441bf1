//! What `#[table(…)]` says of the table as a whole.

use super::fields::docs;
use super::parts;
use super::words::TABLE;
use super::writer::Writer;
use crate::attributes::{Form, Piece, pieces, values};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::HashSet;
use syn::{DeriveInput, LitStr, Path};

/// The attributes of a table that are no constraints.
#[derive(Default)]
pub(super) struct Options {
    pub(super) name: Option<LitStr>,
    pub(super) schema: Option<LitStr>,
    pub(super) base: Option<Path>,
    pub(super) is_unregistered: bool,
    pub(super) doc_comments: bool,
    pub(super) renamed_from: Option<LitStr>,
    /// Calls of the builder.
    pub(super) calls: TokenStream,
    /// Constraints and indexes, which are written when the fields are known.
    pub(super) parts: Vec<Piece>,
    comment: Option<Ident>,
}

/// The path of servicekit; the rest of the attributes is not needed for it, and may be wrong.
pub(super) fn crate_path(pieces: &[Piece]) -> TokenStream {
    let path = pieces.iter().find(|piece| piece.word == "crate").map(Piece::behind);
    path.filter(|path| syn::parse2::<Path>(path.clone()).is_ok()).unwrap_or_else(|| quote!(::servicekit))
}

impl Options {
    /// Reads them.
    pub(super) fn read(all: Vec<Piece>, input: &DeriveInput, writer: &mut Writer) -> Self {
        let mut options = Self::default();
        let mut seen = HashSet::new();
        for piece in all {
            let word = piece.word.to_string();
            let is_repeated = ["unique", "index", "check", "foreign_key", "exclude"].contains(&word.as_str());
            if !is_repeated && !seen.insert(word.clone()) {
                writer.errors.help(&piece.word, format_args!("`{word}` stands here twice"), "leave one out");
                continue;
            }
            options.piece(&word, piece, writer);
        }
        if let (true, None, Some(docs)) = (options.doc_comments, &options.comment, docs(&input.attrs)) {
            options.calls.extend(quote!(.comment(#docs)));
        }
        options
    }

    fn piece(&mut self, word: &str, piece: Piece, writer: &mut Writer) {
        match word {
            "primary_key" | "unique" | "index" | "check" | "foreign_key" | "exclude" => {
                self.parts.push(piece);
            }
            "sqlite" | "postgres" | "mysql" => self.on_dialect(&piece, writer),
            "name" => self.name = text(&piece, writer),
            "schema" => self.schema = text(&piece, writer),
            "renamed_from" => self.renamed_from = text(&piece, writer),
            "comment" => {
                self.calls.extend(text(&piece, writer).map(|text| quote!(.comment(#text))));
                self.comment = Some(piece.word);
            }
            "unregistered" => self.is_unregistered = values::is_alone(&piece, &mut writer.errors),
            "doc_comments" => self.doc_comments = values::is_alone(&piece, &mut writer.errors),
            "base" => self.base = path(&piece, "base = Analytics", writer),
            "crate" => {
                path(&piece, "crate = my_framework::servicekit", writer);
            }
            _ => TABLE.unknown(&piece.word, &mut writer.errors),
        }
    }

    fn on_dialect(&mut self, piece: &Piece, writer: &mut Writer) {
        let Form::List(list) = &piece.form else {
            writer.errors.help(
                &piece.word,
                format_args!("`{}` has a list", piece.word),
                format_args!("write `{}(option = \"…\")`", piece.word),
            );
            return;
        };
        let dialect = writer.dialect(&piece.word);
        for inner in pieces(list.clone(), &mut writer.errors) {
            if inner.word != "option" {
                writer.errors.help(
                    &inner.word,
                    format_args!("`{}(…)` knows no `{}`", piece.word, inner.word),
                    "write `option`",
                );
                continue;
            }
            let Some(option) = text(&inner, writer) else { continue };
            if piece.word == "sqlite" && option.value().to_uppercase().contains("STRICT") {
                writer.errors.help(
                    &option,
                    "`STRICT` refuses types such as `VARCHAR` and `CHAR(26)`, which columns have here",
                    "leave it out",
                );
            }
            self.calls.extend(quote!(.option(#dialect, #option)));
        }
    }

    /// The constraints and indexes.
    pub(super) fn parts(&self, fields: &super::fields::Fields, writer: &mut Writer) -> TokenStream {
        self.parts.iter().filter_map(|piece| parts::write(piece, fields, writer)).collect()
    }
}

fn text(piece: &Piece, writer: &mut Writer) -> Option<LitStr> {
    let tokens = values::value(piece, &mut writer.errors)?;
    values::text(&piece.word, tokens, &mut writer.errors)
}

fn path(piece: &Piece, example: &str, writer: &mut Writer) -> Option<Path> {
    let tokens = values::value(piece, &mut writer.errors)?;
    let path = syn::parse2(tokens.clone()).ok();
    if path.is_none() {
        writer.errors.help(
            tokens,
            format_args!("`{}` is a path", piece.word),
            format_args!("write it as one, such as `{example}`"),
        );
    }
    path
}
