//! The text that `migrations!` stands for.
//!
//! It is written into one `String` and turned into tokens once, and it is short: with a thousand revisions
//! the compiler's time goes into tokens, not into reading files.

use crate::names::{self, Constants};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One revision as the expansion lists it.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    /// What it says of itself; see [`servicekit_chain::descriptor`].
    pub(crate) facts: String,
    /// The absolute path of the file.
    pub(crate) path: &'a str,
    /// The hidden module of a `.rs` file.
    pub(crate) module: Option<&'a str>,
}

/// What is known of a folder besides its revisions.
#[derive(Debug, Clone, Default)]
pub(crate) struct History<'a> {
    /// The folder as the argument of the macro names it.
    pub(crate) folder: &'a str,
    /// The absolute paths of the folders of versions.
    pub(crate) directories: Vec<&'a str>,
    /// The version rows when everything is applied.
    pub(crate) heads: Vec<String>,
    pub(crate) version_table: &'a str,
    pub(crate) journal_table: &'a str,
    pub(crate) schema: Option<&'a str>,
    pub(crate) current_schema: bool,
    /// Absolute paths of other files that the expansion was made from.
    pub(crate) tracked: Vec<&'a str>,
    /// Name and version of the crate that embeds the history.
    pub(crate) application: &'a str,
}

/// A `.rs` file that becomes a hidden module.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Module<'a> {
    pub(crate) name: &'a str,
    /// The absolute path of the file.
    pub(crate) path: &'a str,
    /// Whether its `revision!` has problems to report.
    pub(crate) reports: bool,
}

/// What the format of a `.rs` revision makes everybody write, so that no lint may hold it against them:
/// public functions in a private module, the glob import of the prelude, a message that is prose. The same
/// file may be embedded twice.
const ALLOWED: &str = "unreachable_pub, rustdoc::all, clippy::wildcard_imports, clippy::duplicate_mod, \
                       clippy::doc_markdown, clippy::doc_lazy_continuation, clippy::doc_link_with_quotes, \
                       clippy::too_long_first_doc_paragraph";

/// The hidden modules, siblings of what the user sees: nested ones confuse editors.
pub(crate) fn modules(modules: &[Module<'_>]) -> String {
    let mut out = String::new();
    for Module { name, path, reports } in modules {
        write(&mut out, format_args!("#[doc(hidden)] #[allow({ALLOWED})] #[path = {path:?}] mod {name};\n"));
        if *reports {
            // Were the file's own `revision!` ever not to speak, this name would be missing.
            write(&mut out, format_args!("const _: () = {name}::PROBLEMS_REPORTED;\n"));
        }
    }
    out
}

/// `MIGRATIONS` of a sound history, and what makes the compiler watch its files.
pub(crate) fn migrations(history: &History<'_>, revisions: &[Entry<'_>]) -> String {
    let mut out = String::with_capacity(800 + revisions.len() * 400);
    for path in &history.tracked {
        write(&mut out, format_args!("const _: &str = ::core::include_str!({path:?});\n"));
    }
    let History { folder, directories, heads, version_table, journal_table, application, .. } = history;
    let doc = format!("The history in `{folder}`, checked and embedded when this crate was compiled.");
    let count = revisions.len();
    write(
        &mut out,
        format_args!(
            "#[doc = {doc:?}]\npub static MIGRATIONS: ::servicekit::Migrations = {{\n\
             use ::core::include_str as text;\n\
             static REVISIONS: [::servicekit::Revision; {count}] = ::servicekit::__private::revisions(&[\n"
        ),
    );
    for Entry { facts, path, module } in revisions {
        match module {
            Some(_) => write(&mut out, format_args!("{facts:?}, \"\",\n")),
            None => write(&mut out, format_args!("{facts:?}, text!({path:?}),\n")),
        }
    }
    out.push_str("], &[\n");
    for module in revisions.iter().filter_map(|revision| revision.module) {
        write(&mut out, format_args!("{module}::REVISION,\n"));
    }
    let (schema, current_schema) = (option(history.schema), history.current_schema);
    write(
        &mut out,
        format_args!(
            "]);\nstatic EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {{\n\
             folder: {folder:?},\nheads: &{heads:?},\nrevisions: &REVISIONS,\nversion_table: {version_table:?},\n\
             journal_table: {journal_table:?},\nschema: {schema},\n\
             directories: if ::core::cfg!(debug_assertions) {{ &{directories:?} }} else {{ &[] }},\n\
             application: {application:?},\ncurrent_schema: {current_schema},\n}};\n::servicekit::Migrations::new(&EMBEDDED)\n}};\n"
        ),
    );
    out
}

/// The test by which the command line gets at revisions in Rust, also in a crate that is only a program. It does nothing
/// unless the command line has started it; the attribute is spelt out because `test` may be another one here.
///
/// `env` is the absolute path of `env.rs`, where there is one: it is compiled with the tests only.
pub(crate) fn worker(folder: &str, env: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(env) = env {
        write(
            &mut out,
            format_args!(
                "#[cfg(test)]\n#[doc(hidden)] #[allow({ALLOWED})] #[path = {env:?}] mod __servicekit_env;\n"
            ),
        );
    }
    let env = option_of(env.map(|_| "__servicekit_env::env"));
    write(
        &mut out,
        format_args!(
            "#[cfg(test)]\n#[::core::prelude::v1::test]\nfn servicekit_env() -> ::std::io::Result<()> {{\n\
             ::servicekit::__private::serve(MIGRATIONS, {folder:?}, {env})\n}}\n"
        ),
    );
    out
}

/// An `Option` of an expression.
fn option_of(expression: Option<&str>) -> String {
    match expression {
        Some(expression) => format!("::core::option::Option::Some({expression})"),
        None => "::core::option::Option::None".to_owned(),
    }
}

/// The module `rev`: a constant for every id, and one for every message that no other revision has.
///
/// Next to errors, several files may claim one id; the first has it.
pub(crate) fn ids(history: &History<'_>, revisions: &[Named<'_>]) -> String {
    let mut seen = BTreeSet::new();
    let revisions: Vec<Named<'_>> =
        revisions.iter().filter(|revision| seen.insert(revision.id)).copied().collect();
    let names: Vec<(&str, &str)> = revisions.iter().map(|r| (r.id, r.message)).collect();
    let mut out = String::with_capacity(300 + revisions.len() * 300);
    let doc = format!("The ids of the revisions in `{}`.", history.folder);
    // Programs use few of the ids, and an id that is spelt out has a small letter in it.
    write(
        &mut out,
        format_args!(
            "#[doc = {doc:?}]\n#[allow(dead_code, unused_imports, non_upper_case_globals)]\npub mod rev {{\n"
        ),
    );
    if !revisions.is_empty() {
        out.push_str("use ::servicekit::{RevisionId, __private::id};\n");
    }
    let constants = names::constants(&names);
    for (revision, Constants { id: name, .. }) in revisions.iter().zip(&constants) {
        document(&mut out, revision);
        let id = revision.id;
        write(&mut out, format_args!("pub const {name}: RevisionId = id({id:?});\n"));
    }
    // The compiler does less for a second name than for a second constant, and least for all of them in one item.
    out.push_str("pub use self::{\n");
    for Constants { id, alias } in &constants {
        if let Some(alias) = alias {
            write(&mut out, format_args!("{id} as {alias},\n"));
        }
    }
    out.push_str("};\n}\n");
    out
}

/// A revision as its constants show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) id: &'a str,
    pub(crate) message: &'a str,
    /// The file as the running program names it.
    pub(crate) name: &'a str,
}

/// What a constant says of its revision, as a comment: the compiler reads it faster than an attribute.
fn document(out: &mut String, revision: &Named<'_>) {
    let Named { id, message, name } = revision;
    // Only an attribute can say what ends a comment or is not seen in one.
    if [id, message, name].into_iter().any(|text| !is_printable(text)) {
        let mut text = String::new();
        documentation(&mut text, revision);
        return write(out, format_args!("#[doc = {text:?}]\n"));
    }
    out.push_str("/// ");
    documentation(out, revision);
    out.push('\n');
}

fn documentation(out: &mut String, Named { id, message, name }: &Named<'_>) {
    for text in ["`", id, "`"] {
        out.push_str(text);
    }
    if !message.is_empty() {
        out.push_str(": ");
        let mut rest = *message;
        // A message is prose: a bracket in it is no link and an angle no tag.
        while let Some(at) = first_markup(rest) {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            out.push('\\');
            let (sign, after) = after.split_at(1);
            out.push_str(sign);
            rest = after;
        }
        out.push_str(rest);
    }
    for text in [" (`", name, "`)"] {
        out.push_str(text);
    }
}

/// Whether it is made of ASCII characters that are seen.
///
/// This and [`first_markup`] go byte by byte, because the macros run without optimisation.
fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && matches!(bytes[at], b' '..=b'~') {
        at += 1;
    }
    at == bytes.len()
}

/// Where the first sign stands that may mean something in Markdown.
fn first_markup(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(
            bytes[at],
            b'a'..=b'z' | b' ' | b'A'..=b'Z' | b'0'..=b'9' | b',' | b'.' | b':' | b';' | b'\'' | b'-' | b'/' | b'(' | b')'
        ) && bytes[at].is_ascii_punctuation()
        {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn option(value: Option<&str>) -> String {
    option_of(value.map(|text| format!("{text:?}")).as_deref())
}

fn write(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` does not fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history() -> History<'static> {
        History {
            folder: "alembic",
            directories: vec!["/app/alembic/versions"],
            heads: vec!["b2".into()],
            version_table: "alembic_version",
            journal_table: "alembic_journal",
            schema: None,
            current_schema: false,
            tracked: vec!["/app/alembic.toml"],
            application: "app 0.1.0",
        }
    }

    #[test]
    fn sql_text_is_included_and_rust_functions_are_named() {
        let sql = Entry {
            facts: "a1\n\ncore\n\n\ncreate \"users\"\nalembic/versions/a1.sql".into(),
            path: "/app/alembic/versions/a1.sql",
            module: None,
        };
        let rust = Entry {
            facts: "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs".into(),
            path: "/app/alembic/versions/b2.rs",
            module: Some("__alembic_b2"),
        };
        insta::assert_snapshot!(migrations(&history(), &[sql, rust]), @r#"
        const _: &str = ::core::include_str!("/app/alembic.toml");
        #[doc = "The history in `alembic`, checked and embedded when this crate was compiled."]
        pub static MIGRATIONS: ::servicekit::Migrations = {
        use ::core::include_str as text;
        static REVISIONS: [::servicekit::Revision; 2] = ::servicekit::__private::revisions(&[
        "a1\n\ncore\n\n\ncreate \"users\"\nalembic/versions/a1.sql", text!("/app/alembic/versions/a1.sql"),
        "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs", "",
        ], &[
        __alembic_b2::REVISION,
        ]);
        static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
        folder: "alembic",
        heads: &["b2"],
        revisions: &REVISIONS,
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: ::core::option::Option::None,
        directories: if ::core::cfg!(debug_assertions) { &["/app/alembic/versions"] } else { &[] },
        application: "app 0.1.0",
        current_schema: false,
        };
        ::servicekit::Migrations::new(&EMBEDDED)
        };
        "#);
    }

    #[test]
    fn an_empty_history_is_a_history() {
        let empty = History { heads: vec![], tracked: vec![], schema: Some("app"), ..history() };
        insta::assert_snapshot!(migrations(&empty, &[]) + &ids(&empty, &[]), @r#"
        #[doc = "The history in `alembic`, checked and embedded when this crate was compiled."]
        pub static MIGRATIONS: ::servicekit::Migrations = {
        use ::core::include_str as text;
        static REVISIONS: [::servicekit::Revision; 0] = ::servicekit::__private::revisions(&[
        ], &[
        ]);
        static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
        folder: "alembic",
        heads: &[],
        revisions: &REVISIONS,
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: ::core::option::Option::Some("app"),
        directories: if ::core::cfg!(debug_assertions) { &["/app/alembic/versions"] } else { &[] },
        application: "app 0.1.0",
        current_schema: false,
        };
        ::servicekit::Migrations::new(&EMBEDDED)
        };
        #[doc = "The ids of the revisions in `alembic`."]
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
        pub use self::{
        };
        }
        "#);
    }

    #[test]
    fn ids_are_documented_with_message_and_file() {
        let revisions = [
            Named { id: "a1", message: "create [users] <all of *them*>", name: "alembic/versions/a1.sql" },
            Named { id: "b2", message: "", name: "alembic/versions/b2.rs" },
            Named { id: "c3", message: "naïve *form*", name: "alembic/versions/c3.sql" },
            Named { id: "b2", message: "the same id", name: "alembic/versions/b2_again.rs" },
        ];
        insta::assert_snapshot!(ids(&history(), &revisions), @r#"
        #[doc = "The ids of the revisions in `alembic`."]
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
        use ::servicekit::{RevisionId, __private::id};
        /// `a1`: create \[users\] \<all of \*them\*\> (`alembic/versions/a1.sql`)
        pub const R_A1: RevisionId = id("a1");
        /// `b2` (`alembic/versions/b2.rs`)
        pub const R_B2: RevisionId = id("b2");
        #[doc = "`c3`: naïve \\*form\\* (`alembic/versions/c3.sql`)"]
        pub const R_C3: RevisionId = id("c3");
        pub use self::{
        R_A1 as CREATE_USERS_ALL_OF_THEM,
        R_C3 as NA_VE_FORM,
        };
        }
        "#);
    }

    #[test]
    fn a_module_that_must_report_is_held_to_it() {
        let both = [
            Module { name: "__alembic_a", path: "/a b/é.rs", reports: false },
            Module { name: "__alembic_b", path: "/b.rs", reports: true },
        ];
        insta::assert_snapshot!(modules(&both), @r#"
        #[doc(hidden)] #[allow(unreachable_pub, rustdoc::all, clippy::wildcard_imports, clippy::duplicate_mod, clippy::doc_markdown, clippy::doc_lazy_continuation, clippy::doc_link_with_quotes, clippy::too_long_first_doc_paragraph)] #[path = "/a b/é.rs"] mod __alembic_a;
        #[doc(hidden)] #[allow(unreachable_pub, rustdoc::all, clippy::wildcard_imports, clippy::duplicate_mod, clippy::doc_markdown, clippy::doc_lazy_continuation, clippy::doc_link_with_quotes, clippy::too_long_first_doc_paragraph)] #[path = "/b.rs"] mod __alembic_b;
        const _: () = __alembic_b::PROBLEMS_REPORTED;
        "#);
    }
}
