//! A message with the lines it speaks of, laid out as the compiler lays out its own.

use crate::Source;
use crate::problem::PlaceLabel;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Renders an error: its title, each file with its labels, and the way out.
///
/// The first label decides the first file and the line and column shown with it. `color` adds the escape codes
/// for a terminal. The result ends without a line feed.
///
/// ```
/// use servicekit_chain::{Place, Source, problem::PlaceLabel, snippet};
/// let source = std::sync::Arc::new(Source::new("x.sql", "x.sql", "DROP TABEL a;\n"));
/// let label = PlaceLabel::primary(&Place::new(&source, 5..10), "syntax error");
/// assert_eq!(snippet::render("the statement failed", &[label], Some("did you mean `TABLE`?"), false), "\
/// error: the statement failed
///  --> x.sql:1:6
///   |
/// 1 | DROP TABEL a;
///   |      ^^^^^ syntax error
///   |
/// help: did you mean `TABLE`?");
/// ```
pub fn render(title: &str, labels: &[PlaceLabel], help: Option<&str>, color: bool) -> String {
    let mut main = Level::ERROR.primary_title(title).elements(Vec::<Origin<'_>>::new());
    let mut shown: Vec<&Source> = Vec::new();
    for label in labels {
        let source = &*label.place.source;
        // Two labels of one file belong into one snippet, whatever stands between them.
        if shown.iter().any(|other| std::ptr::eq(*other, source) || *other == source) {
            continue;
        }
        shown.push(source);
        let of_file = || labels.iter().filter(|label| *label.place.source == *source);
        if source.text.is_empty() {
            main = main.element(Origin::path(&source.name));
            continue;
        }
        let (text, offset) = without_mark(&source.text);
        let mut snippet = Snippet::source(text).path(&source.name).line_start(1);
        for label in of_file() {
            let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let Range { start, end } = label.place.span;
            let span = fit(text, start.saturating_sub(offset)..end.saturating_sub(offset));
            let text = (!label.text.is_empty()).then_some(label.text.as_str());
            snippet = snippet.annotation(kind.span(span).label(text));
        }
        main = main.element(snippet);
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let help = help.map(|help| Group::with_title(Level::HELP.secondary_title(help)));
    let has_lines = shown.iter().any(|source| !source.text.is_empty());
    match help {
        // Without lines above it there is nothing that the help would have to be joined to.
        Some(help) if !has_lines => format!("{}\n{}", renderer.render(&[main]), renderer.render(&[help])),
        Some(help) => renderer.render(&[main, help]),
        None => renderer.render(&[main]),
    }
}

/// The text without its byte order mark, and how many bytes that took: the mark has no column.
fn without_mark(text: &str) -> (&str, usize) {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, text.len() - rest.len()),
        None => (text, 0),
    }
}

/// The range moved so that it fits the text and cuts no character.
pub(crate) fn fit(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
