//! `migrations!`: a folder of revisions, checked and embedded.

mod argument;
mod items;
mod list;
mod names;

use crate::cache::{self, Analysis};
use crate::call_site::CallSite;
use crate::paths;
use crate::report::FileReport;
use argument::Argument;
use items::{Entry, History, Module, Named};
use proc_macro2::TokenStream;
use servicekit_chain::file::VersionFile;
use servicekit_chain::folder::Folder;
use servicekit_chain::graph::Graph;
use servicekit_chain::{Source, descriptor};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use syn::Error;

/// What `migrations!("alembic")` expands to.
///
/// Whatever is wrong, the items that a program names are emitted, so that no error follows from the first ones.
pub(crate) fn expand(input: TokenStream, call_site: &CallSite) -> TokenStream {
    let application = &call_site.application;
    let Argument { folder: literal, span } = match syn::parse2(input) {
        Ok(argument) => argument,
        Err(error) => return with_errors(empty(Invocation { literal: "", application }), [error]),
    };
    let invocation = Invocation { literal: &literal, application };
    let (items, errors) = match call_site.find(&literal) {
        Ok(path) => embed(&cache::folder(&path, &call_site.working_dir), invocation),
        Err(searched) => {
            let searched: Vec<String> = searched.iter().map(|place| call_site.shown(place)).collect();
            (empty(invocation), vec![missing_folder(&literal, &searched)])
        }
    };
    with_errors(items, errors.into_iter().map(|message| Error::new(span, message)))
}

fn with_errors(mut items: TokenStream, errors: impl IntoIterator<Item = Error>) -> TokenStream {
    items.extend(errors.into_iter().map(Error::into_compile_error));
    items
}

/// Who embeds the history.
#[derive(Debug, Clone, Copy)]
struct Invocation<'a> {
    /// The folder as the argument names it.
    literal: &'a str,
    /// Name and version of the crate.
    application: &'a str,
}

/// The items for a folder that was read, and the messages that are reported on the argument of the macro.
///
/// Next to errors it has no revisions, but all that programs may name: so no error follows from the first ones.
fn embed(analysis: &Analysis, invocation: Invocation<'_>) -> (TokenStream, Vec<String>) {
    let folder = &analysis.folder;
    let mut errors = analysis.report.on_the_folder.clone();
    errors.extend(not_utf8(folder));
    let is_sound = folder.problems.is_empty() && errors.is_empty();

    let modules = module_names(&analysis.report.rust_files);
    let listed: Vec<Module<'_>> = analysis
        .report
        .rust_files
        .iter()
        .zip(&modules)
        .filter_map(|((path, report), (_, name))| {
            Some(Module { name, path: path.to_str()?, reports: !report.findings.is_empty() })
        })
        .collect();
    let files: Vec<Embedded<'_>> =
        folder.files.iter().map(|file| Embedded::new(file, folder, invocation)).collect();
    let listed_files = if is_sound { files.as_slice() } else { &[] };
    let revisions: Vec<Entry<'_>> = listed_files.iter().filter_map(|file| file.entry(&modules)).collect();
    let broken_names: Vec<String> =
        folder.broken.iter().map(|broken| name(&path_of(&broken.source), folder, invocation)).collect();
    let broken = folder.broken.iter().zip(&broken_names).map(|(broken, name)| Named {
        id: broken.id.as_str(),
        message: &broken.message,
        name,
    });
    let ids: Vec<Named<'_>> = files.iter().map(Embedded::as_named).chain(broken).collect();
    let mut items = items::modules(&listed);
    items.extend(items::migrations(&history(folder, invocation), &revisions));
    items.extend(items::ids(invocation.literal, &ids));
    items.extend(worker(folder).filter(|_| is_sound));
    (items, errors)
}

/// What the command line needs.
fn worker(folder: &Folder) -> Option<TokenStream> {
    let env = Some(folder.path.join("env.rs")).filter(|path| path.is_file());
    Some(items::worker(folder.path.to_str()?, env.as_deref().and_then(Path::to_str)))
}

/// The items where there is no folder to read: a history that holds nothing.
fn empty(invocation: Invocation<'_>) -> TokenStream {
    let Invocation { literal: folder, application } = invocation;
    let mut items = items::migrations(&History { folder, application, ..History::default() }, &[]);
    items.extend(items::ids(folder, &[]));
    items
}

/// The message when there is no folder in any of the places.
fn missing_folder(literal: &str, searched: &[String]) -> String {
    let mut text = format!("there is no folder `{literal}`");
    for place in searched {
        // Writing to a `String` does not fail.
        let _ = write!(text, "\nnote: looked at `{place}`");
    }
    text + "\nhelp: name the folder that holds `versions/`, as seen from `Cargo.toml` or from this file"
}

/// The hidden module of every `.rs` file, in the order of the files.
fn module_names(rust_files: &BTreeMap<PathBuf, FileReport>) -> BTreeMap<&Path, String> {
    let stem =
        |path: &'_ PathBuf| path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    let stems: Vec<String> = rust_files.keys().map(stem).collect();
    rust_files.keys().map(PathBuf::as_path).zip(names::modules(stems.iter().map(String::as_str))).collect()
}

/// The first path that no Rust source can name, though the names of the files themselves were checked.
fn not_utf8(folder: &Folder) -> Option<String> {
    let paths = std::iter::once(&folder.path).chain(&folder.folders).chain(&folder.config_path);
    let path = paths.into_iter().find(|path| path.to_str().is_none())?;
    Some(format!("the path `{}` is not UTF-8\nhelp: rename the folder", path.display()))
}

fn history<'a>(folder: &'a Folder, invocation: Invocation<'a>) -> History<'a> {
    let heads = folder.graph.as_ref().map(Graph::effective_heads).unwrap_or_default();
    History {
        folder: invocation.literal,
        directories: folder.folders.iter().filter_map(|path| path.to_str()).collect(),
        heads: heads.iter().map(|id| id.as_str().to_owned()).collect(),
        version_table: &folder.config.version_table,
        journal_table: &folder.config.journal_table,
        schema: folder.config.schema.as_deref(),
        current_schema: folder.config.current_schema,
        ignore: folder.config.ignore.iter().map(ToString::to_string).collect(),
        databases: folder.config.databases.iter().map(|dialect| dialect.name()).collect(),
        tracked: folder.config_path.iter().filter_map(|path| path.to_str()).collect(),
        application: invocation.application,
    }
}

/// A file as the running program names it.
fn name(path: &Path, folder: &Folder, invocation: Invocation<'_>) -> String {
    paths::embedded_name(invocation.literal, &folder.path, path)
}

fn path_of(source: &Source) -> PathBuf {
    paths::lexically_normalised(&source.path)
}

/// A sound file and the paths by which the expansion names it.
struct Embedded<'a> {
    file: &'a VersionFile,
    path: PathBuf,
    name: String,
}

impl<'a> Embedded<'a> {
    fn new(file: &'a VersionFile, folder: &Folder, invocation: Invocation<'_>) -> Self {
        let path = path_of(&file.source);
        Self { file, name: name(&path, folder, invocation), path }
    }

    fn as_named(&self) -> Named<'_> {
        Named { id: self.file.id().as_str(), message: &self.file.header.message, name: &self.name }
    }

    fn entry(&'a self, modules: &'a BTreeMap<&Path, String>) -> Option<Entry<'a>> {
        let module = if self.file.is_rust() { modules.get(self.path.as_path()) } else { None };
        Some(Entry {
            descriptor: descriptor::write(self.file, &self.name),
            path: self.path.to_str()?,
            module: module.map(String::as_str),
        })
    }
}

/// The items as rustfmt would write them.
#[cfg(test)]
fn printed(items: &TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(items.clone()).unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;
    use std::fs;
    use tempfile::TempDir;

    /// A folder `alembic` with these files of versions.
    fn folder(files: &[(&str, &str)]) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("alembic/versions")).unwrap();
        for (name, text) in files {
            fs::write(root.path().join("alembic/versions").join(name), text).unwrap();
        }
        root
    }

    /// The expansion of `migrations!("alembic")`, with the temporary folder as `/app` and digests by name.
    fn expanded(root: &TempDir) -> String {
        let items = expand(quote!("alembic"), &CallSite::in_folder(root.path()));
        let mut text = printed(&items).replace(root.path().to_str().unwrap(), "/app");
        for file in &Folder::read(&root.path().join("alembic"), root.path()).files {
            text = text.replace(&file.digest().to_string(), &format!("digest of {}", file.id()));
        }
        text
    }

    const CREATE_USERS: &str =
        "-- create users\n-- revision: a1\n-- +upgrade\nCREATE TABLE users (id INTEGER);\n";
    const ADD_EMAIL: &str = "//! add email\nrevision! { id: \"b2\", down_revision: \"a1\", branch_labels: [\"mail\"] }\n\
                             fn upgrade(op: &mut Operations) {}\n";

    #[test]
    fn a_sound_folder_becomes_modules_a_history_and_ids() {
        let root = folder(&[("a1.sql", CREATE_USERS), ("b2_add_email.rs", ADD_EMAIL)]);
        fs::write(root.path().join("alembic.toml"), "version_table = \"v\"\n").unwrap();
        insta::assert_snapshot!(expanded(&root), @r#"
        #[doc(hidden)]
        #[allow(
            unreachable_pub,
            rustdoc::all,
            clippy::wildcard_imports,
            clippy::duplicate_mod,
            clippy::doc_markdown,
            clippy::doc_lazy_continuation,
            clippy::doc_link_with_quotes,
            clippy::too_long_first_doc_paragraph
        )]
        #[path = "/app/alembic/versions/b2_add_email.rs"]
        mod __alembic_b2_add_email;
        const _: &str = ::core::include_str!("/app/alembic.toml");
        ///The history in `alembic`, checked and embedded when this crate was compiled.
        pub static MIGRATIONS: ::servicekit::Migrations = {
            use ::core::include_str as text;
            static REVISIONS: [::servicekit::history::Revision; 2usize] = ::servicekit::__private::revisions(
                &[
                    "a1\n\n\n\n\n\ncreate users\nalembic/versions/a1.sql",
                    text!("/app/alembic/versions/a1.sql"),
                    "b2\na1\nmail\n\ndigest of b2\n\nadd email\nalembic/versions/b2_add_email.rs",
                    "",
                ],
                &[__alembic_b2_add_email::REVISION],
            );
            static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
                folder: "alembic",
                heads: &["b2"],
                revisions: &REVISIONS,
                version_table: "v",
                journal_table: "alembic_journal",
                schema: ::core::option::Option::None,
                directories: if ::core::cfg!(debug_assertions) {
                    &["/app/alembic/versions"]
                } else {
                    &[]
                },
                application: "app 0.1.0",
                current_schema: false,
                ignore: &[],
                databases: &[],
                compiled: ::servicekit::__private::Compiled::new(),
            };
            ::servicekit::Migrations::new(&EMBEDDED)
        };
        ///The ids of the revisions in `alembic`.
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
            use ::servicekit::{RevisionId, __private::id};
            /// `a1`: create users (`alembic/versions/a1.sql`)
            pub const R_A1: RevisionId = id("a1");
            /// `b2`: add email (`alembic/versions/b2_add_email.rs`)
            pub const R_B2: RevisionId = id("b2");
            pub use self::{R_A1 as CREATE_USERS, R_B2 as ADD_EMAIL};
        }
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn servicekit_env() -> ::std::io::Result<()> {
            ::servicekit::__private::serve(
                MIGRATIONS,
                "/app/alembic",
                ::core::option::Option::None::<fn()>,
            )
        }
        "#);
    }

    #[test]
    fn the_environment_is_compiled_with_the_tests() {
        let root = folder(&[("a1.sql", CREATE_USERS)]);
        fs::write(root.path().join("alembic/env.rs"), "pub fn env() {}\n").unwrap();
        let items = expanded(&root);
        insta::assert_snapshot!(items[items.find("#[cfg(test)]").unwrap()..], @r#"
        #[cfg(test)]
        #[doc(hidden)]
        #[allow(
            unreachable_pub,
            rustdoc::all,
            clippy::wildcard_imports,
            clippy::duplicate_mod,
            clippy::doc_markdown,
            clippy::doc_lazy_continuation,
            clippy::doc_link_with_quotes,
            clippy::too_long_first_doc_paragraph
        )]
        #[path = "/app/alembic/env.rs"]
        mod __servicekit_env;
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn servicekit_env() -> ::std::io::Result<()> {
            ::servicekit::__private::serve(
                MIGRATIONS,
                "/app/alembic",
                ::core::option::Option::Some(__servicekit_env::env),
            )
        }
        "#);
    }

    #[test]
    fn next_to_errors_there_is_an_empty_history_and_every_id_that_is_known() {
        let root = folder(&[
            ("a1.sql", &CREATE_USERS.replace("+upgrade", "+upgarde")),
            ("b2_add_email.rs", ADD_EMAIL),
            ("c3.rs", &ADD_EMAIL.replace("b2", "c3").replace("a1", "a2")),
            ("d4.rs", "//! no invocation\n"),
        ]);
        insta::assert_snapshot!(expanded(&root), @r#"
        #[doc(hidden)]
        #[allow(
            unreachable_pub,
            rustdoc::all,
            clippy::wildcard_imports,
            clippy::duplicate_mod,
            clippy::doc_markdown,
            clippy::doc_lazy_continuation,
            clippy::doc_link_with_quotes,
            clippy::too_long_first_doc_paragraph
        )]
        #[path = "/app/alembic/versions/b2_add_email.rs"]
        mod __alembic_b2_add_email;
        #[doc(hidden)]
        #[allow(
            unreachable_pub,
            rustdoc::all,
            clippy::wildcard_imports,
            clippy::duplicate_mod,
            clippy::doc_markdown,
            clippy::doc_lazy_continuation,
            clippy::doc_link_with_quotes,
            clippy::too_long_first_doc_paragraph
        )]
        #[path = "/app/alembic/versions/c3.rs"]
        mod __alembic_c3;
        const _: () = __alembic_c3::PROBLEMS_REPORTED;
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
                schema: ::core::option::Option::None,
                directories: if ::core::cfg!(debug_assertions) {
                    &["/app/alembic/versions"]
                } else {
                    &[]
                },
                application: "app 0.1.0",
                current_schema: false,
                ignore: &[],
                databases: &[],
                compiled: ::servicekit::__private::Compiled::new(),
            };
            ::servicekit::Migrations::new(&EMBEDDED)
        };
        ///The ids of the revisions in `alembic`.
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
            use ::servicekit::{RevisionId, __private::id};
            /// `b2`: add email (`alembic/versions/b2_add_email.rs`)
            pub const R_B2: RevisionId = id("b2");
            /// `c3`: add email (`alembic/versions/c3.rs`)
            pub const R_C3: RevisionId = id("c3");
            /// `a1`: create users (`alembic/versions/a1.sql`)
            pub const R_A1: RevisionId = id("a1");
            pub use self::R_A1 as CREATE_USERS;
        }
        ::core::compile_error! {
            "unknown directive `+upgarde`\n --> alembic/versions/a1.sql:3:4\n  |\n3 | -- +upgarde\n  |    ^^^^^^^^ no such directive\n  |\nhelp: write `-- +upgrade`"
        }
        ::core::compile_error! {
            "this file has no `revision! { … }`\n --> alembic/versions/d4.rs:1:1\n  |\n1 | //! no invocation\n  | ^^^^^^^^^^^^^^^^^\n  |\nhelp: add `revision! { id: \"d4\", }`; a helper module belongs outside the folder of revisions"
        }
        "#);
    }

    #[test]
    fn the_places_that_were_looked_at_are_named() {
        let places = ["app/alembic".to_owned(), "app/src/alembic".to_owned()];
        insta::assert_snapshot!(missing_folder("alembic", &places), @"
        there is no folder `alembic`
        note: looked at `app/alembic`
        note: looked at `app/src/alembic`
        help: name the folder that holds `versions/`, as seen from `Cargo.toml` or from this file
        ");
    }

    #[test]
    fn without_a_folder_there_is_an_empty_history() {
        let root = tempfile::tempdir().unwrap();
        let place = CallSite::in_folder(root.path());
        for argument in [quote!("alembic"), quote!(alembic), quote!()] {
            let items = expand(argument, &place).to_string();
            assert!(items.contains("static MIGRATIONS") && items.contains("mod rev"), "{items}");
            assert_eq!(items.matches("compile_error").count(), 1, "{items}");
        }
    }
}
