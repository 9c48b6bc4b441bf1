//! The header while it is being read: what is known so far, however broken the file is.

use super::Spanned;
use super::blank::{trim_end, trim_start};
use crate::diagnostic::Problem;
use crate::{InvalidId, Label, ModelChange, Place, RevisionId, Source, id};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A header key, in either kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Id,
    DownRevision,
    BranchLabels,
    DependsOn,
    Created,
    Models,
}

impl Key {
    /// In the order of [`super::SQL_KEYS`] and [`super::RUST_KEYS`].
    const ALL: [Self; 6] =
        [Self::Id, Self::DownRevision, Self::BranchLabels, Self::DependsOn, Self::Created, Self::Models];

    /// The key of this name among the names of one kind of file.
    pub(super) fn find(name: &str, names: &[&'static str; 6]) -> Option<(Self, &'static str)> {
        let at = names.iter().position(|known| *known == name)?;
        Self::ALL.get(at).copied().zip(names.get(at).copied())
    }

    /// Its name among the names of one kind of file.
    pub(super) fn name(self, names: &[&'static str; 6]) -> Option<&'static str> {
        names.get(self as usize).copied()
    }

    /// Whether it takes several values.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Self::DownRevision | Self::BranchLabels | Self::DependsOn | Self::Models)
    }

    /// Whether the shape of the graph is unknown when this key cannot be read.
    fn shapes_graph(self) -> bool {
        matches!(self, Self::Id | Self::DownRevision)
    }
}

/// What is known of a header, from a sound file or a broken one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partial {
    pub(crate) id: Option<Spanned<RevisionId>>,
    pub(crate) down_revision: Vec<Spanned<RevisionId>>,
    pub(crate) branch_labels: Vec<Spanned<Label>>,
    pub(crate) depends_on: Vec<Spanned<String>>,
    pub(crate) created: Option<Spanned<String>>,
    pub(crate) models: Vec<Spanned<ModelChange>>,
    pub(crate) message: String,
    /// The id or the parents could not be read, so nothing is known about the shape of the graph.
    pub(crate) unclear: bool,
    /// Names that the file may have been meant to give itself, from values that are wrong: others who use them are
    /// not to blame.
    pub(crate) maybe: Vec<String>,
    /// Nothing of the file could be read, so it may say anything.
    pub(crate) unread: bool,
    /// Where each key stands, in the order of [`Key::ALL`].
    seen: [Option<Range<usize>>; 6],
    /// Where each value stands in the lists of parents, labels and dependencies that are long.
    known: [HashMap<String, usize>; 3],
}

/// Shorter lists are looked through.
const FEW: usize = 16;

/// A [`Partial`] with what is needed to report what is wrong with it.
pub(super) struct Fill<'s> {
    pub(super) source: &'s Arc<Source>,
    pub(super) header: Partial,
    pub(super) problems: Vec<Problem>,
}

impl Fill<'_> {
    pub(super) fn new(source: &Arc<Source>) -> Fill<'_> {
        Fill { source, header: Partial::default(), problems: Vec::new() }
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.source, span)
    }

    /// Whether no key was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.header.seen.iter().all(Option::is_none)
    }

    /// Whether this key was seen, readable or not.
    pub(super) fn has(&self, key: Key) -> bool {
        self.header.seen.get(key as usize).is_some_and(Option::is_some)
    }

    /// Where the first key of the file stands.
    pub(super) fn first_key(&self) -> Option<Range<usize>> {
        self.header.seen.iter().flatten().min_by_key(|span| span.start).cloned()
    }

    /// Notes that a key stands at `span`; false when it stood somewhere before, which is reported.
    pub(super) fn key(&mut self, key: Key, name: &'static str, span: Range<usize>) -> bool {
        let Some(slot) = self.header.seen.get_mut(key as usize) else { return false };
        if let Some(first) = slot.clone() {
            let (first, second) = (self.place(first), self.place(span));
            self.problems.push(Problem::KeyTwice { key: name, first, second });
            self.header.unclear |= key.shapes_graph();
            return false;
        }
        *slot = Some(span);
        true
    }

    /// Reports that a key has no value at this place.
    pub(super) fn empty(&mut self, key: Key, name: &'static str, span: Range<usize>) {
        self.header.unclear |= key.shapes_graph();
        self.problems.push(Problem::EmptyValue { key: name, place: self.place(span) });
    }

    /// Remembers what may have been meant as a name of this revision.
    pub(super) fn maybe(&mut self, value: &str) {
        let value = value.trim_matches(|c: char| !id::is_allowed(c));
        self.header.maybe.push(value.to_owned());
    }

    /// Takes one value of a key. `span` is what the value covers in the file, with its quotes if it has any.
    pub(super) fn value(&mut self, key: Key, name: &'static str, value: &str, span: Range<usize>) {
        if key == Key::Created {
            self.header.created = Some(Spanned { value: value.to_owned(), span });
            return;
        }
        if key == Key::Models {
            return self.model(value, span);
        }
        let checked = match key {
            Key::BranchLabels | Key::DependsOn => id::check_label(value),
            _ => id::check(value),
        };
        if let Err(reason) = checked {
            // `None` and `base` say "no parent" clearly enough to go on with.
            let says_none = key == Key::DownRevision && matches!(reason, InvalidId::Reserved { .. });
            self.header.unclear |= key.shapes_graph() && !says_none;
            if matches!(key, Key::Id | Key::BranchLabels) {
                self.maybe(value);
            }
            let place = self.place(span);
            self.problems.push(Problem::InvalidId { value: value.to_owned(), key: name, place, reason });
            return;
        }
        if let Some(first) = self.header.find(key, value) {
            let (first, second) = (self.place(first), self.place(span));
            self.problems.push(Problem::ValueTwice { value: value.to_owned(), key: name, first, second });
            return;
        }
        self.header.push(key, value, span);
    }

    /// Takes what a revision says of a table that belongs to a model.
    fn model(&mut self, value: &str, span: Range<usize>) {
        match value.parse() {
            Ok(change) => self.header.models.push(Spanned { value: change, span }),
            Err(reason) => {
                let place = self.place(span);
                self.problems.push(Problem::InvalidModelChange { value: value.to_owned(), place, reason });
            }
        }
    }
}

impl Partial {
    /// The header of a file that could not be read.
    pub(crate) fn unread() -> Self {
        Self { unclear: true, unread: true, ..Self::default() }
    }

    /// Where a list already has this value.
    fn find(&mut self, key: Key, value: &str) -> Option<Range<usize>> {
        fn position<T: AsRef<str>>(
            list: &[Spanned<T>],
            known: &mut HashMap<String, usize>,
            value: &str,
        ) -> Option<Range<usize>> {
            if list.len() < FEW {
                return list.iter().find(|item| item.value.as_ref() == value).map(|item| item.span.clone());
            }
            let new = list.iter().enumerate().skip(known.len());
            known.extend(new.map(|(at, item)| (item.value.as_ref().to_owned(), at)));
            known.get(value).and_then(|at| list.get(*at)).map(|item| item.span.clone())
        }
        let [parents, labels, needs] = &mut self.known;
        match key {
            Key::Id | Key::Created | Key::Models => None,
            Key::DownRevision => position(&self.down_revision, parents, value),
            Key::BranchLabels => position(&self.branch_labels, labels, value),
            Key::DependsOn => position(&self.depends_on, needs, value),
        }
    }

    /// Adds a value that was checked.
    fn push(&mut self, key: Key, value: &str, span: Range<usize>) {
        match key {
            Key::Id => self.id = Some(Spanned { value: RevisionId::from_checked(value), span }),
            Key::DownRevision => {
                self.down_revision.push(Spanned { value: RevisionId::from_checked(value), span });
            }
            Key::BranchLabels => {
                self.branch_labels.push(Spanned { value: Label::from_checked(value), span });
            }
            Key::DependsOn => self.depends_on.push(Spanned { value: value.to_owned(), span }),
            Key::Created | Key::Models => {}
        }
    }
}

/// The key that is meant by a word of Alembic's own files, of the other kind of file, or by half a key.
pub(super) fn alias(name: &str) -> Option<Key> {
    Some(match name {
        "id" | "revision" | "revision_id" => Key::Id,
        "revises" | "parent" => Key::DownRevision,
        "label" | "labels" => Key::BranchLabels,
        "depends" => Key::DependsOn,
        "create_date" => Key::Created,
        _ => return None,
    })
}

/// Collects the first paragraph of comment lines.
#[derive(Debug, Default)]
pub(super) struct Title {
    text: String,
    closed: bool,
}

impl Title {
    /// Takes one line of comment; a blank one ends the paragraph once it has begun.
    pub(super) fn line(&mut self, line: &str) {
        if self.closed {
            return;
        }
        let line = trim_end(trim_start(line));
        if line.is_empty() {
            self.closed = !self.text.is_empty();
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(line);
    }

    /// Ends the title for good.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    pub(super) fn take(self) -> String {
        self.text
    }
}

/// The first line that is not blank, without the blanks around it; the start of the text when there is none.
pub(super) fn first_line(text: &str) -> Range<usize> {
    let after_mark = text.strip_prefix('\u{feff}').unwrap_or(text);
    let content = after_mark.trim_start();
    if content.is_empty() {
        let start = text.len() - after_mark.len();
        return start..start;
    }
    let start = text.len() - content.len();
    start..start + content.lines().next().unwrap_or_default().trim_end().len()
}

/// The id that a file name gives for an example: what stands before the first `_`, else `7f3c2b1a9d4e`.
pub(super) fn example_id(source: &Source) -> String {
    let file = source.name.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let start = stem.split('_').next().unwrap_or_default();
    if id::check(start).is_ok() { start.to_owned() } else { "7f3c2b1a9d4e".to_owned() }
}
