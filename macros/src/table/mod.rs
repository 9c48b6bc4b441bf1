//! `#[derive(Table)]`: a struct as a table.
//!
//! ```text
//! tokens ──► Options (the table) ─┐
//!        └─► Fields (names) ──────┼─► column::write, parts::write ──► Model { columns, parts, … } ──► items
//! ```
//!
//! The [`Writer`](writer::Writer) collects mistakes, and what only the compiler can check: the rules that need a Rust type
//! are constants with an `assert!` at the attribute. A model with a mistake becomes a placeholder without columns, so that
//! what refers to it makes no mistakes of its own.

mod column;
mod defaults;
mod fields;
mod keys;
mod names;
mod options;
mod parts;
mod references;
mod shape;
#[cfg(test)]
mod tests;
mod types;
mod words;
mod writer;

use crate::attributes::{derived, in_attributes, sqlx};
use column::Written;
use fields::{Field, Fields};
use options::Options;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{DeriveInput, Generics};
use writer::{Writer, shown};

/// The implementation of `Model`, with the checks and the registration.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    derived(input, model)
}

fn model(input: &DeriveInput) -> TokenStream {
    let mut unread = crate::attributes::Errors::default();
    let pieces = in_attributes(&input.attrs, "table", &mut unread);
    let mut writer = Writer::new(&input.ident, &input.generics, options::crate_path(&pieces));
    writer.errors = unread;
    let options = Options::read(pieces, input, &mut writer);
    let struct_fields = shape::fields(input, &options, &mut writer);
    let container = sqlx::container(&input.attrs);
    let fields =
        struct_fields.map(|fields| Fields::read(fields, &container, &mut writer)).unwrap_or_default();
    let columns: Vec<Written> =
        fields.columns.iter().map(|field| column::write(field, &mut writer)).collect();
    let parts = options.parts(&fields, &mut writer);
    shape::tell_two_primary_keys(&options, &columns, &mut writer);
    let model = Model { input, options, fields, columns, parts };
    if writer.errors.is_empty() { model.items(&writer) } else { model.placeholder(&writer) }
}

/// Everything that has been read.
struct Model<'a> {
    input: &'a DeriveInput,
    options: Options,
    fields: Fields,
    columns: Vec<Written>,
    parts: TokenStream,
}

impl Model<'_> {
    fn items(&self, writer: &Writer) -> TokenStream {
        let body = [self.table(writer), self.hints(writer), self.proof(writer)];
        let items = self.implementation(&self.fields.flattened, &quote!(#(#body)*), writer);
        let (checks, registration) = (writer.checks(), self.registration(writer));
        quote!(#items #checks #registration)
    }

    /// A model without columns: what refers to it makes no mistakes of its own.
    fn placeholder(&self, writer: &Writer) -> TokenStream {
        let table = writer.schema("Table");
        let empty = quote! {
            fn table() -> #table {
                #table::new(Self::NAME, [])
            }
        };
        let implementation = self.implementation(&[], &empty, writer);
        writer.errors.beside(implementation)
    }

    fn implementation(&self, flattened: &[TokenStream], body: &TokenStream, writer: &Writer) -> TokenStream {
        let (krate, ident) = (&writer.krate, &self.input.ident);
        let generics = self.generics(writer);
        let (parameters, arguments, conditions) = generics.split_for_impl();
        let default_name = names::table_name(&ident.to_string());
        let name = self.options.name.as_ref().map_or(default_name, syn::LitStr::value);
        let schema = if let Some(schema) = &self.options.schema {
            quote!(::core::option::Option::Some(#schema))
        } else {
            quote!(::core::option::Option::None)
        };
        let fields = self.field_names(flattened, writer);
        quote! {
            #[automatically_derived]
            impl #parameters #krate::Model for #ident #arguments #conditions {
                const NAME: &'static str = #name;
                const SCHEMA: ::core::option::Option<&'static str> = #schema;
                const FIELDS: &'static [(&'static str, &'static str)] = #fields;
                #body
            }
        }
    }

    /// Types of fields that mention a parameter must be columns.
    fn generics(&self, writer: &Writer) -> Generics {
        let mut generics = self.input.generics.clone();
        if !writer.is_generic() {
            return generics;
        }
        let krate = &writer.krate;
        let of_columns = self.fields.columns.iter().zip(&self.columns);
        let columns = of_columns.filter(|(_, written)| written.is_type_known);
        let columns = columns.map(|(field, _)| (&field.stored_type, quote!(#krate::ColumnType)));
        let flattened = self.fields.flattened.iter().map(|of| (of, quote!(#krate::Model)));
        for (of, bound) in columns.chain(flattened).filter(|(of, _)| writer.mentions_parameter(of)) {
            if let Ok(condition) = syn::parse2(quote!(#of: #bound)) {
                generics.make_where_clause().predicates.push(condition);
            }
        }
        generics
    }

    fn field_names(&self, flattened: &[TokenStream], writer: &Writer) -> TokenStream {
        let own = self.fields.columns.iter().map(|Field { name, column, .. }| quote!((#name, #column)));
        let own = quote!(&[#(#own),*]);
        if flattened.is_empty() {
            return own;
        }
        let (joined, krate, count) = (writer.private("joined"), &writer.krate, self.fields.columns.len());
        quote! {
            &#joined::<{ #count #(+ <#flattened as #krate::Model>::FIELDS.len())* }>(
                &[#own #(, <#flattened as #krate::Model>::FIELDS)*],
            )
        }
    }

    fn table(&self, writer: &Writer) -> TokenStream {
        let (table, flatten) = (writer.schema("Table"), writer.private("flatten"));
        let name = if let Some(schema) = &self.options.schema {
            quote!((#schema, Self::NAME))
        } else {
            quote!(Self::NAME)
        };
        let columns = self.fields.columns.iter().zip(&self.columns).map(|(field, written)| {
            let docs = field.docs.as_ref().filter(|_| self.options.doc_comments);
            let has_comment = field.pieces.iter().any(|piece| piece.word == "comment");
            let comment = docs.filter(|_| !has_comment).map(|docs| quote!(.comment(#docs)));
            let expression = &written.expression;
            quote!(#expression #comment)
        });
        let (parts, calls) = (&self.parts, &self.options.calls);
        let keys = self.columns.iter().filter_map(|column| column.foreign_key.as_ref());
        // A `Vec`: clippy tells of an array of some thirty columns that it is large for a stack.
        let built = quote!(#table::new(#name, ::std::vec![#(#columns),*])#(.with(#keys))* #parts #calls);
        let flattened = self.fields.flattened.iter();
        let built = flattened.fold(built, |built, of| quote!(#flatten::<#of>(#built)));
        quote! {
            fn table() -> #table {
                #built
            }
        }
    }

    /// Former names, where there are some.
    fn hints(&self, writer: &Writer) -> TokenStream {
        let columns = self.fields.columns.iter().zip(&self.columns).filter_map(|(field, written)| {
            let (column, before) = (&field.column, written.renamed_from.as_ref()?);
            Some(quote!(.column_renamed_from(#column, #before)))
        });
        let columns: Vec<_> = columns.collect();
        let flattened = &self.fields.flattened;
        let renamed = self.options.renamed_from.as_ref().map(|before| quote!(.renamed_from(#before)));
        if columns.is_empty() && renamed.is_none() && flattened.is_empty() {
            return TokenStream::new();
        }
        let (hints, krate) = (writer.schema("Hints"), &writer.krate);
        let own = quote!(#hints::default()#renamed #(#columns)*);
        let body = if flattened.is_empty() {
            own
        } else {
            quote! {
                let mut hints = #own;
                #(hints.columns.extend(<#flattened as #krate::Model>::hints().columns);)*
                hints
            }
        };
        quote! {
            fn hints() -> #hints {
                #body
            }
        }
    }

    /// How each column is read.
    fn proof(&self, writer: &Writer) -> TokenStream {
        let (krate, model) = (&writer.krate, self.input.ident.to_string());
        let columns = self.fields.columns.iter().zip(&self.columns).map(|(field, written)| {
            let Field { name, column, stored_type, .. } = field;
            if written.is_type_known {
                let field_type = writer.field_type(stored_type);
                return quote!(#field_type.proof(proof, #model, #name, #column););
            }
            quote!(#krate::__column_of_another_type!(proof, #stored_type, #model, #name, #column);)
        });
        let flattened = self.fields.flattened.iter();
        quote! {
            fn proof(proof: &mut #krate::model::Proof) {
                #(#columns)*
                #(<#flattened as #krate::Model>::proof(proof);)*
            }
        }
    }

    /// Registers it, at the line where the struct has its name.
    fn registration(&self, writer: &Writer) -> TokenStream {
        if self.options.is_unregistered || writer.is_generic() {
            return TokenStream::new();
        }
        let (krate, this, ident) = (&writer.krate, &writer.this, &self.input.ident);
        let base = self.options.base.as_ref().map_or_else(|| quote!(#krate::Base), ToTokens::to_token_stream);
        let path = format!("::{}", shown(ident));
        let (inventory, entry) = (writer.private("inventory"), writer.private("Entry"));
        quote_spanned! {ident.span()=>
            #inventory::submit! {
                #entry::of::<#this, #base>(
                    ::core::concat!(::core::module_path!(), #path),
                    ::core::file!(),
                    ::core::line!(),
                )
            }
        }
    }
}
