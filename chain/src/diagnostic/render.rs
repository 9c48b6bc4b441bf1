//! A message with the lines it speaks of, laid out as the compiler lays out its own.

use crate::characters::escaped;
use crate::diagnostic::{Diagnostic, PlaceLabel, Position};
use crate::source::position;
use crate::{LineColumn, Source};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

impl Diagnostic {
    /// The message, each file with its labels, the notes, the state and the help, as the compiler would lay them out.
    ///
    /// The first label decides the first file and the line and column shown with it. `color` adds the escape codes
    /// for a terminal. The result ends without a line feed.
    ///
    /// ```
    /// use servicekit_chain::{Place, Source, diagnostic::Diagnostic};
    /// let source = std::sync::Arc::new(Source::new("x.sql", "x.sql", "DROP TABEL a;\n"));
    /// let failed = Diagnostic::new("statement_failed", "the statement failed")
    ///     .primary(&Place::new(&source, 5..10), "syntax error")
    ///     .help("did you mean `TABLE`?");
    /// assert_eq!(failed.render(false), "\
    /// error: the statement failed
    ///  --> x.sql:1:6
    ///   |
    /// 1 | DROP TABEL a;
    ///   |      ^^^^^ syntax error
    ///   |
    /// help: did you mean `TABLE`?");
    /// ```
    pub fn render(&self, color: bool) -> String {
        self.draw(Level::ERROR, color)
    }

    fn draw(&self, level: Level<'_>, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.decor_style(DecorStyle::Ascii);
        let files = files(&self.labels);
        let mut text = titled(&renderer, &self.message, |title| level.primary_title(title));
        for label in self.labels.iter().filter(|label| is_elsewhere(label)) {
            text += &elsewhere(&renderer, label);
        }
        let below = self.below(&renderer, color);
        // Without lines right above it there is nothing that the help would have to be joined to.
        let is_joined = below.is_empty() && files.iter().any(|file| file.shown.is_some());
        let help = self.help.as_deref().map(escaped);
        if !files.is_empty() {
            let lines = files.iter().fold(Group::with_level(Level::ERROR), |lines, file| file.add_to(lines));
            let joined = help.as_deref().filter(|_| is_joined);
            let joined = joined.map(|help| Group::with_title(Level::HELP.secondary_title(help)));
            let groups: Vec<Group<'_>> = [lines].into_iter().chain(joined).collect();
            text += &files.iter().fold(format!("\n{}", renderer.render(&groups)), File::with_place);
        }
        text += &below;
        match help.filter(|_| !is_joined) {
            Some(help) => text + "\n" + &titled(&renderer, &help, |help| Level::HELP.secondary_title(help)),
            None => text,
        }
    }

    /// What is wrong besides, the notes and the state.
    fn below(&self, renderer: &Renderer, color: bool) -> String {
        let also = self.also.iter().map(|other| format!("\n\n{}", other.draw(Level::ERROR.no_name(), color)));
        let notes = self.notes.iter().map(|note| (&*note.name, &note.text));
        let state = self.state.iter().map(|state| ("now", state));
        let line = |(name, text): (&str, &String)| {
            format!("\n{}", titled(renderer, text, |text| Level::NOTE.with_name(name).secondary_title(text)))
        };
        also.chain(notes.chain(state).map(line)).collect()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.draw(Level::ERROR.no_name(), false))
    }
}

/// A text whose first line is a title: the renderer would indent the others.
fn titled<'a>(renderer: &Renderer, text: &str, title: impl FnOnce(String) -> Title<'a>) -> String {
    let text = escaped_lines(text);
    let first = text.lines().next().unwrap_or_default();
    let rest = text.strip_prefix(first).unwrap_or_default();
    renderer.render(&[Group::with_title(title(first.to_owned()))]) + rest
}

/// Whether the lines of a label are not those of its file, or none.
fn is_elsewhere(label: &PlaceLabel) -> bool {
    match label.position {
        Position::OfPlace => false,
        Position::At(_) => label.place.source.text.is_empty(),
        Position::Unknown => true,
    }
}

/// The file of such a label, and its lines without numbers.
fn elsewhere(renderer: &Renderer, label: &PlaceLabel) -> String {
    let source = &label.place.source;
    let origin = Origin::path(escaped(&source.name));
    let origin = match label.line_column() {
        Some(LineColumn { line, column }) => origin.line(number(line)).char_column(number(column)),
        None => origin,
    };
    let file = renderer.render(&[Group::with_level(Level::ERROR).element(origin)]);
    let lines = escaped_lines(&source.text);
    lines.lines().fold(format!("\n {file}"), |text, line| text + "\n  | " + line)
}

fn number(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A file of a message.
struct File<'l> {
    name: Cow<'l, str>,
    /// What is shown of it; nothing where its text is not known.
    shown: Option<Shown<'l>>,
}

impl File<'_> {
    /// The message with the lines of the file below it.
    fn add_to<'a>(&'a self, message: Group<'a>) -> Group<'a> {
        let Some(shown) = &self.shown else {
            return message.element(Origin::path(&*self.name));
        };
        let mut snippet = Snippet::source(&*shown.text).path(&*self.name).line_start(shown.line);
        for (label, span) in &shown.labels {
            let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let text = (!label.text.is_empty()).then(|| escaped(&label.text));
            snippet = snippet.annotation(kind.span(span.clone()).label(text));
        }
        message.element(snippet)
    }

    /// The message with the place of the file in it, in place of one in the text that is shown.
    fn with_place(rendered: String, file: &Self) -> String {
        let Some((shown, place)) = file.shown.as_ref().and_then(|shown| shown.moved) else { return rendered };
        let name = &file.name;
        // In colours an escape code stands before the name.
        let begin = rendered.find("--> ").or_else(|| rendered.find("-->")).unwrap_or_default();
        let (before, after) = rendered.split_at(begin);
        format!("{before}{}", after.replacen(&format!("{name}:{shown}"), &format!("{name}:{place}"), 1))
    }
}

/// The lines of a file from the first that is shown to the last.
struct Shown<'l> {
    /// With invisible characters escaped.
    text: Cow<'l, str>,
    /// The number of the first line.
    line: usize,
    /// The place in the text and the one in the file, where they differ: something before it is escaped, or a call has
    /// recorded the text.
    moved: Option<(LineColumn, LineColumn)>,
    /// Each label with its place in the text.
    labels: Vec<(&'l PlaceLabel, Range<usize>)>,
}

/// The files that labels speak of, in the order of their first labels.
fn files(labels: &[PlaceLabel]) -> Vec<File<'_>> {
    // Two labels of one file belong into one snippet, whatever stands between them.
    let mut files: Vec<(&Source, Vec<&PlaceLabel>)> = Vec::new();
    let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
    for label in labels.iter().filter(|label| !is_elsewhere(label)) {
        let source = &*label.place.source;
        let of_name = known.entry(source.name.as_str()).or_default();
        let same = |at: &&usize| {
            files.get(**at).is_some_and(|(other, _)| std::ptr::eq(*other, source) || *other == source)
        };
        if let Some((_, labels)) = of_name.iter().find(same).and_then(|at| files.get_mut(*at)) {
            labels.push(label);
        } else {
            of_name.push(files.len());
            files.push((source, vec![label]));
        }
    }
    files
        .into_iter()
        .map(|(source, labels)| File { name: escaped(&source.name), shown: shown(source, &labels) })
        .collect()
}

/// What is shown of a file. Only these lines are laid out: a large file may have many problems.
fn shown<'l>(source: &'l Source, labels: &[&'l PlaceLabel]) -> Option<Shown<'l>> {
    let text = source.text.as_str();
    if text.is_empty() {
        return None;
    }
    let spans = labels.iter().map(|label| fit(text, label.place.span.clone()));
    let labels: Vec<_> = labels.iter().copied().zip(spans).collect();
    let first = labels.iter().map(|(_, span)| span.start).min().unwrap_or_default();
    let last = labels.iter().map(|(_, span)| span.end).max().unwrap_or_default();
    let mut start = source.line_start(first);
    if start == text.len() {
        // An empty last line has nothing that could be laid out.
        start = source.line_start(start.saturating_sub(1));
    }
    // The byte order mark has no column.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = start.max(mark);
    let end = text.get(last..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| last + at + 1);
    let lines = text.get(start..end).unwrap_or_default();
    let line = source.position(start).line.try_into().unwrap_or(1);
    let local = |span: &Range<usize>| span.start.saturating_sub(start)..span.end.saturating_sub(start);
    let text = escaped_lines(lines);
    let is_as_read = matches!(text, Cow::Borrowed(_));
    let moved = |at: usize| {
        if is_as_read { at } else { escaped_lines(lines.get(..at).unwrap_or_default()).len() }
    };
    let primary = labels.iter().filter(|(label, _)| label.primary).map(|(_, span)| span.start).min();
    let begin = primary.unwrap_or(first);
    let given = labels.iter().find_map(|(label, _)| match label.position {
        Position::At(position) => Some(position),
        _ => None,
    });
    let in_source = source.position(begin);
    let in_text = position(&text, moved(begin.saturating_sub(start)));
    let in_text = LineColumn { line: in_source.line, ..in_text };
    let in_file = given.unwrap_or(in_source);
    let place_of = |span: Range<usize>| fit(&text, moved(span.start)..moved(span.end));
    let labels = labels.iter().map(|(label, span)| (*label, place_of(local(span)))).collect();
    Some(Shown { moved: (in_text != in_file).then_some((in_text, in_file)), line, labels, text })
}

/// Lines with what is not seen in them escaped, apart from the ends of lines.
fn escaped_lines(lines: &str) -> Cow<'_, str> {
    if !lines.contains("\r\n") {
        return escaped(lines);
    }
    let pieces: Vec<Cow<'_, str>> = lines.split("\r\n").map(escaped).collect();
    if pieces.iter().all(|piece| matches!(piece, Cow::Borrowed(_))) {
        return Cow::Borrowed(lines);
    }
    Cow::Owned(pieces.join("\r\n"))
}

/// The range moved so that it fits the text and cuts no character.
pub(crate) fn fit(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    start..text.floor_char_boundary(span.end).max(start)
}
