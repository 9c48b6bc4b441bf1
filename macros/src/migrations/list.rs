//! The lists of the expansion, with an element for every revision, as text.

use super::items::{Entry, Module, Named};
use super::names::Constants;
use proc_macro2::{Span, TokenStream};
use std::fmt::{Arguments, Write as _};

/// The tokens of a list, from its whole text.
///
/// The one place where the macros make tokens from text. `quote!` makes a list token by token, in code without
/// optimisation; a text is lexed by the compiler, which is fast. Measured with a thousand revisions, in a build
/// that expands the macro: 50 milliseconds for the whole expansion, and 70 with `quote!` in place of the text.
///
/// The compiler is asked itself, because `proc_macro2` first lexes a text on its own: 22 milliseconds more.
///
/// The text is ours, so it is always made of tokens; should it not be, that is an error at the invocation and
/// never a panic.
pub(super) fn tokens(text: &str) -> TokenStream {
    let tokens = if proc_macro::is_available() {
        text.parse::<proc_macro::TokenStream>().map(TokenStream::from).map_err(|error| error.to_string())
    } else {
        text.parse::<TokenStream>().map_err(|error| error.to_string())
    };
    tokens.unwrap_or_else(|error| {
        let message = format!("servicekit generated something that is not Rust ({error}); please report it");
        syn::Error::new(Span::call_site(), message).into_compile_error()
    })
}

/// What the format of a `.rs` revision makes everybody write, so that no lint may reject it: public functions in a
/// private module, the glob import of the prelude, a message that is prose. The same file may be embedded twice.
const ALLOWED: &str = "unreachable_pub, rustdoc::all, clippy::wildcard_imports, clippy::duplicate_mod, \
                       clippy::doc_markdown, clippy::doc_lazy_continuation, clippy::doc_link_with_quotes, \
                       clippy::too_long_first_doc_paragraph";

/// The hidden modules of `.rs` files.
pub(super) fn modules(modules: &[Module<'_>]) -> String {
    let mut out = String::new();
    for Module { name, path, reports } in modules {
        write(&mut out, format_args!("#[doc(hidden)] #[allow({ALLOWED})] #[path = {path:?}] mod {name};\n"));
        if *reports {
            // Should the file's own `revision!` report nothing, this name is missing.
            write(&mut out, format_args!("const _: () = {name}::PROBLEMS_REPORTED;\n"));
        }
    }
    out
}

/// Descriptor and text of every revision, in turn; a `.rs` revision has no text. `text` is `include_str`.
pub(super) fn literals(revisions: &[Entry<'_>]) -> String {
    let mut out = String::with_capacity(revisions.len() * 400);
    for Entry { descriptor, path, module } in revisions {
        match module {
            Some(_) => write(&mut out, format_args!("{descriptor:?}, \"\",\n")),
            None => write(&mut out, format_args!("{descriptor:?}, text!({path:?}),\n")),
        }
    }
    out
}

/// The functions of every `.rs` revision.
pub(super) fn functions(revisions: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for module in revisions.iter().filter_map(|revision| revision.module) {
        write(&mut out, format_args!("{module}::REVISION,\n"));
    }
    out
}

/// A constant for every id, documented, and the further names.
pub(super) fn ids(revisions: &[Named<'_>], constants: &[Constants]) -> String {
    let mut out = String::with_capacity(revisions.len() * 300);
    for (revision, Constants { id: name, .. }) in revisions.iter().zip(constants) {
        document(&mut out, revision);
        let id = revision.id;
        write(&mut out, format_args!("pub const {name}: RevisionId = id({id:?});\n"));
    }
    // The compiler does less for a second name than for a second constant, and least for all of them in one item.
    out.push_str("pub use self::{\n");
    for Constants { id, alias } in constants {
        if let Some(alias) = alias {
            write(&mut out, format_args!("{id} as {alias},\n"));
        }
    }
    out.push_str("};\n");
    out
}

/// The documentation of a constant, as a comment: the compiler reads it faster than an attribute.
fn document(out: &mut String, revision: &Named<'_>) {
    let Named { id, message, name } = revision;
    // Only an attribute can hold what ends a comment or is not visible in one.
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
            let (escaped, after) = after.split_at(1);
            out.push_str(escaped);
            rest = after;
        }
        out.push_str(rest);
    }
    for text in [" (`", name, "`)"] {
        out.push_str(text);
    }
}

/// Whether it is made of visible ASCII characters.
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

/// The index of the first character that may mean something in Markdown.
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

fn write(out: &mut String, text: Arguments<'_>) {
    // Writing to a `String` does not fail.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrations::names;

    #[test]
    fn sql_text_is_included_and_rust_functions_are_named() {
        let revisions = [
            Entry {
                descriptor: "a1\n\ncore\n\n\ncreate \"users\"\nalembic/versions/a1.sql".into(),
                path: "/app/alembic/versions/a1.sql",
                module: None,
            },
            Entry {
                descriptor: "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs".into(),
                path: "/app/alembic/versions/b2.rs",
                module: Some("__alembic_b2"),
            },
        ];
        insta::assert_snapshot!(literals(&revisions) + &functions(&revisions), @r#"
        "a1\n\ncore\n\n\ncreate \"users\"\nalembic/versions/a1.sql", text!("/app/alembic/versions/a1.sql"),
        "b2\na1\n\n\ndigest\n\nalembic/versions/b2.rs", "",
        __alembic_b2::REVISION,
        "#);
    }

    #[test]
    fn ids_are_documented_with_message_and_file() {
        let revisions = [
            Named { id: "a1", message: "create [users] <all of *them*>", name: "alembic/versions/a1.sql" },
            Named { id: "b2", message: "", name: "alembic/versions/b2.rs" },
            Named { id: "c3", message: "naïve *form*", name: "alembic/versions/c3.sql" },
        ];
        let constants = names::constants(&revisions.map(|revision| (revision.id, revision.message)));
        insta::assert_snapshot!(ids(&revisions, &constants), @r#"
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
        "#);
    }

    #[test]
    fn a_module_that_must_report_has_to_have_done_so() {
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

    #[test]
    fn a_text_that_is_not_rust_is_an_error_of_the_expansion() {
        assert!(tokens("fn a() {}").to_string().starts_with("fn a"));
        let error = tokens("\"never closed").to_string();
        assert!(error.contains("compile_error") && error.contains("please report it"), "{error}");
    }
}
