//! `migration_tests!`: a module of tests of a history.

mod arguments;

use crate::attributes::Errors;
use arguments::{Arguments, Kind, Revisions};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// What the macro expands to: one module of tests; next to mistakes, none.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(arguments) = Arguments::read(input, &mut errors).filter(|_| errors.is_empty()) else {
        return errors.beside(TokenStream::new());
    };
    let Arguments { migrations, revisions, databases, name, krate, .. } = &arguments;
    let revisions = revisions.as_ref().map(|revisions| {
        let value = match revisions {
            Revisions::All => quote!(All),
            Revisions::Last(count) => quote!(Last(#count)),
        };
        quote!(.revisions(#krate::testing::CheckedRevisions::#value))
    });
    let of_history = ["single_head", "every_file_is_embedded", "recordings_are_repeatable"].map(|check| {
        let check = Ident::new(check, Span::call_site());
        quote! {
            #[::core::prelude::v1::test]
            fn #check() -> ::core::result::Result<(), #krate::testing::MigrationCheckError> {
                checks().#check()
            }
        }
    });
    let on_databases = databases.iter().map(|kind| on_database(*kind, &arguments));
    quote! {
        #[cfg(test)]
        mod #name {
            #[allow(unused_imports)]
            use super::*;

            fn checks() -> #krate::testing::MigrationChecks {
                #krate::testing::MigrationChecks::new(#migrations) #revisions
            }

            #(#of_history)*
            #(#on_databases)*
        }
    }
}

/// The tests that need a database of one kind.
fn on_database(kind: Kind, arguments: &Arguments) -> TokenStream {
    let Arguments { models, seeds, krate, .. } = arguments;
    let module = format_ident!("{}", kind.name());
    let database = format_ident!("{}", kind.driver());
    let mut tests = vec![
        test("upgrade_to_head", &quote!(checks().upgrade_to_head(&database).await), &database, arguments),
        test("up_down_up", &skipping(&quote!(up_down_up)), &database, arguments),
        test("downgrade_to_base", &skipping(&quote!(downgrade_to_base)), &database, arguments),
    ];
    if let Some(models) = models {
        let check = quote!(checks().models_match_head(#models, &database).await);
        tests.push(test("models_match_head", &check, &database, arguments));
    }
    if let Some(seeds) = seeds {
        let check = quote! {{
            let seeds: ::std::vec::Vec<#krate::testing::Seed> = ::std::vec::Vec::from(#seeds);
            checks().seeded_rows_survive(&seeds, &database).await
        }};
        tests.push(test("seeded_rows_survive", &check, &database, arguments));
    }
    quote! {
        mod #module {
            #[allow(unused_imports)]
            use super::*;

            #(#tests)*
        }
    }
}

/// A check that says what it leaves out.
fn skipping(check: &TokenStream) -> TokenStream {
    quote! {
        checks().#check(&database).await.map(|skipped| {
            for skipped in skipped {
                ::std::println!("{skipped}");
            }
        })
    }
}

fn test(name: &str, check: &TokenStream, database: &Ident, arguments: &Arguments) -> TokenStream {
    let krate = &arguments.krate;
    let name = Ident::new(name, Span::call_site());
    quote! {
        #[#krate::test(migrations = false, crate = #krate)]
        #[allow(clippy::print_stdout)]
        async fn #name(
            database: #krate::Database<#krate::sqlx::#database>,
        ) -> ::core::result::Result<(), #krate::testing::MigrationCheckError> {
            #check
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(input: TokenStream) -> String {
        prettyplease::unparse(&syn::parse2(expand(input)).unwrap())
    }

    #[test]
    fn each_check_is_a_test_on_each_database() {
        insta::assert_snapshot!(expanded(quote!(
            MIGRATIONS,
            models = models![User],
            databases = [sqlite, postgres],
            seeds = [users()],
            revisions = all
        )));
    }

    #[test]
    fn a_history_alone_is_tested_on_sqlite() {
        insta::assert_snapshot!(expanded(quote!(crate::shop::MIGRATIONS, name = shop, revisions = 5)));
    }

    #[test]
    fn mistakes_are_told() {
        let cases = [
            quote!(),
            quote!(databases = [sqlite]),
            quote!(MIGRATIONS, databases = [oracle, sqlite, sqlite]),
            quote!(MIGRATIONS, databases = []),
            quote!(MIGRATIONS, databases = sqlite),
            quote!(MIGRATIONS, model = Base),
            quote!(MIGRATIONS, models),
            quote!(MIGRATIONS, revisions = some),
            quote!(MIGRATIONS, name = "x"),
            quote!(MIGRATIONS, models = A, models = B),
        ];
        insta::assert_snapshot!(cases.map(expanded).join("\n"));
    }
}
