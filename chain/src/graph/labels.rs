//! Branch labels: which of them reach a revision, and the lineage that one names.

use super::sets::{Edges, NodeSet};
use super::{Graph, Node};
use crate::Label;

/// How labels spread, kept so small that it costs no more than the graph itself: the labels of a revision are
/// put together when they are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct LabelSpread {
    /// For each revision the set of labels that come from it and its ancestors; 0 is the empty set.
    set_of: Vec<usize>,
    /// Each set adds the labels of one revision, or none, to other sets.
    sets: Vec<(Option<usize>, Vec<usize>)>,
    /// The next revision with labels above this one, when nothing but a plain line leads from here to a head.
    above: Vec<Option<usize>>,
}

impl LabelSpread {
    pub(super) fn new(nodes: &[Node], parents: &Edges, children: &Edges, dependents: &Edges) -> Self {
        let has_labels = |at: usize| nodes.get(at).is_some_and(|node| !node.branch_labels.is_empty());
        let mut spread =
            Self { set_of: Vec::new(), sets: vec![(None, Vec::new())], above: vec![None; nodes.len()] };
        for at in 0..nodes.len() {
            let mut inherited: Vec<usize> =
                parents.of(at).iter().filter_map(|&parent| spread.set_of.get(parent).copied()).collect();
            inherited.sort_unstable();
            inherited.dedup();
            inherited.retain(|&set| set != 0);
            let set = match (has_labels(at), inherited.as_slice()) {
                (false, []) => 0,
                (false, [only]) => *only,
                (own, _) => {
                    spread.sets.push((own.then_some(at), inherited));
                    spread.sets.len() - 1
                }
            };
            spread.set_of.push(set);
        }
        // Down from the heads along plain lines: a label also names what led to it since the last branch or
        // merge.
        let mut is_plain = vec![false; nodes.len()];
        for at in (0..nodes.len()).rev() {
            let child = children.of(at).first().copied();
            let plain = dependents.of(at).len() <= 1
                && parents.of(at).len() <= 1
                && child.is_none_or(|child| is_plain.get(child).copied().unwrap_or(false));
            if let Some(slot) = is_plain.get_mut(at) {
                *slot = plain;
            }
            if plain
                && let Some(child) = child
                && let next =
                    if has_labels(child) { Some(child) } else { spread.above.get(child).copied().flatten() }
                && let Some(slot) = spread.above.get_mut(at)
            {
                *slot = next;
            }
        }
        spread
    }

    /// The revisions whose labels reach this one.
    fn carriers(&self, at: usize) -> Vec<usize> {
        let mut carriers = Vec::new();
        let mut seen = NodeSet::new(self.sets.len());
        let mut stack: Vec<usize> = self.set_of.get(at).copied().into_iter().collect();
        while let Some(set) = stack.pop() {
            if let Some((carrier, inherited)) = self.sets.get(set)
                && seen.insert(set)
            {
                carriers.extend(*carrier);
                stack.extend(inherited);
            }
        }
        let mut above = self.above.get(at).copied().flatten();
        while let Some(carrier) = above {
            carriers.push(carrier);
            above = self.above.get(carrier).copied().flatten();
        }
        carriers
    }
}

/// The revisions in the lineage of one revision.
#[derive(Debug)]
pub(super) struct Lineage {
    /// The label or revision as it was named.
    pub(super) name: String,
    /// The revision that it names.
    pub(super) of: usize,
    /// It, its ancestors and its descendants along parents.
    pub(super) set: NodeSet,
}

/// Whether a node is in a lineage; without one, all are.
pub(super) fn is_in(lineage: Option<&Lineage>, node: usize) -> bool {
    lineage.is_none_or(|lineage| lineage.set.contains(node))
}

impl Graph {
    pub(super) fn labels_of(&self, at: usize) -> Vec<&Label> {
        let carriers = self.spread.carriers(at);
        let mut labels: Vec<&Label> = carriers
            .into_iter()
            .filter_map(|at| self.nodes.get(at))
            .flat_map(|node| &node.branch_labels)
            .collect();
        labels.sort_unstable();
        labels
    }

    /// The number of the revision that carries exactly this label.
    pub(super) fn find_label(&self, label: &str) -> Option<usize> {
        let at = self.by_label.binary_search_by(|(other, _)| other.as_str().cmp(label)).ok()?;
        self.by_label.get(at).map(|(_, node)| *node)
    }

    /// The lineage of a revision that is named by its id.
    pub(super) fn own_lineage(&self, of: usize) -> Lineage {
        self.lineage(of, self.id(of).as_str())
    }

    pub(super) fn lineage(&self, of: usize, name: &str) -> Lineage {
        let mut set = self.parents.reach([of]);
        set.extend(self.children.reach([of]).iter());
        Lineage { name: name.to_owned(), of, set }
    }
}
