//! What one step does to the version rows.

use super::Graph;
use super::sets::NodeSet;
use crate::{Direction, Heads, RowChange, Step};

impl Graph {
    /// The step that applies or reverts this one revision, by itself; `None` when it is unknown, or not next to what is
    /// applied.
    ///
    /// ```
    /// # use servicekit_chain::{Direction, Graph, Heads, Node, RevisionId};
    /// # let node = |id: &'static str, down: &[&'static str]| Node {
    /// #     id: RevisionId::from_static(id),
    /// #     down_revision: down.iter().copied().map(RevisionId::from_static).collect(),
    /// #     depends_on: Vec::new(),
    /// #     branch_labels: Vec::new(),
    /// # };
    /// # let graph = Graph::new(vec![node("b2", &["a1"]), node("a1", &[])]).map_err(|errors| format!("{errors:?}"))?;
    /// let a1: Heads = [RevisionId::from_static("a1")].into_iter().collect();
    /// let step = graph.step(&a1, "b2", Direction::Upgrade).ok_or("b2 follows a1")?;
    /// assert_eq!(step.rows.update, Some((RevisionId::from_static("a1"), RevisionId::from_static("b2"))));
    /// assert_eq!(graph.step(&Heads::base(), "b2", Direction::Upgrade), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn step(&self, from: &Heads, revision: &str, direction: Direction) -> Option<Step> {
        let node = self.find(revision)?;
        let rows = self.nodes_of(from).ok()?;
        let applied = self.needs.reach(rows.iter().copied());
        let is_next = match direction {
            Direction::Upgrade => {
                !applied.contains(node) && self.needs.of(node).iter().all(|&below| applied.contains(below))
            }
            Direction::Downgrade => {
                applied.contains(node)
                    && !self.dependents.of(node).iter().any(|&above| applied.contains(above))
            }
        };
        is_next.then(|| match direction {
            Direction::Upgrade => Rows::before_upgrade(self, &rows).apply(node),
            Direction::Downgrade => Rows::before_downgrade(self, &rows, &applied).revert(node),
        })
    }
}

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
        let mut now = NodeSet::new(graph.len());
        now.extend(rows.iter().copied());
        Self { graph, now, needed_by: Vec::new() }
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
    pub(super) fn apply(&mut self, node: usize) -> Step {
        let needs = self.graph.needs.of(node).iter().copied();
        let gone: Vec<usize> = needs.filter(|&below| self.now.remove(below)).collect();
        self.now.insert(node);
        let id = self.graph.id(node).clone();
        let mut gone = self.graph.ids::<Vec<_>>(gone).into_iter();
        let rows = match gone.next() {
            Some(first) => {
                RowChange { update: Some((first, id.clone())), delete: gone.collect(), insert: vec![] }
            }
            None => RowChange { insert: vec![id.clone()], ..RowChange::default() },
        };
        Step { direction: Direction::Upgrade, revision: id, rows }
    }

    /// Reverts a revision that no applied one needs: rows for what it needed come back, unless other rows
    /// imply it.
    pub(super) fn revert(&mut self, node: usize) -> Step {
        let mut back = Vec::new();
        for &below in self.graph.needs.of(node) {
            if let Some(count) = self.needed_by.get_mut(below) {
                *count = count.saturating_sub(1);
                if *count == 0 && self.now.insert(below) {
                    back.push(below);
                }
            }
        }
        let id = self.graph.id(node).clone();
        let was_row = self.now.remove(node);
        let mut back: Vec<_> = self.graph.ids(back);
        let rows = if !was_row {
            RowChange { insert: back, ..RowChange::default() }
        } else if back.is_empty() {
            RowChange { delete: vec![id.clone()], ..RowChange::default() }
        } else {
            let first = back.remove(0);
            RowChange { update: Some((id.clone(), first)), insert: back, delete: vec![] }
        };
        Step { direction: Direction::Downgrade, revision: id, rows }
    }

    /// The rows as they are now.
    pub(super) fn heads(&self) -> Heads {
        self.graph.ids(self.now.iter())
    }
}
