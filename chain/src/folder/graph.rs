//! Checks how revisions fit together, and says what is wrong where.

use crate::diagnostic::{Member, Named, Problem, suggestions};
use crate::file::{Header, Partial, Read, Spanned, VersionFile};
use crate::graph::{Graph, GraphError, Node};
use crate::{Label, Place, RevisionId, Source};
use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A revision as far as the graph is concerned, from a sound file or a broken one.
pub(super) struct Part<'f> {
    source: &'f Arc<Source>,
    pub(super) id: &'f Spanned<RevisionId>,
    pub(super) down_revision: &'f [Spanned<RevisionId>],
    branch_labels: &'f [Spanned<Label>],
    depends_on: &'f [Spanned<String>],
    message: &'f str,
    /// Whether its id or parents could not all be read; see [`Partial::unclear`].
    pub(super) unclear: bool,
    /// Where it names each parent; made when that is asked for.
    parents: OnceCell<HashMap<&'f str, &'f Range<usize>>>,
}

impl<'f> Part<'f> {
    fn sound(file: &'f VersionFile) -> Self {
        let Header { id, down_revision, branch_labels, depends_on, message, .. } = &file.header;
        let (source, unclear, parents) = (&file.source, false, OnceCell::new());
        Self { source, id, down_revision, branch_labels, depends_on, message, unclear, parents }
    }

    /// Broken files take part as well, so that what is wrong between the revisions is found in the same go.
    fn broken(file: &'f Read) -> Option<Self> {
        let Partial { id, down_revision, branch_labels, depends_on, message, unclear, .. } = &file.header;
        let (source, id, unclear, parents) = (&file.source, id.as_ref()?, *unclear, OnceCell::new());
        Some(Self { source, id, down_revision, branch_labels, depends_on, message, unclear, parents })
    }

    fn node(&self) -> Node {
        Node {
            id: self.id.value.clone(),
            down_revision: self.down_revision.iter().map(|parent| parent.value.clone()).collect(),
            depends_on: self.depends_on.iter().map(|name| name.value.clone()).collect(),
            branch_labels: self.branch_labels.iter().map(|label| label.value.clone()).collect(),
        }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        Place::new(self.source, span.clone())
    }

    /// It by its id, or by the label that was found.
    pub(super) fn named(&self, label: Option<&str>) -> Named {
        let name = label.unwrap_or(self.id.value.as_str()).to_owned();
        Named { name, message: self.message.to_owned(), place: self.place(&self.id.span) }
    }

    fn parent(&self, id: &str) -> Option<Place> {
        let parents = self.parents.get_or_init(|| {
            self.down_revision.iter().rev().map(|parent| (parent.value.as_str(), &parent.span)).collect()
        });
        parents.get(id).map(|span| self.place(span))
    }

    fn label(&self, label: &Label) -> Place {
        let own = self.branch_labels.iter().find(|own| own.value == *label);
        self.place(own.map_or(&self.id.span, |own| &own.span))
    }

    /// Where it names `other` as something that it depends on, by its id or a label of it.
    fn dependency(&self, other: &Part<'_>) -> Option<Place> {
        let by_id = self.depends_on.iter().find(|name| name.value == other.id.value.as_str());
        let carries = |name: &str| other.branch_labels.iter().any(|label| label.value == *name);
        let found = by_id.or_else(|| self.depends_on.iter().find(|name| carries(&name.value)));
        Some(self.place(&found?.span))
    }
}

/// The check of one folder.
pub(super) struct Check<'f> {
    pub(super) parts: Vec<Part<'f>>,
    broken: &'f [Read],
    folders: &'f [String],
    /// Ids and labels that files which did not parse may have.
    maybe: HashSet<&'f str>,
    /// How often it was looked for what was meant by a name.
    looked: Cell<usize>,
}

/// For so many names that nothing has, what was meant is looked for among all others.
const LOOKED: usize = 20;

impl<'f> Check<'f> {
    pub(super) fn new(files: &'f [VersionFile], broken: &'f [Read], folders: &'f [String]) -> Self {
        let mut parts: Vec<Part<'f>> = files.iter().map(Part::sound).collect();
        if !broken.is_empty() {
            parts.extend(broken.iter().filter_map(Part::broken));
            parts.sort_by(|a, b| a.source.name.cmp(&b.source.name));
        }
        let maybe = broken.iter().flat_map(names).collect();
        Self { parts, broken, folders, maybe, looked: Cell::new(0) }
    }

    /// The graph, when every file takes part in it and it is sound, and what is wrong with it.
    pub(super) fn run(&self) -> (Option<Graph>, Vec<Problem>) {
        match Graph::new(self.parts.iter().map(Part::node).collect()) {
            Ok(graph) => (self.broken.is_empty().then_some(graph), Vec::new()),
            Err(errors) => (None, self.problems(errors)),
        }
    }

    fn problems(&self, errors: Vec<GraphError>) -> Vec<Problem> {
        // An id or label that stands in three files is one problem, not two.
        let mut ids: BTreeMap<RevisionId, BTreeSet<usize>> = BTreeMap::new();
        let mut labels: BTreeMap<Label, BTreeSet<usize>> = BTreeMap::new();
        let mut others = Vec::new();
        for error in errors {
            match error {
                GraphError::DuplicateId { id, first, second } => {
                    ids.entry(id).or_default().extend([first, second]);
                }
                GraphError::DuplicateLabel { label, first, second } => {
                    labels.entry(label).or_default().extend([first, second]);
                }
                other => others.push(other),
            }
        }
        // A second file with the same id makes loops that nobody wrote.
        let repeated: BTreeSet<usize> = ids.values().flatten().copied().collect();
        others.retain(|error| match error {
            GraphError::SelfLoop { node } | GraphError::DependencySelfLoop { node } => {
                !repeated.contains(node)
            }
            GraphError::Cycle { nodes } | GraphError::DependencyCycle { nodes } => {
                !nodes.iter().any(|node| repeated.contains(node))
            }
            _ => true,
        });
        let parts = |nodes: BTreeSet<usize>| nodes.into_iter().filter_map(|node| self.parts.get(node));
        let ids = ids.into_iter().map(|(id, nodes)| {
            let places = parts(nodes).map(|part| part.place(&part.id.span)).collect();
            Problem::DuplicateId { id, places }
        });
        let labels = labels.into_iter().map(|(label, nodes)| {
            let places = parts(nodes).map(|part| part.label(&label)).collect();
            Problem::DuplicateLabel { label, places }
        });
        ids.chain(labels).chain(others.into_iter().filter_map(|error| self.problem(error))).collect()
    }

    /// A problem that stands for one error.
    fn problem(&self, error: GraphError) -> Option<Problem> {
        Some(match error {
            GraphError::DanglingParent { node, parent } => {
                let part = self.parts.get(node)?;
                if self.maybe.contains(parent.as_str()) {
                    return None;
                }
                let place = part.parent(parent.as_str())?;
                let near = self.near(part, parent.as_str(), false);
                let (revision, folders) = (part.id.value.clone(), self.folders.to_vec());
                Problem::DanglingParent { revision, parent, place, near, folders }
            }
            GraphError::DanglingDependency { node, name } => {
                let part = self.parts.get(node)?;
                // A file that could not be read may hold any label.
                if self.maybe.contains(name.as_str()) || self.broken.iter().any(|file| file.header.unread) {
                    return None;
                }
                let place = part.depends_on.iter().find(|entry| entry.value == name)?;
                let (place, near) = (part.place(&place.span), self.near(part, &name, true));
                let (revision, folders) = (part.id.value.clone(), self.folders.to_vec());
                Problem::DanglingDependency { revision, name, place, near, folders }
            }
            GraphError::SelfLoop { node } => {
                let part = self.parts.get(node)?;
                let revision = part.id.value.clone();
                Problem::SelfLoop { place: part.parent(revision.as_str())?, revision }
            }
            GraphError::DependencySelfLoop { node } => {
                let part = self.parts.get(node)?;
                Problem::DependencySelfLoop { revision: part.id.value.clone(), place: part.dependency(part)? }
            }
            GraphError::Cycle { nodes } => Problem::Cycle { members: self.members(nodes) },
            GraphError::DependencyCycle { nodes } => {
                Problem::DependencyCycle { members: self.members(nodes) }
            }
            GraphError::LabelClashesWithId { label, node, other } => {
                let (part, other) = (self.parts.get(node)?, self.parts.get(other)?);
                let (place, id) = (part.label(&label), other.place(&other.id.span));
                Problem::LabelClashesWithId { label, place, id }
            }
            // Handled by the caller, which joins those of one name.
            GraphError::DuplicateId { .. } | GraphError::DuplicateLabel { .. } => return None,
        })
    }

    /// The revisions of a circle, from the one whose file comes first.
    fn members(&self, mut nodes: Vec<usize>) -> Vec<Member> {
        let first = nodes.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(at, _)| at);
        nodes.rotate_left(first);
        let next = nodes.iter().cycle().skip(1);
        let pairs = nodes.iter().zip(next).filter_map(|(node, next)| {
            let (part, next) = (self.parts.get(*node)?, self.parts.get(*next)?);
            let parent = part.parent(next.id.value.as_str());
            let depends = parent.is_none();
            let place = parent
                .or_else(|| part.dependency(next))
                // A label that the next one only inherits.
                .or_else(|| part.depends_on.first().map(|name| part.place(&name.span)))
                .unwrap_or_else(|| part.place(&part.id.span));
            Some(Member { id: part.id.value.clone(), depends, place })
        });
        pairs.collect()
    }

    /// What was probably meant by a name that nothing has.
    fn near(&self, part: &Part<'_>, name: &str, labels: bool) -> Vec<Named> {
        let looked = self.looked.replace(self.looked.get() + 1);
        if looked >= LOOKED {
            return Vec::new();
        }
        let others = || self.parts.iter().filter(|other| other.id.value != part.id.value);
        let ids = others().map(|other| (other.id.value.as_str(), other));
        let labelled = others()
            .filter(|_| labels)
            .flat_map(|other| other.branch_labels.iter().map(move |label| (label.value.as_str(), other)));
        let candidates: Vec<(&str, &Part<'_>)> = ids.chain(labelled).collect();
        suggestions(name, candidates.iter().map(|(name, _)| *name))
            .into_iter()
            .filter_map(|near| candidates.iter().find(|(name, _)| *name == near))
            .map(|(name, part)| part.named(Some(name)))
            .collect()
    }
}

/// The names that a file which did not parse may have: its labels, what was meant as a name, and where its id is not
/// known what its own name begins with, as in `{rev}_{slug}`.
fn names(file: &Read) -> impl Iterator<Item = &str> {
    let header = &file.header;
    let is_unclear = header.unclear || header.id.is_none();
    let name = file.source.name.rsplit('/').next().filter(|_| is_unclear).unwrap_or_default();
    let ends = name.char_indices().filter(|(_, c)| matches!(c, '_' | '.' | '-')).map(|(at, _)| at);
    let beginnings = ends.chain([name.len()]).filter_map(move |end| name.get(..end));
    let labels = header.branch_labels.iter().map(|label| label.value.as_str());
    labels.chain(header.maybe.iter().map(String::as_str)).chain(beginnings)
}
