//! What one step does to the version rows.

use super::Graph;
use super::sets::NodeSet;
use crate::{Direction, Heads, RowChange, Step};

/// What is applied and which rows say so, while a plan is made.
///
/// A row is an applied revision that no other applied revision needs. Each step looks at the neighbours of
/// its revision only, so a plan costs as much as the edges it touches however many rows there are.
pub(super) struct Applied<'g> {
    graph: &'g Graph,
    /// For each revision how many applied ones need it.
    needed_by: Vec<usize>,
    rows: NodeSet,
}

impl<'g> Applied<'g> {
    /// Starts at these rows, of which `applied` is everything they imply.
    pub(super) fn new(graph: &'g Graph, rows: &[usize], applied: &NodeSet) -> Self {
        let mut needed_by = vec![0; graph.len()];
        for node in applied.iter() {
            for &below in graph.needs.of(node) {
                if let Some(count) = needed_by.get_mut(below) {
                    *count += 1;
                }
            }
        }
        let mut set = NodeSet::new(graph.len());
        for &row in rows {
            set.insert(row);
        }
        Self { graph, needed_by, rows: set }
    }

    /// Applies a revision whose needs are all applied: its row takes the place of the rows it needs.
    pub(super) fn apply(&mut self, node: usize) -> Option<Step> {
        let mut gone = Vec::new();
        for &below in self.graph.needs.of(node) {
            if let Some(count) = self.needed_by.get_mut(below) {
                *count += 1;
            }
            if self.rows.remove(below) {
                gone.push(below);
            }
        }
        self.rows.insert(node);
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
                if *count == 0 && self.rows.insert(below) {
                    back.push(below);
                }
            }
        }
        let id = self.graph.id(node)?.clone();
        let was_row = self.rows.remove(node);
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
        self.graph.ids(self.rows.iter())
    }
}
