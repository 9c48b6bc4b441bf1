//! The border to the compiler: what runs only inside it, from its tokens and spans to plain data and back.

use crate::locate::Surroundings;
use crate::migrations::{self, Invocation};
use crate::report::FileReport;
use crate::revision::{self, Extent};
use crate::{arguments, cache};
use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use servicekit_chain::LineColumn;
use std::env;
use std::path::PathBuf;
use std::str::FromStr;

/// `migrations!("alembic")`.
pub(crate) fn migrations(input: TokenStream) -> TokenStream {
    let application = application();
    let (tokens, spans) = arguments(input);
    let at = |token: Option<usize>| {
        token.and_then(|token| spans.get(token).copied()).unwrap_or_else(Span::call_site)
    };
    let (token, literal) = match arguments::folder(&tokens) {
        Ok((token, literal)) => (at(Some(token)), literal),
        Err(misuse) => {
            let invocation = Invocation { literal: "", application: &application };
            return with_errors(&migrations::nothing(invocation), &[misuse.message], at(misuse.token));
        }
    };
    let invocation = Invocation { literal: &literal, application: &application };
    let here = surroundings();
    match here.find(&literal) {
        Ok(path) => {
            let expansion = migrations::expand(&cache::folder(&path, &here.working_dir), invocation);
            with_errors(&expansion.items, &expansion.errors, token)
        }
        Err(looked_at) => {
            let places: Vec<String> = looked_at.iter().map(|place| here.shown(place)).collect();
            let message = migrations::missing_folder(&literal, &places);
            with_errors(&migrations::nothing(invocation), &[message], token)
        }
    }
}

/// `revision! { id: "…", … }`.
pub(crate) fn revision(input: TokenStream) -> TokenStream {
    let mut leaves = Vec::new();
    flatten(input, &mut leaves);
    // The whole invocation as the file's author wrote it: the compiler then adds no note about a macro.
    let call = match leaves.first() {
        Some((_, first)) => first.located_at(Span::call_site()),
        None => Span::call_site(),
    };
    let texts: Vec<String> = leaves.iter().map(|(text, _)| text.clone()).collect();
    let id = revision::id_value(&texts).and_then(|at| leaves.get(at)).map_or(call, |(_, span)| *span);
    let extents: Vec<Extent> = leaves.iter().map(|(_, span)| extent(*span)).collect();

    let report = call.local_file().map_or_else(FileReport::unknown, |file| {
        revision::report(&surroundings().working_dir.join(file), &surroundings().working_dir)
    });
    let mut out = constants(&revision::Constants::of(&report, extent(call)), id);
    for finding in &report.findings {
        // Of several invocations in one file each speaks for itself.
        if !report.repeated.is_empty() && !extent(call).contains(finding.position) {
            continue;
        }
        let token = revision::token_at(&extents, finding.position).and_then(|at| leaves.get(at));
        out.extend(compile_error(&finding.message, token.map_or(call, |(_, span)| *span)));
    }
    out
}

fn with_errors(items: &str, errors: &[String], span: Span) -> TokenStream {
    let mut out = parsed(items);
    out.extend(errors.iter().flat_map(|message| compile_error(message, span)));
    out
}

fn surroundings() -> Surroundings {
    Surroundings {
        manifest_dir: env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from),
        invoking_file: Span::call_site().local_file(),
        working_dir: env::current_dir().unwrap_or_default(),
    }
}

/// Name and version of the crate that is compiled; empty when no cargo runs the compiler.
fn application() -> String {
    match (env::var("CARGO_PKG_NAME"), env::var("CARGO_PKG_VERSION")) {
        (Ok(name), Ok(version)) => format!("{name} {version}"),
        _ => String::new(),
    }
}

/// Every token that is no group, as text with its span.
fn flatten(input: TokenStream, out: &mut Vec<(String, Span)>) {
    for tree in input {
        match tree {
            TokenTree::Group(group) => flatten(group.stream(), out),
            leaf => out.push((leaf.to_string(), leaf.span())),
        }
    }
}

fn extent(span: Span) -> Extent {
    let position = |span: Span| {
        let number = |counted: usize| u32::try_from(counted).unwrap_or(u32::MAX);
        LineColumn::new(number(span.line()), number(span.column()))
    };
    Extent { start: position(span.start()), end: position(span.end()) }
}

/// `::core::compile_error! { "…" }` that stands at `span`.
fn compile_error(message: &str, span: Span) -> TokenStream {
    let colon = |spacing| TokenTree::Punct(Punct::new(':', spacing));
    let word = |text| TokenTree::Ident(Ident::new(text, span));
    let text = TokenTree::Literal(Literal::string(message));
    let mut tokens = [
        colon(Spacing::Joint),
        colon(Spacing::Alone),
        word("core"),
        colon(Spacing::Joint),
        colon(Spacing::Alone),
        word("compile_error"),
        TokenTree::Punct(Punct::new('!', Spacing::Alone)),
        TokenTree::Group(Group::new(Delimiter::Brace, respanned(text, span).into())),
    ];
    // The compiler points from the first token to the last, so each of them stands at the place.
    for token in &mut tokens {
        token.set_span(span);
    }
    tokens.into_iter().collect()
}

fn respanned(mut token: TokenTree, span: Span) -> TokenTree {
    token.set_span(span);
    token
}

/// The tokens of generated text.
///
/// The text is ours, so it is always made of tokens; should it not be, that is an error at the invocation
/// and never a panic.
fn parsed(text: &str) -> TokenStream {
    TokenStream::from_str(text).unwrap_or_else(|error| {
        let message = format!("servicekit generated something that is not Rust ({error}); please report it");
        compile_error(&message, Span::call_site())
    })
}

/// The constants of a file. Its functions are named as if the names stood at `id`: a wrong signature is then an
/// error there, which is shorter than the whole invocation.
fn constants(constants: &revision::Constants, id: Span) -> TokenStream {
    let mut out = parsed(&constants.before);
    if !constants.functions.is_empty() {
        let fields = constants.functions.iter().flat_map(|function| {
            [TokenTree::Ident(Ident::new(function, id)), TokenTree::Punct(Punct::new(',', Spacing::Alone))]
        });
        out.extend([TokenTree::Group(Group::new(Delimiter::Brace, fields.collect()))]);
    }
    out.extend(parsed(constants.after));
    out
}

/// The argument of `migrations!` as plain data, and the span of each token of it.
fn arguments(input: TokenStream) -> (Vec<arguments::Token>, Vec<Span>) {
    let mut tokens = Vec::new();
    let mut spans = Vec::new();
    for tree in input {
        // A `macro_rules!` of the user hands its `$folder:literal` on in an invisible group.
        let tree = match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let mut inner = group.stream().into_iter();
                match (inner.next(), inner.next()) {
                    (Some(only), None) => only,
                    _ => TokenTree::Group(group),
                }
            }
            tree => tree,
        };
        spans.push(tree.span());
        tokens.push(match tree {
            TokenTree::Literal(literal) => arguments::Token::Literal(literal.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == ',' => arguments::Token::Comma,
            other => arguments::Token::Other(other.to_string()),
        });
    }
    (tokens, spans)
}
