//! Heads and first revisions, and whether the configuration allows as many as there are.

use crate::diagnostic::{Named, Problem};
use crate::file::{Broken, Spanned, VersionFile};
use crate::graph::Graph;
use crate::{Place, RevisionId, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

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
pub(super) fn from_graph(graph: &Graph, files: &[VersionFile]) -> Shape {
    let (heads, bases) = (graph.heads(), graph.bases());
    let ends = |ids: &crate::Heads| -> Vec<Named> {
        // One end is always allowed, so the usual case needs no names.
        if ids.len() < 2 {
            return Vec::new();
        }
        let at_end = files.iter().filter(|file| ids.contains(file.id().as_str()));
        at_end.map(|file| named(&file.source, &file.header.id, &file.header.message)).collect()
    };
    Shape { heads: ends(&heads), bases: ends(&bases) }
}

/// The ends as far as they are certain while something else is wrong.
///
/// Each name that leads nowhere and each circle may stand for the link that is missing, so several heads are
/// reported only when there are several however those are fixed.
pub(super) fn from_parts(files: &[VersionFile], broken: &[Broken], problems: &[Problem]) -> Shape {
    let sound = files.iter().map(|file| {
        let header = &file.header;
        (&file.source, &header.id, header.down_revision.as_slice(), header.message.as_str())
    });
    let readable = broken.iter().filter(|file| !file.header.unclear).filter_map(|file| {
        let header = &file.header;
        Some((&file.source, header.id.as_ref()?, header.down_revision.as_slice(), header.message.as_str()))
    });
    let mut parts: Vec<_> = sound.chain(readable).collect();
    parts.sort_by(|a, b| a.0.name.cmp(&b.0.name));

    // Files with one id are a problem of their own, and one revision here.
    let mut seen = BTreeSet::new();
    let distinct: Vec<_> = parts.iter().filter(|(_, id, _, _)| seen.insert(&id.value)).collect();
    let bases = distinct.iter().filter(|(_, _, parents, _)| parents.is_empty());
    let bases = bases.map(|(source, id, _, message)| named(source, id, message)).collect();
    if broken.iter().any(|file| file.header.unclear) {
        return Shape { heads: Vec::new(), bases };
    }
    let ids: BTreeSet<&str> = parts.iter().map(|(_, id, _, _)| id.value.as_str()).collect();
    let mut followed = BTreeSet::new();
    let mut nowhere = BTreeSet::new();
    for (_, id, parents, _) in &parts {
        for parent in parents.iter().filter(|parent| parent.value != id.value) {
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
        .filter(|(_, id, _, _)| !followed.contains(id.value.as_str()))
        .map(|(source, id, _, message)| named(source, id, message))
        .collect();
    let certain = heads.len() >= uncertain + 2;
    Shape { heads: if certain { heads } else { Vec::new() }, bases }
}

fn named(source: &Arc<Source>, id: &Spanned<RevisionId>, message: &str) -> Named {
    let place = Place::new(source, id.span.clone());
    Named { name: id.value.as_str().to_owned(), message: message.to_owned(), place }
}
