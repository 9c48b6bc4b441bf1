//! A struct around one value.

use crate::db_enum::container::Container;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Type, WherePredicate};

/// The column of the value, also of a list of such structs where a list of such values is a column.
pub(super) fn implementations(input: &DeriveInput, value: &Type, container: &Container) -> TokenStream {
    let krate = &container.krate;
    let ident = &input.ident;
    let (column_type, proof) = match &container.type_name {
        None => (quote!(<#value as #krate::ColumnType>::column_type()), true),
        Some(name) => (
            quote! {
                <#value as #krate::ColumnType>::column_type()
                    .on(#krate::Dialect::Postgres, #krate::schema::Type::custom(#name))
            },
            // Without `transparent` sqlx reads it by that name only, which no other type tells.
            container.transparent,
        ),
    };
    let proof = proof.then(|| {
        quote! {
            fn proof(proof: &mut #krate::model::proof::Proof) {
                <#value as #krate::ColumnType>::proof(proof);
            }
        }
    });
    // The bound is the one place where a value without a column is told, at its own type.
    let trait_of_columns = quote_spanned!(value.span()=> #krate::ColumnType);
    let is_column: WherePredicate = syn::parse_quote!(#value: #trait_of_columns);
    // Bounded for every lifetime: the compiler then accepts that a type without parameters may not be an element.
    let is_element: WherePredicate = syn::parse_quote!(for<'__bound> #value: #krate::model::Element);
    let (for_type, arguments, _) = input.generics.split_for_impl();
    let mut of_column = input.generics.clone();
    of_column.make_where_clause().predicates.push(is_column.clone());
    let column_bounds = &of_column.where_clause;
    let mut of_element = of_column.clone();
    of_element.make_where_clause().predicates.push(is_element);
    let element_bounds = &of_element.where_clause;
    quote! {
        #[automatically_derived]
        impl #for_type #krate::ColumnType for #ident #arguments #column_bounds {
            const NULLABLE: ::core::primitive::bool = <#value as #krate::ColumnType>::NULLABLE;
            const KIND: #krate::model::Kind = <#value as #krate::ColumnType>::KIND;
            type Plain = Self;

            fn column_type() -> #krate::schema::Type {
                #column_type
            }

            #proof

            fn described(column: #krate::schema::Column) -> #krate::schema::Column {
                <#value as #krate::ColumnType>::described(column)
            }
        }

        #[automatically_derived]
        impl #for_type #krate::model::Element for #ident #arguments #element_bounds {}
    }
}
