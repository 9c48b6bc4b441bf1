//! Finding circles, and on each only the revisions that are on it.

use super::GraphError;
use super::sets::{Edges, NodeSet};
use std::collections::VecDeque;

/// One circle of each group of tangled nodes; `sorted` leads from these numbers to those of the input.
///
/// Circles of `parents` come first. A group of `needs` that holds one of those nodes is looked at without
/// them, since what remains of it is only known when they are fixed.
pub(super) fn find(parents: &Edges, needs: &Edges, sorted: &[usize]) -> Vec<GraphError> {
    let named = |nodes: Vec<usize>| nodes.into_iter().filter_map(|at| sorted.get(at).copied()).collect();
    let mut tangled = NodeSet::new(parents.len());
    let mut errors = Vec::new();
    for group in groups(parents, &tangled) {
        errors.push(GraphError::Cycle { nodes: named(circle(parents, &group)) });
        tangled.extend(group);
    }
    for group in groups(needs, &tangled) {
        errors.push(GraphError::DependencyCycle { nodes: named(circle(needs, &group)) });
    }
    errors
}

/// The groups of two or more nodes that can all reach each other, without the nodes in `skip`.
///
/// Tarjan's algorithm with a stack of its own, so that a long chain does not exhaust the thread's. The groups
/// are in the order of their smallest node, and so are the nodes of each.
fn groups(edges: &Edges, skip: &NodeSet) -> Vec<Vec<usize>> {
    let mut search =
        Search { edges, skip, marks: vec![Mark::default(); edges.len()], next: 1, open: Vec::new() };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for root in 0..edges.len() {
        search.from(root, &mut groups);
    }
    groups.sort_unstable();
    groups
}

/// What the search knows about a node.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// When it was first seen, from 1; 0 when it was not.
    seen: usize,
    /// The earliest node that it is known to reach, by when that was first seen.
    low: usize,
    /// Whether its group is still open.
    is_open: bool,
}

struct Search<'e> {
    edges: &'e Edges,
    skip: &'e NodeSet,
    marks: Vec<Mark>,
    next: usize,
    open: Vec<usize>,
}

impl Search<'_> {
    fn mark(&self, node: usize) -> Mark {
        self.marks.get(node).copied().unwrap_or_default()
    }

    fn enter(&mut self, node: usize) {
        if let Some(mark) = self.marks.get_mut(node) {
            *mark = Mark { seen: self.next, low: self.next, is_open: true };
        }
        self.next += 1;
        self.open.push(node);
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(mark) = self.marks.get_mut(node) {
            mark.low = mark.low.min(low);
        }
    }

    fn from(&mut self, root: usize, groups: &mut Vec<Vec<usize>>) {
        if self.skip.contains(root) || self.mark(root).seen > 0 {
            return;
        }
        self.enter(root);
        // Each entry is a node on the way from the root and how many of its edges were followed.
        let mut way = vec![(root, 0)];
        while let Some((node, followed)) = way.last_mut() {
            let node = *node;
            let Some(&next) = self.edges.of(node).get(*followed) else {
                way.pop();
                self.leave(node, way.last().map(|(below, _)| *below), groups);
                continue;
            };
            *followed += 1;
            if self.skip.contains(next) {
                continue;
            }
            let mark = self.mark(next);
            if mark.seen == 0 {
                self.enter(next);
                way.push((next, 0));
            } else if mark.is_open {
                self.lower(node, mark.seen);
            }
        }
    }

    /// All edges of `node` are followed: its group is complete when it reaches nothing earlier.
    fn leave(&mut self, node: usize, below: Option<usize>, groups: &mut Vec<Vec<usize>>) {
        let mark = self.mark(node);
        if let Some(below) = below {
            self.lower(below, mark.low);
        }
        if mark.low < mark.seen {
            return;
        }
        let mut group = Vec::new();
        while let Some(member) = self.open.pop() {
            if let Some(mark) = self.marks.get_mut(member) {
                mark.is_open = false;
            }
            group.push(member);
            if member == node {
                break;
            }
        }
        if group.len() > 1 {
            group.sort_unstable();
            groups.push(group);
        }
    }
}

/// A shortest circle through the smallest node of a group; each node on it is joined to the next.
fn circle(edges: &Edges, group: &[usize]) -> Vec<usize> {
    let Some(&start) = group.first() else { return Vec::new() };
    // For each node of the group that was reached: the node it was reached from.
    let mut reached_from: Vec<Option<usize>> = vec![None; group.len()];
    let place = |node: usize| group.binary_search(&node).ok();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &next in edges.of(node) {
            if next == start {
                let mut circle = vec![node];
                let mut at = node;
                while at != start {
                    let Some(before) = place(at).and_then(|at| reached_from.get(at).copied().flatten())
                    else {
                        break;
                    };
                    circle.push(before);
                    at = before;
                }
                circle.reverse();
                return circle;
            }
            if let Some(slot) = place(next).and_then(|at| reached_from.get_mut(at))
                && slot.is_none()
            {
                *slot = Some(node);
                queue.push_back(next);
            }
        }
    }
    group.to_vec()
}
