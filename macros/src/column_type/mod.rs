//! `#[derive(ColumnType)]`: the column of a type that sqlx writes and reads already.

mod newtype;

use crate::attributes::{Errors, derived, values};
use crate::db_enum::container::{COLUMN_TYPE, Container};
use crate::db_enum::{emit, variants};
use proc_macro2::TokenStream;
use syn::{Data, DataEnum, DeriveInput, Fields, Ident, LitStr};

/// What the derive expands to: an implementation, also next to errors, so that none follows from the first ones.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    derived(input, expanded)
}

fn expanded(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let container = Container::read(&input.attrs, &COLUMN_TYPE, &mut errors);
    let implementations = match &input.data {
        Data::Enum(data) => {
            variants::refuse_parameters(&input.generics, &mut errors);
            Some(of_enum(&input.ident, data, &container, &mut errors))
        }
        Data::Struct(data) => {
            let mut fields = data.fields.iter();
            let value =
                if let (Some(field), None) = (fields.next(), fields.next()) { Some(&field.ty) } else { None };
            if value.is_none() {
                no_single_value(&input.ident, &data.fields, &mut errors);
            }
            value.map(|value| newtype::implementations(input, value, &container))
        }
        Data::Union(_) => {
            let message = "`#[derive(ColumnType)]` is for a struct around one value";
            errors.help(&input.ident, message, "write a struct; a column cannot hold a union");
            None
        }
    };
    match implementations {
        Some(implementations) if errors.is_empty() => implementations,
        _ => errors.beside(emit::placeholder_column_type(input, &container.krate)),
    }
}

fn no_single_value(ident: &Ident, fields: &Fields, errors: &mut Errors) {
    if fields.is_empty() {
        errors.help(
            ident,
            format_args!("`{ident}` holds no value, and a column holds one"),
            format_args!("put a value into it: `struct {ident}(String);`"),
        );
    } else {
        errors.help(
            ident,
            format_args!("`{ident}` holds {} values, and a column holds one", fields.len()),
            "on the field that holds it write `#[column(json)]` for one column, or `#[sqlx(flatten)]` for a column each, with `#[derive(Table)] #[table(unregistered)]` here",
        );
    }
}

/// The column that sqlx's own derive needs.
fn of_enum(ident: &Ident, data: &DataEnum, container: &Container, errors: &mut Errors) -> TokenStream {
    let variants = variants::read(ident, data, container, errors);
    if let Some(number) = &container.number {
        variants::check_numbers(number, container, &variants, errors);
        return emit::number_column_type(ident, number, &variants, &container.krate);
    }
    variants::check_labels(&variants, errors);
    let name = container.type_name.as_ref().map_or_else(|| values::plain(ident), LitStr::value);
    emit::native_column_type(ident, &name, &variants, &container.krate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn printed(items: &[TokenStream]) -> String {
        let printed =
            items.iter().map(|item| prettyplease::unparse(&syn::parse2(expand(item.clone())).unwrap()));
        printed.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_struct_has_the_column_of_its_value() {
        insta::assert_snapshot!(printed(&[
            quote!(
                #[sqlx(transparent)]
                struct Email(String);
            ),
            quote!(
                struct Wrapper<'a, T: Copy> {
                    value: Inner<'a, T>,
                }
            ),
        ]));
    }

    #[test]
    fn a_struct_has_a_type_of_postgresql() {
        insta::assert_snapshot!(printed(&[
            quote!(
                #[sqlx(transparent, type_name = "citext")]
                struct Email(String);
            ),
            quote!(
                #[sqlx(type_name = "citext")]
                struct Email(String);
            ),
        ]));
    }

    #[test]
    fn an_enum_has_the_column_that_sqlx_needs() {
        insta::assert_snapshot!(printed(&[
            quote!(
                #[sqlx(type_name = "order_state", rename_all = "lowercase")]
                enum State {
                    New,
                    Paid,
                }
            ),
            quote!(
                #[repr(i32)]
                enum Size {
                    Small = 1,
                }
            ),
        ]));
    }

    #[test]
    fn mistakes_are_told_beside_a_placeholder() {
        insta::assert_snapshot!(printed(&[
            quote!(
                struct Unit;
            ),
            quote!(
                struct Pair<T>(T, T);
            ),
            quote!(union Union { a: u8 }),
            quote!(
                enum Shape {
                    Circle(f64),
                }
            ),
            quote!(
                #[column_type(native)]
                enum Parameters<T> {
                    A,
                }
            ),
        ]));
    }
}
