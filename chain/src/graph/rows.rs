//! What one step does to the version rows.

use super::Graph;
use super::sets::NodeSet;
use crate::{Direction, Heads, RowChange, Step};

/// The version rows while a plan is made.
///
/// A row is an applied revision that no other applied revision needs. Each step looks at the neighbours of
/// its revision only, so a plan costs as much as the edges it touches however many rows there are.
pub(super) struct Rows<'g> {
    graph: &'g Graph,
    /// The rows as they are now.
    now: NodeSet,
    /// For each revision how many applied ones need it; only counted for a downgrade, which asks for it.
    needed_by: Vec<usize>,
}

impl<'g> Rows<'g> {
    /// Starts an upgrade at these rows.
    pub(super) fn before_upgrade(graph: &'g Graph, rows: &[usize]) -> Self {
        let mut set = NodeSet::new(graph.len());
        for &row in rows {
            set.insert(row);
        }
        Self { graph, now: set, needed_by: Vec::new() }
    }

    /// Starts a downgrade at these rows, of which `applied` is everything they imply.
    pub(super) fn before_downgrade(graph: &'g Graph, rows: &[usize], applied: &NodeSet) -> Self {
        let mut needed_by = vec![0; graph.len()];
        for node in applied.iter() {
            for &below in graph.needs.of(node) {
                if let Some(count) = needed_by.get_mut(below) {
                    *count += 1;
                }
            }
        }
        Self { needed_by, ..Self::before_upgrade(graph, rows) }
    }

    /// Applies a revision whose needs are all applied: its row takes the place of the rows it needs.
    pub(super) fn apply(&mut self, node: usize) -> Option<Step> {
        let needs = self.graph.needs.of(node).iter().copied();
        let gone: Vec<usize> = needs.filter(|&below| self.now.remove(below)).collect();
        self.now.insert(node);
        let id = self.graph.id(node)?.clone();
        let mut gone = self.graph.list(gone).into_iter();
        let rows = match gone.next() {
            Some(first) => {
                RowChange { update: Some((first, id.clone())), delete: gone.collect(), insert: vec![] }
            }
            None => RowChange { insert: vec![id.clone()], ..RowChange::default() },
        };
        Some(Step { direction: Direction::Upgrade, revision: id, rows })
    }

    /// Reverts a revision that no applied one needs: rows for what it needed come back, unless other rows
    /// imply it.
    pub(super) fn revert(&mut self, node: usize) -> Option<Step> {
        let mut back = Vec::new();
        for &below in self.graph.needs.of(node) {
            if let Some(count) = self.needed_by.get_mut(below) {
                *count = count.saturating_sub(1);
                if *count == 0 && self.now.insert(below) {
                    back.push(below);
                }
            }
        }
        let id = self.graph.id(node)?.clone();
        let was_row = self.now.remove(node);
        let mut back = self.graph.list(back);
        let rows = if !was_row {
            RowChange { insert: back, ..RowChange::default() }
        } else if back.is_empty() {
            RowChange { delete: vec![id.clone()], ..RowChange::default() }
        } else {
            let first = back.remove(0);
            RowChange { update: Some((id.clone(), first)), insert: back, delete: vec![] }
        };
        Some(Step { direction: Direction::Downgrade, revision: id, rows })
    }

    /// The rows as they are now.
    pub(super) fn heads(&self) -> Heads {
        self.graph.ids(self.now.iter())
    }
}
