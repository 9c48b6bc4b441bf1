//! The items that `migrations!` expands to.

use super::{list, names};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// One revision as the expansion lists it.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// Its header in one text; see [`servicekit_chain::descriptor`].
    pub(super) descriptor: String,
    /// The absolute path of the file.
    pub(super) path: &'a str,
    /// The hidden module of a `.rs` file.
    pub(super) module: Option<&'a str>,
}

/// What is known of a folder besides its revisions.
#[derive(Debug, Clone, Default)]
pub(super) struct History<'a> {
    /// The folder as the argument of the macro names it.
    pub(super) folder: &'a str,
    /// The absolute paths of the folders of versions.
    pub(super) directories: Vec<&'a str>,
    /// The version rows when everything is applied.
    pub(super) heads: Vec<String>,
    pub(super) version_table: &'a str,
    pub(super) journal_table: &'a str,
    pub(super) schema: Option<&'a str>,
    pub(super) current_schema: bool,
    /// What autogenerate leaves as it is.
    pub(super) ignore: Vec<String>,
    /// The kinds of databases that the history serves, by their names.
    pub(super) databases: Vec<&'a str>,
    /// Absolute paths of other files that the expansion was made from.
    pub(super) tracked: Vec<&'a str>,
    /// Name and version of the crate that embeds the history.
    pub(super) application: &'a str,
}

/// A `.rs` file that becomes a hidden module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Module<'a> {
    pub(super) name: &'a str,
    /// The absolute path of the file.
    pub(super) path: &'a str,
    /// Whether its `revision!` has problems to report.
    pub(super) reports: bool,
}

/// A revision as its constants show it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) id: &'a str,
    pub(super) message: &'a str,
    /// The file as the running program names it.
    pub(super) name: &'a str,
}

/// The hidden modules, siblings of what the user sees: nested ones confuse editors.
pub(super) fn modules(modules: &[Module<'_>]) -> TokenStream {
    list::tokens(&list::modules(modules))
}

/// `MIGRATIONS` of a sound history, and what makes the compiler watch its files.
pub(super) fn migrations(history: &History<'_>, revisions: &[Entry<'_>]) -> TokenStream {
    let History { folder, directories, heads, version_table, journal_table, .. } = history;
    let History { schema, current_schema, ignore, databases, tracked, application, .. } = history;
    let doc = format!("The history in `{folder}`, checked and embedded when this crate was compiled.");
    let count = revisions.len();
    let literals = list::tokens(&list::literals(revisions));
    let functions = list::tokens(&list::functions(revisions));
    let schema = option(schema.map(|schema| quote!(#schema)));
    quote! {
        #(const _: &str = ::core::include_str!(#tracked);)*
        #[doc = #doc]
        pub static MIGRATIONS: ::servicekit::Migrations = {
            use ::core::include_str as text;
            static REVISIONS: [::servicekit::history::Revision; #count] =
                ::servicekit::__private::revisions(&[#literals], &[#functions]);
            static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
                folder: #folder,
                heads: &[#(#heads),*],
                revisions: &REVISIONS,
                version_table: #version_table,
                journal_table: #journal_table,
                schema: #schema,
                directories: if ::core::cfg!(debug_assertions) { &[#(#directories),*] } else { &[] },
                application: #application,
                current_schema: #current_schema,
                ignore: &[#(#ignore),*],
                databases: &[#(#databases),*],
                compiled: ::servicekit::__private::Compiled::new(),
            };
            ::servicekit::Migrations::new(&EMBEDDED)
        };
    }
}

/// The test by which the command line runs revisions in Rust, also in a crate that is only a program. It does nothing
/// unless the command line has started it; the attribute is spelt out because `test` may be another one here.
///
/// `env` is the absolute path of `env.rs`, if it exists: it is compiled with the tests only.
pub(super) fn worker(folder: &str, env: Option<&str>) -> TokenStream {
    let module = env.map(|path| {
        let module = modules(&[Module { name: "__servicekit_env", path, reports: false }]);
        quote!(#[cfg(test)] #module)
    });
    // Without a file nothing else tells what `env()` gives.
    let env = env.map_or_else(
        || quote!(::core::option::Option::None::<fn()>),
        |_| quote!(::core::option::Option::Some(__servicekit_env::env)),
    );
    quote! {
        #module
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn servicekit_env() -> ::std::io::Result<()> {
            ::servicekit::__private::serve(MIGRATIONS, #folder, #env)
        }
    }
}

/// An `Option` of an expression.
fn option(expression: Option<TokenStream>) -> TokenStream {
    expression.map_or_else(
        || quote!(::core::option::Option::None),
        |expression| quote!(::core::option::Option::Some(#expression)),
    )
}

/// The module `rev`: a constant for every id, and one for every message that no other revision has.
///
/// Next to errors, several files may claim one id; the first has it.
pub(super) fn ids(folder: &str, revisions: &[Named<'_>]) -> TokenStream {
    let mut seen = BTreeSet::new();
    let revisions: Vec<Named<'_>> =
        revisions.iter().filter(|revision| seen.insert(revision.id)).copied().collect();
    let names: Vec<(&str, &str)> = revisions.iter().map(|r| (r.id, r.message)).collect();
    let doc = format!("The ids of the revisions in `{folder}`.");
    let import = (!revisions.is_empty()).then(|| {
        quote!(
            use ::servicekit::{RevisionId, __private::id};
        )
    });
    let constants = list::tokens(&list::ids(&revisions, &names::constants(&names)));
    // Programs use few of the ids, and an id that is spelt out has a small letter in it.
    quote! {
        #[doc = #doc]
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
            #import
            #constants
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrations::printed;

    fn history() -> History<'static> {
        History {
            folder: "alembic",
            directories: vec!["/app/alembic/versions"],
            heads: vec!["b2".into()],
            version_table: "alembic_version",
            journal_table: "alembic_journal",
            schema: None,
            current_schema: false,
            ignore: vec!["audit_*".to_owned()],
            databases: vec!["sqlite", "postgres"],
            tracked: vec!["/app/alembic.toml"],
            application: "app 0.1.0",
        }
    }

    #[test]
    fn a_history_has_a_list_of_literals_and_a_list_of_functions() {
        let sql = Entry {
            descriptor: "a1\n\n\n\n\n\nalembic/versions/a1.sql".into(),
            path: "/app/alembic/versions/a1.sql",
            module: None,
        };
        let rust = Entry {
            descriptor: "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs".into(),
            path: "/app/alembic/versions/b2.rs",
            module: Some("__alembic_b2"),
        };
        insta::assert_snapshot!(printed(&migrations(&history(), &[sql, rust])), @r#"
        const _: &str = ::core::include_str!("/app/alembic.toml");
        ///The history in `alembic`, checked and embedded when this crate was compiled.
        pub static MIGRATIONS: ::servicekit::Migrations = {
            use ::core::include_str as text;
            static REVISIONS: [::servicekit::history::Revision; 2usize] = ::servicekit::__private::revisions(
                &[
                    "a1\n\n\n\n\n\nalembic/versions/a1.sql",
                    text!("/app/alembic/versions/a1.sql"),
                    "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs",
                    "",
                ],
                &[__alembic_b2::REVISION],
            );
            static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
                folder: "alembic",
                heads: &["b2"],
                revisions: &REVISIONS,
                version_table: "alembic_version",
                journal_table: "alembic_journal",
                schema: ::core::option::Option::None,
                directories: if ::core::cfg!(debug_assertions) {
                    &["/app/alembic/versions"]
                } else {
                    &[]
                },
                application: "app 0.1.0",
                current_schema: false,
                ignore: &["audit_*"],
                databases: &["sqlite", "postgres"],
                compiled: ::servicekit::__private::Compiled::new(),
            };
            ::servicekit::Migrations::new(&EMBEDDED)
        };
        "#);
    }

    #[test]
    fn an_empty_history_is_a_history() {
        let empty = History { heads: vec![], tracked: vec![], schema: Some("app"), ..history() };
        let mut items = migrations(&empty, &[]);
        items.extend(ids("alembic", &[]));
        insta::assert_snapshot!(printed(&items), @r#"
        ///The history in `alembic`, checked and embedded when this crate was compiled.
        pub static MIGRATIONS: ::servicekit::Migrations = {
            use ::core::include_str as text;
            static REVISIONS: [::servicekit::history::Revision; 0usize] = ::servicekit::__private::revisions(
                &[],
                &[],
            );
            static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
                folder: "alembic",
                heads: &[],
                revisions: &REVISIONS,
                version_table: "alembic_version",
                journal_table: "alembic_journal",
                schema: ::core::option::Option::Some("app"),
                directories: if ::core::cfg!(debug_assertions) {
                    &["/app/alembic/versions"]
                } else {
                    &[]
                },
                application: "app 0.1.0",
                current_schema: false,
                ignore: &["audit_*"],
                databases: &["sqlite", "postgres"],
                compiled: ::servicekit::__private::Compiled::new(),
            };
            ::servicekit::Migrations::new(&EMBEDDED)
        };
        ///The ids of the revisions in `alembic`.
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
            pub use self::{};
        }
        "#);
    }

    #[test]
    fn the_first_of_several_revisions_has_their_id() {
        let revisions = [
            Named { id: "b2", message: "add email", name: "alembic/versions/b2.rs" },
            Named { id: "b2", message: "the same id", name: "alembic/versions/b2_again.rs" },
        ];
        insta::assert_snapshot!(printed(&ids("alembic", &revisions)), @r#"
        ///The ids of the revisions in `alembic`.
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
            use ::servicekit::{RevisionId, __private::id};
            /// `b2`: add email (`alembic/versions/b2.rs`)
            pub const R_B2: RevisionId = id("b2");
            pub use self::R_B2 as ADD_EMAIL;
        }
        "#);
    }
}
