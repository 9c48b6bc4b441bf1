//! `#[entity]`: a table with an id, times and tags.

mod fields;

use crate::attributes::{Errors, Form, pieces};
use fields::{COMMON, common};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Field, Fields, FieldsNamed, Ident, Path, Token};

/// What the attribute expands to: the struct with the common fields, `derive(Table)` and the implementation of `Entity`; or
/// the item as it is, with what is wrong.
pub(crate) fn expand(arguments: &TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Ok(mut input) = syn::parse2::<DeriveInput>(item.clone()) else {
        errors.help(item.clone(), NO_STRUCT, "write it above a struct");
        return errors.beside(item);
    };
    let krate = crate_path(arguments);
    let has_derive = input.attrs.iter().any(|attribute| attribute.path().is_ident("derive"));
    let Some(fields) = named_fields(&mut input, &mut errors) else {
        return errors.beside(without_words(input));
    };
    if !has_derive {
        errors.help(
            &input.ident,
            "no `#[derive(…)]` stands below `#[entity]`",
            "write `#[entity]` first: a derive above it does not see the common columns",
        );
        // Without the common fields, which the code of the derives above does not fill in.
        return errors.beside(without_words(input));
    }
    for field in fields.named.iter().filter(|field| is_common(field)) {
        refuse_conditions(field, &mut errors);
    }
    let missing = COMMON.into_iter().filter(|name| !fields.named.iter().any(|field| is_field(field, name)));
    let missing: Vec<Field> = missing.map(|name| common(name, &krate)).collect();
    let own = std::mem::take(&mut fields.named);
    fields.named = missing.into_iter().chain(own).collect::<Punctuated<Field, Token![,]>>();
    let implementation = implementation(&input, &krate);
    let table = (!arguments.is_empty()).then(|| quote!(#[table(#arguments)]));
    let items = quote! {
        #[derive(#krate::Table)]
        #table
        #input
        #implementation
    };
    errors.beside(items)
}

const NO_STRUCT: &str = "`#[entity]` is for a struct with named fields";

/// The item without the words of `derive(Table)`, which is not there to read them.
fn without_words(mut input: DeriveInput) -> TokenStream {
    if let Data::Struct(data) = &mut input.data {
        for field in &mut data.fields {
            field.attrs.retain(|attribute| !attribute.path().is_ident("column"));
        }
    }
    input.into_token_stream()
}

/// The fields, unless it is another kind of item.
fn named_fields<'a>(input: &'a mut DeriveInput, errors: &mut Errors) -> Option<&'a mut FieldsNamed> {
    let ident = input.ident.clone();
    match &mut input.data {
        Data::Struct(data) => match &mut data.fields {
            Fields::Named(fields) => return Some(fields),
            Fields::Unnamed(_) | Fields::Unit => {
                errors.help(&ident, NO_STRUCT, format_args!("write `struct {ident} {{ … }}`"));
            }
        },
        Data::Enum(_) => errors.help(&ident, NO_STRUCT, "for an enum as a column write `#[derive(DbEnum)]`"),
        Data::Union(_) => errors.help(&ident, NO_STRUCT, "write a struct"),
    }
    None
}

/// `crate = path` among the arguments; everything else, and what is wrong, is for `derive(Table)`.
fn crate_path(arguments: &TokenStream) -> Path {
    let pieces = pieces(arguments.clone(), &mut Errors::default());
    let path = pieces.into_iter().find_map(|piece| match piece.form {
        Form::Value(path) if piece.word == "crate" => Some(syn::parse2(path)),
        _ => None,
    });
    path.and_then(Result::ok).unwrap_or_else(|| syn::parse_quote!(::servicekit))
}

fn is_field(field: &Field, name: &str) -> bool {
    field.ident.as_ref().is_some_and(|ident| ident == name)
}

fn is_common(field: &Field) -> bool {
    COMMON.into_iter().any(|name| is_field(field, name))
}

/// An attribute macro runs before `#[cfg]` does.
fn refuse_conditions(field: &Field, errors: &mut Errors) {
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")) {
        errors.help(
            attribute,
            "a field that replaces a common one cannot depend on a condition",
            "remove the `#[cfg]`, or put it above the struct",
        );
    }
}

/// `Entity`, by the fields that are there: a replaced one may have another type that gives the same.
fn implementation(input: &DeriveInput, krate: &Path) -> TokenStream {
    let ident: &Ident = &input.ident;
    let (for_type, arguments, bounds) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #for_type #krate::Entity for #ident #arguments #bounds {
            fn id(&self) -> #krate::Ulid {
                #krate::__private::model::EntityId::ulid(&self.id)
            }

            fn created_at(&self) -> #krate::sqlx::types::chrono::DateTime<#krate::sqlx::types::chrono::Utc> {
                #krate::__private::model::EntityTime::moment(&self.created_at)
            }

            fn updated_at(&self) -> #krate::sqlx::types::chrono::DateTime<#krate::sqlx::types::chrono::Utc> {
                #krate::__private::model::EntityTime::moment(&self.updated_at)
            }

            fn tags(&self) -> &[::std::string::String] {
                #krate::__private::model::EntityTags::list(&self.tags)
            }

            fn touch(&mut self) {
                self.updated_at = #krate::__private::model::EntityTime::now();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(arguments: &TokenStream, item: TokenStream) -> String {
        prettyplease::unparse(&syn::parse2(expand(arguments, item)).unwrap())
    }

    #[test]
    fn the_common_fields_come_first() {
        insta::assert_snapshot!(printed(
            &quote!(comment = "who may sign in"),
            quote! {
                /// A user.
                #[derive(Debug, sqlx::FromRow)]
                pub struct User {
                    #[column(unique)]
                    pub name: String,
                }
            }
        ));
    }

    #[test]
    fn fields_of_the_struct_replace_common_ones() {
        insta::assert_snapshot!(printed(
            &quote!(crate = crate::kit),
            quote! {
                #[derive(Debug)]
                struct Order<T> {
                    note: String,
                    tags: Vec<String>,
                    #[column(primary_key)]
                    id: OrderId<T>,
                }
            }
        ));
    }

    #[test]
    fn mistakes_are_told_beside_the_item() {
        let cases = [
            quote!(
                struct Above {
                    name: String,
                }
            ),
            quote!(
                #[derive(Debug)]
                struct Tuple(String);
            ),
            quote!(
                #[derive(Debug)]
                struct Unit;
            ),
            quote!(
                #[derive(Debug)]
                enum Colour {
                    Red,
                }
            ),
            quote!(#[derive(Debug)] union Both { a: u8 }),
            quote!(
                fn function() {}
            ),
            quote!(
                #[derive(Debug)]
                struct Conditional {
                    #[cfg(unix)]
                    tags: Vec<String>,
                }
            ),
        ];
        insta::assert_snapshot!(cases.map(|case| printed(&TokenStream::new(), case)).join("\n"));
    }
}
