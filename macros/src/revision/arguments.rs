//! The arguments of `revision!`: `id: "b2", down_revision: ["a1"]`.

use crate::call_site::Extent;
use proc_macro2::{Span, TokenTree};
use servicekit_chain::LineColumn;
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::token::Bracket;
use syn::{Error, Ident, LitStr, Token, bracketed};

/// Everything between the braces.
///
/// The problems are found in the text of the file, as they are for the command line. This type locates them: it knows
/// which argument the compiler has to point at.
pub(super) struct Arguments {
    /// The first token; with nothing between the braces, the whole invocation.
    pub(super) start: Span,
    pairs: Vec<Pair>,
    /// What cannot be read as `key: value`. After a mistake reading goes on behind the next comma.
    pub(super) errors: Vec<Error>,
    /// The tokens of what cannot be read.
    unread: Vec<TokenTree>,
}

/// `key: value`.
struct Pair {
    key: Ident,
    value: Value,
}

enum Value {
    One(LitStr),
    List(Bracket, Punctuated<LitStr, Token![,]>),
}

impl Arguments {
    /// The value of `id`.
    pub(super) fn id(&self) -> Option<&LitStr> {
        self.pairs.iter().find_map(|pair| match &pair.value {
            Value::One(id) if pair.key == "id" => Some(id),
            _ => None,
        })
    }

    /// The argument, or the part of it, at a position of the file.
    pub(super) fn at(&self, position: LineColumn, extent: fn(Span) -> Extent) -> Option<Span> {
        let spans = self.spans();
        let extents: Vec<Extent> = spans.iter().map(|span| extent(*span)).collect();
        spans.get(index_at(&extents, position)?).copied()
    }

    /// The span of each part, that of a part of a part first.
    fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.errors.iter().map(Error::span).collect();
        for Pair { key, value } in &self.pairs {
            spans.push(key.span());
            match value {
                Value::One(value) => spans.push(value.span()),
                Value::List(bracket, values) => {
                    spans.extend(values.iter().map(LitStr::span));
                    spans.push(bracket.span.join());
                }
            }
        }
        spans.extend(self.unread.iter().map(TokenTree::span));
        spans
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments =
            Self { start: input.span(), pairs: Vec::new(), errors: Vec::new(), unread: Vec::new() };
        while !input.is_empty() {
            // A fork, so that nothing is consumed of a malformed pair.
            let ahead = input.fork();
            let error = match ahead.parse() {
                Ok(pair) => {
                    input.advance_to(&ahead);
                    arguments.pairs.push(pair);
                    let is_whole = input.is_empty() || input.peek(Token![,]);
                    (!is_whole).then(|| expected("`,` or the end", input.span()))
                }
                Err(error) => Some(error),
            };
            while !input.is_empty() && !input.peek(Token![,]) {
                arguments.unread.push(input.parse()?);
            }
            arguments.errors.extend(error.map(|error| match arguments.unread.last() {
                // The end has no span of its own: what is missing there is missing behind the last token.
                Some(last) if ahead.is_empty() => Error::new(last.span(), error),
                _ => error,
            }));
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(arguments)
    }
}

impl Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any).map_err(|error| expected("a key", error.span()))?;
        input.parse::<Token![:]>().map_err(|error| expected("`:` behind the key", error.span()))?;
        let value = if key == "id" || key == "created" {
            Value::One(string(input, "a string")?)
        } else {
            input.parse()?
        };
        Ok(Self { key, value })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Bracket) {
            return string(input, "a string or a list of strings").map(Self::One);
        }
        let content;
        let bracket = bracketed!(content in input);
        let mut values = Punctuated::new();
        while !content.is_empty() {
            values.push_value(string(&content, "a string")?);
            if !content.is_empty() {
                let comma = content.parse().map_err(|error| expected("`,` or `]`", error.span()))?;
                values.push_punct(comma);
            }
        }
        Ok(Self::List(bracket, values))
    }
}

/// The extent that contains a position, or else the one that ends there, because a missing token has its position behind
/// the last one.
fn index_at(extents: &[Extent], position: LineColumn) -> Option<usize> {
    let containing = extents.iter().position(|extent| extent.contains(position));
    containing.or_else(|| extents.iter().position(|extent| extent.end == position))
}

/// A string literal. One with a suffix is a string for no compiler.
fn string(input: ParseStream<'_>, what: &str) -> syn::Result<LitStr> {
    let span = input.span();
    let literal = input.parse::<LitStr>().ok().filter(|literal| literal.suffix().is_empty());
    literal.ok_or_else(|| expected(what, span))
}

/// The same message as that of the command line.
fn expected(what: &str, span: Span) -> Error {
    let example = "help: an example: `revision! { id: \"b2\", down_revision: \"a1\" }`";
    Error::new(span, format!("expected {what} in `revision! {{ … }}`\n{example}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::FileReport;
    use servicekit_chain::Source;

    fn parsed(text: &str) -> Arguments {
        syn::parse_str(text).unwrap()
    }

    #[test]
    fn keys_and_values_are_read_in_any_order() {
        let arguments =
            parsed(r#"down_revision: ["a1", r"a2",], depends_on: [], id: "b2", created: "2026-11-28","#);
        assert_eq!(arguments.id().map(LitStr::value).as_deref(), Some("b2"));
        assert!(arguments.errors.is_empty() && arguments.unread.is_empty());
        // Four keys, two values, two lists and what is in the first.
        assert_eq!(arguments.spans().len(), 4 + 2 + 2 + 2);
    }

    #[test]
    fn without_arguments_there_is_no_id() {
        for text in ["", "down_revision: \"a1\"", "id: [\"a1\"]", "id:"] {
            assert!(parsed(text).id().is_none(), "{text}");
        }
    }

    #[test]
    fn a_position_is_found_in_the_part_that_contains_it_or_ends_there() {
        let at = |line, column| LineColumn::new(line, column);
        let extents = [
            Extent { start: at(4, 5), end: at(4, 7) },
            Extent { start: at(4, 7), end: at(4, 8) },
            // An element of a list, and the list.
            Extent { start: at(4, 10), end: at(4, 12) },
            Extent { start: at(4, 9), end: at(6, 3) },
        ];
        let positions = [at(4, 5), at(4, 6), at(4, 7), at(4, 8), at(4, 9), at(4, 11), at(5, 99), at(6, 3)];
        assert_eq!(
            positions.map(|position| index_at(&extents, position)),
            [Some(0), Some(0), Some(1), Some(1), Some(3), Some(2), Some(3), Some(3)]
        );
        assert_eq!([at(1, 1), at(6, 4)].map(|position| index_at(&extents, position)), [None, None]);
    }

    #[test]
    fn every_mistake_is_found_and_what_follows_it_is_read() {
        let cases = [
            "id = \"b2\", depends_on: a1, created: \"x\"",
            "5: \"b2\", : \"x\", id: \"x\"suffix",
            "id: \"b2\" down_revision: \"a1\", depends_on: [\"a1\" \"a2\"], branch_labels: [x]",
            "id",
            "id:",
            ",",
        ];
        let report = cases.map(|text| {
            let arguments = parsed(text);
            let errors: Vec<String> = arguments.errors.iter().map(ToString::to_string).collect();
            let errors: Vec<&str> = errors.iter().filter_map(|error| error.lines().next()).collect();
            let unread: Vec<String> = arguments.unread.iter().map(ToString::to_string).collect();
            format!(
                "{text}\n  {}\n  read {}, unread {}",
                errors.join("\n  "),
                arguments.pairs.len(),
                unread.join(" ")
            )
        });
        insta::assert_snapshot!(report.join("\n\n"), @r#"
        id = "b2", depends_on: a1, created: "x"
          expected `:` behind the key in `revision! { … }`
          expected a string or a list of strings in `revision! { … }`
          read 1, unread id = "b2" depends_on : a1

        5: "b2", : "x", id: "x"suffix
          expected a key in `revision! { … }`
          expected a key in `revision! { … }`
          expected a string in `revision! { … }`
          read 0, unread 5 : "b2" : "x" id : "x"suffix

        id: "b2" down_revision: "a1", depends_on: ["a1" "a2"], branch_labels: [x]
          expected `,` or the end in `revision! { … }`
          expected `,` or `]` in `revision! { … }`
          expected a string in `revision! { … }`
          read 1, unread down_revision : "a1" depends_on : ["a1" "a2"] branch_labels : [x]

        id
          expected `:` behind the key in `revision! { … }`
          read 0, unread id

        id:
          expected a string in `revision! { … }`
          read 0, unread id :

        ,
          expected a key in `revision! { … }`
          read 0, unread
        "#);
    }

    /// The first mistake that the command line finds in the file with these arguments.
    fn found_in_the_file(arguments: &str) -> Option<String> {
        let text = format!("revision! {{ {arguments} }}\nfn upgrade(op: &mut Operations) {{}}\n");
        let report = FileReport::alone(&Source::new("b2.rs", "b2.rs", text).into());
        let mut messages = report.findings.into_iter().map(|finding| finding.message);
        messages.find(|message| message.starts_with("expected "))
    }

    #[test]
    fn the_command_line_finds_the_same_mistake_first() {
        let pieces = ["", ":", "\"c3\"", ",", "[", "]", "5", "="];
        let (mut sound, mut mistaken) = (0, 0);
        for key in ["id", "id:", "created:", "depends_on", "depends_on:"] {
            for n in 0..pieces.len().pow(3) {
                let piece = |place: u32| pieces[n / pieces.len().pow(place) % pieces.len()];
                let text = format!("branch_labels: \"b2\", {key} {} {} {}", piece(0), piece(1), piece(2));
                // A bracket that is not closed is an error of the compiler, and no macro sees it.
                let Ok(arguments) = syn::parse_str::<Arguments>(&text) else { continue };
                let mistake = arguments.errors.first().map(ToString::to_string);
                assert_eq!(mistake, found_in_the_file(&text), "{text}");
                *if mistake.is_some() { &mut mistaken } else { &mut sound } += 1;
            }
        }
        println!("{sound} sound, {mistaken} with a mistake");
        assert!(sound > 30 && mistaken > 1000, "{sound} sound, {mistaken} with a mistake");
    }
}
