//! `#[derive(DbEnum)]`: an enum as a column, with what sqlx needs to write and read it.

pub(crate) mod container;
pub(crate) mod emit;
pub(crate) mod variants;

use crate::attributes::sqlx::Case;
use crate::attributes::{Errors, derived, values};
use container::{Container, DB_ENUM};
use proc_macro2::TokenStream;
use syn::{Data, DataEnum, DeriveInput, Ident, LitStr};
use variants::{check_labels, check_numbers, refuse_parameters};

/// What the derive expands to: the implementations, also next to errors, so that none follows from the first ones.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    derived(input, expanded)
}

fn expanded(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let container = Container::read(&input.attrs, &DB_ENUM, &mut errors);
    refuse_parameters(&input.generics, &mut errors);
    let message = "`#[derive(DbEnum)]` is for enums";
    let implementations = match &input.data {
        Data::Enum(data) => Some(of_enum(&input.ident, data, &container, &mut errors)),
        Data::Struct(_) => {
            let help =
                "on a struct around one value write `#[derive(ColumnType)]`, on a table `#[derive(Table)]`";
            errors.help(&input.ident, message, help);
            None
        }
        Data::Union(_) => {
            errors.help(&input.ident, message, "write an enum; a column cannot hold a union");
            None
        }
    };
    match implementations {
        Some(implementations) if errors.is_empty() => implementations,
        _ => errors.beside(emit::placeholder(input, &container.krate)),
    }
}

fn of_enum(ident: &Ident, data: &DataEnum, container: &Container, errors: &mut Errors) -> TokenStream {
    let variants = variants::read(ident, data, container, errors);
    if let Some(number) = &container.number {
        check_numbers(number, container, &variants, errors);
        if let Some(native) = &container.native {
            let message =
                format!("an enum of the database holds texts, and `#[repr({number})]` asks for numbers");
            errors.help(native, message, "remove one of them");
        }
        return emit::number(ident, number, &variants, container);
    }
    check_labels(&variants, errors);
    if container.native.is_some() {
        return emit::native(ident, &native_name(ident, container), &variants, container);
    }
    if let Some(name) = &container.type_name {
        let message = "an enum that is stored as text has no type of its own";
        errors.help(name, message, "add `#[db_enum(native)]`, or remove this");
    }
    emit::text(ident, &variants, container)
}

/// The name that PostgreSQL has for an enum: the one that is written, or else the enum's in `snake_case`.
fn native_name(ident: &Ident, container: &Container) -> String {
    container.type_name.as_ref().map_or_else(|| Case::Snake.of(&values::plain(ident)), LitStr::value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn printed(item: TokenStream) -> String {
        prettyplease::unparse(&syn::parse2(expand(item)).unwrap())
    }

    /// The messages alone.
    fn messages(item: TokenStream) -> String {
        let input: DeriveInput = syn::parse2(item).unwrap();
        let printed = prettyplease::unparse(&syn::parse2(expanded(&input)).unwrap());
        let messages = printed.split("compile_error! {").skip(1).map(|rest| {
            let message: LitStr = syn::parse_str(rest.split("\n}").next().unwrap()).unwrap();
            message.value()
        });
        format!("{}:\n{}", input.ident, messages.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn an_enum_is_text_with_a_check() {
        insta::assert_snapshot!(printed(quote! {
            #[sqlx(rename_all = "snake_case")]
            pub enum State { New, #[column(renamed_from = "paid")] PaidInFull, #[sqlx(rename = "it's gone")] Shipped }
        }));
    }

    #[test]
    fn an_enum_is_a_type_of_the_database() {
        insta::assert_snapshot!(printed(quote! {
            #[db_enum(native, crate = crate::kit)]
            enum OrderState { New, r#Move }
        }));
    }

    #[test]
    fn an_enum_is_a_number() {
        insta::assert_snapshot!(printed(quote! {
            #[repr(i16)]
            enum Size { Small = 1, Large = 1 << 4 }
        }));
    }

    #[test]
    fn mistakes_are_told_beside_a_placeholder() {
        insta::assert_snapshot!(printed(quote!(
            struct State {
                name: String,
            }
        )));
    }

    #[test]
    fn every_mistake_is_told() {
        let cases = [
            quote!(
                enum Empty {}
            ),
            quote!(
                enum Fields {
                    A(u8),
                    B { c: u8 },
                    D,
                }
            ),
            quote!(
                enum Parameters<T> {
                    A,
                }
            ),
            quote!(union Union { a: u8 }),
            quote!(
                #[sqlx(rename_all = "snake_case")]
                enum Equal {
                    NewOne,
                    #[sqlx(rename = "new_one")]
                    Other,
                }
            ),
            quote!(
                enum Labels {
                    #[sqlx(rename = "")]
                    A,
                    #[sqlx(rename = "b ")]
                    B,
                    #[sqlx(rename = "a\\b")]
                    C,
                }
            ),
            quote!(
                #[db_enum(nativ, name = "x", crate = 5)]
                #[sqlx(rename_all = "snake", typename = "x")]
                enum Words {
                    A,
                }
            ),
            quote!(
                enum Inner {
                    #[sqlx(rename = b)]
                    A,
                    #[sqlx(renam = "c")]
                    B,
                    #[db_enum(native)]
                    C,
                }
            ),
            quote!(
                #[sqlx(type_name = "state")]
                enum Named {
                    A,
                }
            ),
            quote!(
                #[repr(u8)]
                enum Unsigned {
                    A = 1,
                }
            ),
            quote!(
                #[repr(i32)]
                #[db_enum(native)]
                #[sqlx(rename_all = "lowercase")]
                enum Number {
                    A = 1,
                    #[sqlx(rename = "b")]
                    B,
                }
            ),
            quote!(
                #[db_enum]
                enum Nothing {
                    A,
                }
            ),
        ];
        insta::assert_snapshot!(cases.map(messages).join("\n\n"));
    }

    #[test]
    fn a_former_text_that_cannot_be_one_is_told() {
        let cases = [
            quote!(
                enum Renamed {
                    #[column(renamed_from = "Sent")]
                    New,
                    #[column(renamed_from = "New")]
                    Paid,
                    #[column(renamed_from = "Sent", name = "x", renamed_form = "y")]
                    Shipped,
                    #[column(renamed_from = lost)]
                    Lost,
                }
            ),
            quote!(
                #[repr(i16)]
                enum Numbered {
                    #[column(renamed_from = "b")]
                    A = 1,
                }
            ),
        ];
        insta::assert_snapshot!(cases.map(messages).join("\n\n"));
    }
}
