//! `#[test]`: a test with a migrated database of its own.

mod arguments;
mod fixtures;
mod function;

use crate::attributes::Errors;
use crate::call_site::CallSite;
use arguments::Arguments;
use function::{Function, Taken};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned as _;

/// What the attribute expands to: a test of the standard kind around the function; or, with what is wrong, nothing but the
/// function.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream, call_site: &CallSite) -> TokenStream {
    let mut errors = Errors::default();
    let arguments = Arguments::read(arguments, call_site, &mut errors);
    let Some(function) = Function::read(item, &mut errors) else {
        return errors.beside(TokenStream::new());
    };
    match &function.taken {
        Some(taken) if errors.is_empty() => test(&arguments, &function, taken),
        // The function itself, so that nothing that it uses seems unused.
        _ => {
            let item = &function.item;
            errors.beside(quote!(#[allow(dead_code, unused_variables)] #item))
        }
    }
}

fn test(arguments: &Arguments, function: &Function, taken: &Taken) -> TokenStream {
    let Arguments { migrations, fixtures, krate } = arguments;
    let Function { attributes, visibility, name, item, should_panic, .. } = function;
    let in_scope = || quote!(::core::option::Option::Some(MIGRATIONS));
    let migrations = migrations.clone().unwrap_or_else(in_scope);
    let run = run(krate, name, taken);
    // The harness takes no exit code of a test that is to panic.
    let (gives, end) = if *should_panic {
        (None, quote!(let _ = outcome.finish();))
    } else {
        (Some(quote!(-> ::std::process::ExitCode)), quote!(outcome.finish()))
    };
    quote! {
        #(#attributes)*
        #[::core::prelude::v1::test]
        #[allow(clippy::print_stderr)]
        #visibility fn #name() #gives {
            #item
            let setup = #krate::__private::test::TestSetup {
                name: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
                migrations: #migrations,
                fixtures: &[#(#fixtures),*],
                should_panic: #should_panic,
            };
            let outcome = #run;
            if let ::core::option::Option::Some(message) = outcome.message() {
                ::std::eprintln!("{message}");
            }
            #end
        }
    }
}

/// The call that runs the function. Its place is the type of the argument, so that a type that no test can take is shown there.
fn run(krate: &Path, name: &syn::Ident, taken: &Taken) -> TokenStream {
    match taken {
        Taken::Owned(argument) => {
            // A span of another macro would hide `setup`.
            let place = Span::call_site().located_at(argument.span());
            quote_spanned!(place=> #krate::__private::test::run::<#argument, _>(&setup, #name))
        }
        Taken::Connection(connection) => {
            let transaction = quote_spanned! {Span::call_site().located_at(connection.span())=>
                #krate::sqlx::Transaction<'static, <#connection as #krate::sqlx::Connection>::Database>
            };
            quote! {
                #krate::__private::test::run::<#transaction, _>(&setup, |mut transaction| async move {
                    #name(&mut *transaction).await
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(arguments: TokenStream, item: &TokenStream) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("fixtures")).unwrap();
        for file in ["fixtures/users.sql", "orders.sql"] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        let call_site =
            CallSite { file: Some(folder.path().join("tests.rs")), ..CallSite::in_folder(folder.path()) };
        let text = expand(arguments, item, &call_site).to_string();
        let text = text.replace(folder.path().to_str().unwrap(), "FOLDER");
        prettyplease::unparse(&syn::parse_str(&text).unwrap())
    }

    #[test]
    fn a_test_takes_the_history_in_scope_and_a_pool() {
        insta::assert_snapshot!(expanded(
            quote!(),
            &quote! {
                /// What it shows.
                #[ignore]
                async fn adds_a_user(pool: sqlx::SqlitePool) -> Result<(), sqlx::Error> {
                    add(&pool).await
                }
            }
        ));
    }

    #[test]
    fn a_test_has_another_history_rows_and_a_connection() {
        insta::assert_snapshot!(expanded(
            quote!(
                migrations = shop::MIGRATIONS,
                fixtures("users", "./orders.sql"),
                fixtures(path = "fixtures", scripts("users")),
                crate = crate::kit
            ),
            &quote! {
                #[should_panic(expected = "no user")]
                pub async fn fails(connection: &mut sqlx::PgConnection) {}
            }
        ));
    }

    #[test]
    fn an_empty_database_is_asked_for() {
        insta::assert_snapshot!(expanded(
            quote!(migrations = false),
            &quote! { async fn empty(mut database: Database<sqlx::Sqlite>) {} }
        ));
    }

    #[test]
    fn mistakes_are_told() {
        let function = || quote! { async fn name(pool: SqlitePool) {} };
        let cases = [
            (
                quote!(),
                quote!(
                    struct Item;
                ),
            ),
            (
                quote!(),
                quote!(
                    fn name(pool: SqlitePool) {}
                ),
            ),
            (
                quote!(),
                quote!(
                    async fn name() {}
                ),
            ),
            (
                quote!(),
                quote!(
                    async fn name(one: SqlitePool, other: PgPool) {}
                ),
            ),
            (
                quote!(),
                quote!(
                    async fn name<T>(pool: T) {}
                ),
            ),
            (
                quote!(),
                quote!(
                    async fn name(self) {}
                ),
            ),
            (quote!(migration = M), function()),
            (quote!(migrations), function()),
            (quote!(migrations = A, migrations = B), function()),
            (quote!(fixtures), function()),
            (quote!(fixtures()), function()),
            (quote!(fixtures(users)), function()),
            (quote!(fixtures("user")), function()),
            (quote!(fixtures(path = "fixtures")), function()),
            (quote!(fixtures(scripts("users"))), function()),
            (quote!(fixtures(path = "fixtures", script("users"))), function()),
        ];
        insta::assert_snapshot!(cases.map(|(arguments, item)| expanded(arguments, &item)).join("\n"));
    }
}
