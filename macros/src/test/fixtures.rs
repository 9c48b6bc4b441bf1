//! `fixtures("users")`: files with rows, as users of sqlx name them.
//!
//! | what is written | the file, as seen from the file of the test |
//! |---|---|
//! | `fixtures("users")` | `fixtures/users.sql` |
//! | `fixtures("rows/users.sql")` | `rows/users.sql` |
//! | `fixtures(path = "rows", scripts("users"))` | `rows/users.sql` |

use crate::attributes::{Errors, Form, Piece, cut, values};
use crate::call_site::CallSite;
use proc_macro2::{TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use std::path::Path as FilePath;
use syn::{LitStr, Path};

const USAGE: &str = "write `fixtures(\"users\")` for the file `fixtures/users.sql` beside this one, or \
                     `fixtures(path = \"rows\", scripts(\"users\"))`";

/// The file of a fixture, with the place of its name.
pub(super) type File = LitStr;

/// The files of one list.
pub(super) fn files(piece: &Piece, call_site: &CallSite, errors: &mut Errors) -> Vec<File> {
    let Form::List(list) = &piece.form else {
        errors.help(&piece.word, "`fixtures` has a list of files", USAGE);
        return Vec::new();
    };
    let items = cut(list.clone(), errors);
    let is_text = |item: &TokenStream| matches!(item.clone().into_iter().next(), Some(TokenTree::Literal(_)));
    let found =
        if items.iter().all(is_text) { plain(piece, list, errors) } else { in_folder(piece, items, errors) };
    for file in &found {
        check(file, call_site, errors);
    }
    found
}

/// Names, and paths of files.
fn plain(piece: &Piece, list: &TokenStream, errors: &mut Errors) -> Vec<File> {
    let path = |name: &LitStr| {
        let is_path = FilePath::new(&name.value()).extension().is_some_and(|ending| ending == "sql");
        if is_path { name.value() } else { format!("fixtures/{}.sql", name.value()) }
    };
    texts(piece, list, errors).iter().map(|name| LitStr::new(&path(name), name.span())).collect()
}

/// `path = "…", scripts("…")`.
fn in_folder(piece: &Piece, items: Vec<TokenStream>, errors: &mut Errors) -> Vec<File> {
    let (mut folder, mut names) = (None, Vec::new());
    let options: Vec<Piece> = items.into_iter().filter_map(|item| Piece::read(item, errors)).collect();
    for option in options {
        match (option.word.to_string().as_str(), &option.form) {
            ("path", Form::Value(value)) => folder = values::text(&option.word, value, errors),
            ("scripts", Form::List(list)) => names.extend(texts(&option, list, errors)),
            _ => errors.help(&option.word, format_args!("`fixtures` knows no `{}`", option.word), USAGE),
        }
    }
    match folder {
        Some(folder) if !names.is_empty() => {
            let folder = folder.value();
            let path = |name: &LitStr| format!("{}/{}.sql", folder.trim_end_matches('/'), name.value());
            names.iter().map(|name| LitStr::new(&path(name), name.span())).collect()
        }
        _ => {
            if errors.is_empty() {
                errors.help(&piece.word, "a folder of fixtures needs `path` and `scripts`", USAGE);
            }
            Vec::new()
        }
    }
}

/// Names as texts; none is a mistake.
fn texts(piece: &Piece, list: &TokenStream, errors: &mut Errors) -> Vec<LitStr> {
    let items = cut(list.clone(), errors);
    if items.is_empty() {
        errors.help(&piece.word, format_args!("`{}` lists no file", piece.word), USAGE);
    }
    items.iter().filter_map(|item| values::text(&piece.word, item, errors)).collect()
}

/// A file that is not there, where the compiler says in which file the test is.
fn check(file: &File, call_site: &CallSite, errors: &mut Errors) {
    let Some(beside) = call_site.file.as_deref().and_then(FilePath::parent) else { return };
    let path = call_site.working_dir.join(beside).join(file.value());
    if !path.is_file() {
        errors.help(
            file,
            format_args!("there is no file `{}`", call_site.shown(&path)),
            "the path of a fixture is seen from the file of the test",
        );
    }
}

/// The value of the kit. The compiler notes the file, so that a change of it builds the test again.
pub(super) fn value(file: &File, krate: &Path) -> TokenStream {
    let text = quote_spanned!(file.span()=> ::core::include_str!(#file));
    quote!(#krate::__private::test::Fixture { path: #file, sql: #text })
}
