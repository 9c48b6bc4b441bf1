//! The implementations for each way to store an enum.

use super::container::Container;
use super::variants::Variant;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, Path};

/// As text, with a check: one implementation for all databases.
pub(super) fn text(ident: &Ident, variants: &[Variant], container: &Container) -> TokenStream {
    let krate = &container.krate;
    let labels: Vec<&str> = variants.iter().map(|variant| variant.label.as_str()).collect();
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let longest = u32::try_from(longest).unwrap_or(u32::MAX);
    let like = quote!(::std::string::String);
    let array = array_like(ident, &like, krate);
    let sqlx_type = type_like(ident, &quote!(::core::primitive::str), krate);
    let written = written_as_text(ident, variants, krate);
    let column_type = column_like(
        ident,
        &quote!(Text),
        &like,
        &quote!(#krate::schema::Type::Varchar(#longest)),
        &quote!(column.one_of([#(#labels),*])),
        &renamed_values(variants),
        krate,
    );
    quote! {
        #column_type

        #sqlx_type
        #written
        #array
    }
}

/// As an enum type of the database; on SQLite, which has none, as text with a check.
pub(super) fn native(ident: &Ident, name: &str, variants: &[Variant], container: &Container) -> TokenStream {
    let krate = &container.krate;
    let column_type = native_column_type(ident, name, variants, krate);
    let written = written_as_text(ident, variants, krate);
    quote! {
        #column_type
        #written
        #krate::__servicekit_native_enum! { #ident, #name }
    }
}

/// The column of an enum type of the database; sqlx's traits come from elsewhere.
pub(crate) fn native_column_type(
    ident: &Ident,
    name: &str,
    variants: &[Variant],
    krate: &Path,
) -> TokenStream {
    let labels = variants.iter().map(|variant| &variant.label);
    let renamed = renamed_values(variants);
    quote! {
        #[automatically_derived]
        impl #krate::ColumnType for #ident {
            const KIND: #krate::model::Kind = #krate::model::Kind::Text;
            type Plain = Self;

            fn column_type() -> #krate::schema::Type {
                #krate::__private::model::native_enum(#name, &[#(#labels),*])
            }

            fn proof(proof: &mut #krate::model::proof::Proof) {
                #krate::__private::model::read_by_sqlx::<Self>(proof);
                #renamed
            }
        }

        #[automatically_derived]
        impl #krate::model::Element for #ident {}
    }
}

/// As a number.
pub(super) fn number(
    ident: &Ident,
    number: &Ident,
    variants: &[Variant],
    container: &Container,
) -> TokenStream {
    let krate = &container.krate;
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let name = ident.to_string();
    let column_type = number_column_type(ident, number, variants, krate);
    let like = quote!(::core::primitive::#number);
    let sqlx_type = type_like(ident, &like, krate);
    let array = array_like(ident, &like, krate);
    quote! {
        #column_type
        #sqlx_type

        #[automatically_derived]
        impl<'q, DB: #krate::sqlx::Database> #krate::sqlx::Encode<'q, DB> for #ident
        where
            #like: #krate::sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as #krate::sqlx::Database>::ArgumentBuffer,
            ) -> ::core::result::Result<#krate::sqlx::encode::IsNull, #krate::sqlx::error::BoxDynError> {
                let number = match self {
                    #(Self::#names => Self::#names as #like,)*
                };
                <#like as #krate::sqlx::Encode<'q, DB>>::encode(number, buffer)
            }
        }

        #[automatically_derived]
        impl<'r, DB: #krate::sqlx::Database> #krate::sqlx::Decode<'r, DB> for #ident
        where
            #like: #krate::sqlx::Decode<'r, DB>,
        {
            fn decode(
                value: <DB as #krate::sqlx::Database>::ValueRef<'r>,
            ) -> ::core::result::Result<Self, #krate::sqlx::error::BoxDynError> {
                let number = <#like as #krate::sqlx::Decode<'r, DB>>::decode(value)?;
                #(
                    if number == Self::#names as #like {
                        return ::core::result::Result::Ok(Self::#names);
                    }
                )*
                ::core::result::Result::Err(#krate::__private::model::unknown_number(
                    #name,
                    ::core::convert::Into::into(number),
                    &[#(Self::#names as ::core::primitive::i64),*],
                ))
            }
        }

        #array
    }
}

/// The column of an enum that is stored as a number.
pub(crate) fn number_column_type(
    ident: &Ident,
    number: &Ident,
    variants: &[Variant],
    krate: &Path,
) -> TokenStream {
    let names = variants.iter().map(|variant| &variant.name);
    let like = quote!(::core::primitive::#number);
    let numbers = quote!([#(Self::#names as ::core::primitive::i64),*]);
    column_like(
        ident,
        &quote!(Integer),
        &like,
        &quote!(<#like as #krate::ColumnType>::column_type()),
        &quote!(column.one_of(#numbers)),
        &TokenStream::new(),
        krate,
    )
}

/// Notes the former names of values.
fn renamed_values(variants: &[Variant]) -> TokenStream {
    let renamed = variants.iter().filter_map(|Variant { label, renamed_from, .. }| {
        let before = renamed_from.as_ref()?;
        Some(quote!(proof.value_renamed_from(#label, #before);))
    });
    renamed.collect()
}

/// A column that sqlx reads as another type, alone and in a list, with a check of its values.
fn column_like(
    ident: &Ident,
    kind: &TokenStream,
    like: &TokenStream,
    column_type: &TokenStream,
    checked: &TokenStream,
    renamed: &TokenStream,
    krate: &Path,
) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #krate::ColumnType for #ident {
            const KIND: #krate::model::Kind = #krate::model::Kind::#kind;
            type Plain = Self;

            fn column_type() -> #krate::schema::Type {
                #column_type
            }

            fn proof(proof: &mut #krate::model::proof::Proof) {
                <#like as #krate::ColumnType>::proof(proof);
                #renamed
            }

            fn described(column: #krate::schema::Column) -> #krate::schema::Column {
                #checked
            }
        }

        #[automatically_derived]
        impl #krate::model::Element for #ident {
            fn list_proof(proof: &mut #krate::model::proof::Proof) {
                <#like as #krate::model::Element>::list_proof(proof);
                #renamed
            }
        }
    }
}

/// `Encode` and `Decode` by the labels.
fn written_as_text(ident: &Ident, variants: &[Variant], krate: &Path) -> TokenStream {
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let labels: Vec<&str> = variants.iter().map(|variant| variant.label.as_str()).collect();
    let name = ident.to_string();
    quote! {
        #[automatically_derived]
        impl<'q, DB: #krate::sqlx::Database> #krate::sqlx::Encode<'q, DB> for #ident
        where
            &'q ::core::primitive::str: #krate::sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as #krate::sqlx::Database>::ArgumentBuffer,
            ) -> ::core::result::Result<#krate::sqlx::encode::IsNull, #krate::sqlx::error::BoxDynError> {
                let text = match self {
                    #(Self::#names => #labels,)*
                };
                <&'q ::core::primitive::str as #krate::sqlx::Encode<'q, DB>>::encode(text, buffer)
            }
        }

        #[automatically_derived]
        impl<'r, DB: #krate::sqlx::Database> #krate::sqlx::Decode<'r, DB> for #ident
        where
            &'r ::core::primitive::str: #krate::sqlx::Decode<'r, DB>,
        {
            fn decode(
                value: <DB as #krate::sqlx::Database>::ValueRef<'r>,
            ) -> ::core::result::Result<Self, #krate::sqlx::error::BoxDynError> {
                match <&'r ::core::primitive::str as #krate::sqlx::Decode<'r, DB>>::decode(value)? {
                    #(#labels => ::core::result::Result::Ok(Self::#names),)*
                    unknown => ::core::result::Result::Err(#krate::__private::model::unknown_text(
                        #name,
                        unknown,
                        &[#(#labels),*],
                    )),
                }
            }
        }
    }
}

/// `Type` of a database as that of another type.
fn type_like(ident: &Ident, like: &TokenStream, krate: &Path) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl<DB: #krate::sqlx::Database> #krate::sqlx::Type<DB> for #ident
        where
            #like: #krate::sqlx::Type<DB>,
        {
            fn type_info() -> <DB as #krate::sqlx::Database>::TypeInfo {
                <#like as #krate::sqlx::Type<DB>>::type_info()
            }

            fn compatible(of: &<DB as #krate::sqlx::Database>::TypeInfo) -> ::core::primitive::bool {
                <#like as #krate::sqlx::Type<DB>>::compatible(of)
            }
        }
    }
}

/// PostgreSQL's array as that of another type, where servicekit has PostgreSQL.
fn array_like(ident: &Ident, like: &TokenStream, krate: &Path) -> TokenStream {
    quote!(#krate::__servicekit_array_like! { #ident, #like })
}

/// The column next to errors: with it, a field of this type is no further error.
pub(crate) fn placeholder_column_type(input: &DeriveInput, krate: &Path) -> TokenStream {
    let ident = &input.ident;
    let (for_type, arguments, bounds) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #for_type #krate::ColumnType for #ident #arguments #bounds {
            const KIND: #krate::model::Kind = #krate::model::Kind::Other;
            type Plain = Self;

            fn column_type() -> #krate::schema::Type {
                #krate::schema::Type::Text
            }
        }
    }
}

/// The column and what sqlx needs, next to errors.
pub(super) fn placeholder(input: &DeriveInput, krate: &Path) -> TokenStream {
    let ident = &input.ident;
    let column_type = placeholder_column_type(input, krate);
    if !input.generics.params.is_empty() {
        return column_type;
    }
    let sqlx_type = type_like(ident, &quote!(::core::primitive::str), krate);
    quote! {
        #column_type
        #[automatically_derived]
        impl #krate::model::Element for #ident {}
        #sqlx_type

        #[automatically_derived]
        impl<'q, DB: #krate::sqlx::Database> #krate::sqlx::Encode<'q, DB> for #ident {
            fn encode_by_ref(
                &self,
                _: &mut <DB as #krate::sqlx::Database>::ArgumentBuffer,
            ) -> ::core::result::Result<#krate::sqlx::encode::IsNull, #krate::sqlx::error::BoxDynError> {
                ::core::result::Result::Ok(#krate::sqlx::encode::IsNull::Yes)
            }
        }

        #[automatically_derived]
        impl<'r, DB: #krate::sqlx::Database> #krate::sqlx::Decode<'r, DB> for #ident {
            fn decode(
                _: <DB as #krate::sqlx::Database>::ValueRef<'r>,
            ) -> ::core::result::Result<Self, #krate::sqlx::error::BoxDynError> {
                ::core::result::Result::Err(::core::convert::Into::into("it does not compile"))
            }
        }
    }
}
