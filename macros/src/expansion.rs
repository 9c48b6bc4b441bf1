//! The text that `migrations!` stands for.
//!
//! It is written into one `String` and turned into tokens once, and it is short: with a thousand revisions
//! the compiler's time goes into tokens, not into reading files.

use crate::names;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One revision as the expansion lists it.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    /// What it says of itself; see [`servicekit_chain::facts`].
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
    write(
        &mut out,
        format_args!(
            "#[doc = {doc:?}]\npub static MIGRATIONS: ::servicekit::Migrations = {{\nuse ::servicekit::Revision;\n\
             static REVISIONS: &[Revision] = &[\n"
        ),
    );
    for revision in revisions {
        entry(&mut out, revision);
    }
    let schema = option(history.schema);
    write(
        &mut out,
        format_args!(
            "];\nstatic EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {{\n\
             folder: {folder:?},\nheads: &{heads:?},\nrevisions: REVISIONS,\nversion_table: {version_table:?},\n\
             journal_table: {journal_table:?},\nschema: {schema},\n\
             directories: if ::core::cfg!(debug_assertions) {{ &{directories:?} }} else {{ &[] }},\n\
             application: {application:?},\n}};\n::servicekit::Migrations::new(&EMBEDDED)\n}};\n"
        ),
    );
    out
}

fn entry(out: &mut String, Entry { facts, path, module }: &Entry<'_>) {
    match module {
        Some(module) => write(out, format_args!("Revision::rust({facts:?}, {module}::REVISION),\n")),
        None => write(out, format_args!("Revision::sql({facts:?}, ::core::include_str!({path:?})),\n")),
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
        out.push_str("use ::servicekit::RevisionId;\n");
    }
    for (revision, constants) in revisions.iter().zip(names::constants(&names)) {
        let doc = documentation(revision);
        let (id, name) = (revision.id, &constants.id);
        write(
            &mut out,
            format_args!(
                "#[doc = {doc:?}]\npub const {name}: RevisionId = RevisionId::from_static({id:?});\n"
            ),
        );
        if let Some(alias) = &constants.alias {
            // The compiler does less for a second name than for a second constant.
            write(&mut out, format_args!("pub use self::{name} as {alias};\n"));
        }
    }
    out.push_str("}\n");
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

fn documentation(revision: &Named<'_>) -> String {
    let mut out = format!("`{}`", revision.id);
    if !revision.message.is_empty() {
        out.push_str(": ");
        for c in revision.message.chars() {
            // A message is prose: a bracket in it is no link and an angle no tag.
            if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | ';' | '\'' | '-' | '/' | '(' | ')')
            {
                out.push('\\');
            }
            out.push(c);
        }
    }
    write(&mut out, format_args!(" (`{}`)", revision.name));
    out
}

fn option(value: Option<&str>) -> String {
    match value {
        Some(text) => format!("::core::option::Option::Some({text:?})"),
        None => "::core::option::Option::None".to_owned(),
    }
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
        use ::servicekit::Revision;
        static REVISIONS: &[Revision] = &[
        Revision::sql("a1\n\ncore\n\n\ncreate \"users\"\nalembic/versions/a1.sql", ::core::include_str!("/app/alembic/versions/a1.sql")),
        Revision::rust("b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs", __alembic_b2::REVISION),
        ];
        static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
        folder: "alembic",
        heads: &["b2"],
        revisions: REVISIONS,
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: ::core::option::Option::None,
        directories: if ::core::cfg!(debug_assertions) { &["/app/alembic/versions"] } else { &[] },
        application: "app 0.1.0",
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
        use ::servicekit::Revision;
        static REVISIONS: &[Revision] = &[
        ];
        static EMBEDDED: ::servicekit::__private::Embedded = ::servicekit::__private::Embedded {
        folder: "alembic",
        heads: &[],
        revisions: REVISIONS,
        version_table: "alembic_version",
        journal_table: "alembic_journal",
        schema: ::core::option::Option::Some("app"),
        directories: if ::core::cfg!(debug_assertions) { &["/app/alembic/versions"] } else { &[] },
        application: "app 0.1.0",
        };
        ::servicekit::Migrations::new(&EMBEDDED)
        };
        #[doc = "The ids of the revisions in `alembic`."]
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
        }
        "#);
    }

    #[test]
    fn ids_are_documented_with_message_and_file() {
        let revisions = [
            Named { id: "a1", message: "create [users] <all of *them*>", name: "alembic/versions/a1.sql" },
            Named { id: "b2", message: "", name: "alembic/versions/b2.rs" },
            Named { id: "b2", message: "the same id", name: "alembic/versions/b2_again.rs" },
        ];
        insta::assert_snapshot!(ids(&history(), &revisions), @r#"
        #[doc = "The ids of the revisions in `alembic`."]
        #[allow(dead_code, unused_imports, non_upper_case_globals)]
        pub mod rev {
        use ::servicekit::RevisionId;
        #[doc = "`a1`: create \\[users\\] \\<all of \\*them\\*\\> (`alembic/versions/a1.sql`)"]
        pub const R_A1: RevisionId = RevisionId::from_static("a1");
        pub use self::R_A1 as CREATE_USERS_ALL_OF_THEM;
        #[doc = "`b2` (`alembic/versions/b2.rs`)"]
        pub const R_B2: RevisionId = RevisionId::from_static("b2");
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
