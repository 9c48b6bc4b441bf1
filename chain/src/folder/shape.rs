//! Heads and first revisions, and whether the configuration allows as many as there are.

use super::graph::Part;
use crate::diagnostic::{Named, Problem};
use crate::file::Read;
use crate::graph::Graph;
use std::collections::BTreeSet;

/// The ends of the chain.
#[derive(Default)]
pub(super) struct Shape {
    heads: Vec<Named>,
    bases: Vec<Named>,
}

/// What the configuration allows, and the names that a message about it needs.
pub(super) struct Policy {
    pub(super) folder: String,
    pub(super) config: String,
    pub(super) heads: bool,
    pub(super) bases: bool,
}

impl Policy {
    pub(super) fn check(self, shape: Shape) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !self.heads && shape.heads.len() > 1 {
            let (folder, config) = (self.folder.clone(), self.config.clone());
            problems.push(Problem::SeveralHeads { folder, heads: shape.heads, config });
        }
        if !self.bases && shape.bases.len() > 1 {
            let (folder, config) = (self.folder, self.config);
            problems.push(Problem::SeveralBases { folder, bases: shape.bases, config });
        }
        problems
    }
}

/// The ends of a sound graph.
pub(super) fn from_graph(graph: &Graph, parts: &[Part<'_>]) -> Shape {
    let ends = |ids: crate::Heads| -> Vec<Named> {
        // One end is always allowed, so the usual case needs no names.
        if ids.len() < 2 {
            return Vec::new();
        }
        let at_end = parts.iter().filter(|part| ids.contains(part.id.value.as_str()));
        at_end.map(|part| part.named(None)).collect()
    };
    Shape { heads: ends(graph.heads()), bases: ends(graph.bases()) }
}

/// The ends as far as they are certain while something else is wrong.
///
/// Each name that leads nowhere and each circle may stand for the link that is missing, so several heads are
/// reported only when there are several however those are fixed; and none while the parents of a file could not be read.
pub(super) fn from_parts(parts: &[Part<'_>], broken: &[Read], problems: &[Problem]) -> Shape {
    // Files with one id are a problem of their own, and one revision here.
    let mut seen = BTreeSet::new();
    let readable = parts.iter().filter(|part| !part.unclear);
    let distinct: Vec<_> = readable.filter(|part| seen.insert(&part.id.value)).collect();
    let bases = distinct.iter().filter(|part| part.down_revision.is_empty());
    let bases = bases.map(|part| part.named(None)).collect();
    if broken.iter().any(|file| file.header.unclear) {
        return Shape { heads: Vec::new(), bases };
    }
    let ids: BTreeSet<&str> = parts.iter().map(|part| part.id.value.as_str()).collect();
    let mut followed = BTreeSet::new();
    let mut nowhere = BTreeSet::new();
    for part in parts {
        for parent in part.down_revision.iter().filter(|parent| parent.value != part.id.value) {
            let parent = parent.value.as_str();
            let set = if ids.contains(parent) { &mut followed } else { &mut nowhere };
            set.insert(parent);
        }
    }
    let loops =
        problems.iter().filter(|problem| matches!(problem, Problem::SelfLoop { .. } | Problem::Cycle { .. }));
    let uncertain = nowhere.len() + loops.count();
    let heads: Vec<Named> = distinct
        .iter()
        .filter(|part| !followed.contains(part.id.value.as_str()))
        .map(|part| part.named(None))
        .collect();
    let certain = heads.len() >= uncertain + 2;
    Shape { heads: if certain { heads } else { Vec::new() }, bases }
}
