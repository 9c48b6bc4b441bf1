//! The graph of revisions: what follows what, and the plans that lead through it.
//!
//! A [`Graph`] is made from [`Node`]s and is sound from then on: every parent and dependency is there and
//! nothing runs in a circle. Inside, revisions are numbered in one stable order, the oldest first and every
//! revision after all it needs, which depends on the ids alone and not on the order of the files. All
//! questions are answered by walks over flat lists, so that each costs at most a constant times the size of
//! the graph.
//!
//! Two kinds of edges lead down from a revision: to its *parents* (`down_revision`), which make lineages,
//! heads and bases; and to its *dependencies* (`depends_on`), which only must be applied first. Words used
//! here:
//!
//! - **applied**: everything that the version rows imply, that is the rows and all they need;
//! - **lineage** of a revision: it, its ancestors and its descendants along parents;
//! - **head**: a revision that is nobody's parent; an **effective head** is needed by nobody at all, and the
//!   effective
//!   heads are the version rows when everything is applied.

mod build;
mod cycles;
mod downgrade;
mod error;
mod labels;
mod range;
mod resolve;
mod rows;
mod sets;
mod stamp;
mod upgrade;

pub use error::{GraphError, PlanError, ResolveError, UnknownRevision};

use crate::{Heads, Label, RevisionId};
use labels::LabelSpread;
use sets::{Edges, NodeSet};
use std::fmt;

/// What a revision file says about its place in the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: RevisionId,
    /// The revisions it follows: none for a first revision, several for a merge.
    pub down_revision: Vec<RevisionId>,
    /// Further revisions that must be applied first, by id or by branch label.
    pub depends_on: Vec<String>,
    /// The branch labels it carries.
    pub branch_labels: Vec<Label>,
}

/// A sound set of revisions.
///
/// ```
/// use servicekit_chain::{Graph, Heads, Node, RevisionId};
/// let node = |id: &'static str, down: &[&'static str]| Node {
///     id: RevisionId::from_static(id),
///     down_revision: down.iter().copied().map(RevisionId::from_static).collect(),
///     depends_on: Vec::new(),
///     branch_labels: Vec::new(),
/// };
/// let graph = Graph::new(vec![node("b2", &["a1"]), node("a1", &[])]).map_err(|errors| format!("{errors:?}"))?;
/// let plan = graph.upgrade(&Heads::base(), &"head".parse()?)?;
/// let steps: Vec<&str> = plan.steps.iter().map(|step| step.revision.as_str()).collect();
/// assert_eq!(steps, ["a1", "b2"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// In the stable order.
    nodes: Vec<Node>,
    /// Where each node stood in the input.
    input: Vec<usize>,
    /// The nodes in the order of their ids.
    by_id: Vec<usize>,
    /// Each branch label, in the order of the labels, with the node that carries it.
    by_label: Vec<(Label, usize)>,
    /// `down_revision`.
    parents: Edges,
    /// `depends_on`, labels resolved.
    dependencies: Edges,
    /// Parents, then the dependencies that are no parents.
    needs: Edges,
    /// The reverse of `parents`.
    children: Edges,
    /// The reverse of `needs`.
    dependents: Edges,
    spread: LabelSpread,
}

impl Graph {
    /// How many revisions there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no revision; such a graph is sound.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All revisions, the oldest first, each after all it needs.
    ///
    /// The order depends on the revisions alone, not on the order in which they were passed: one branch is
    /// followed as far as possible before the next begins, the branch with the smaller id first.
    pub fn revisions(&self) -> impl DoubleEndedIterator<Item = RevisionRef<'_>> + ExactSizeIterator {
        (0..self.len()).map(|at| RevisionRef { graph: self, at })
    }

    /// The revision with exactly this id.
    pub fn get(&self, id: &str) -> Option<RevisionRef<'_>> {
        self.find(id).map(|at| RevisionRef { graph: self, at })
    }

    /// The revisions that are nobody's parent.
    pub fn heads(&self) -> Heads {
        self.ids((0..self.len()).filter(|&at| self.is_head(at)))
    }

    /// The revisions that nobody needs: the version rows when everything is applied.
    pub fn effective_heads(&self) -> Heads {
        self.ids((0..self.len()).filter(|&at| self.dependents.of(at).is_empty()))
    }

    /// The revisions that have no parent.
    pub fn bases(&self) -> Heads {
        self.ids(self.base_nodes())
    }

    /// The same rows without those that other rows imply: what a sound version table would hold.
    ///
    /// # Errors
    /// Names all rows that are no revision of this graph.
    pub fn effective(&self, rows: &Heads) -> Result<Heads, UnknownRevision> {
        let nodes = self.nodes_of(rows)?;
        let applied = self.needs.reach(nodes.iter().copied());
        let is_implied = |at: usize| self.dependents.of(at).iter().any(|&above| applied.contains(above));
        Ok(self.ids(nodes.into_iter().filter(|&at| !is_implied(at))))
    }

    /// The number of the revision with exactly this id.
    fn find(&self, id: &str) -> Option<usize> {
        let at = self.by_id.binary_search_by(|&node| self.id(node).as_str().cmp(id)).ok()?;
        self.by_id.get(at).copied()
    }

    /// The numbers of these rows.
    fn nodes_of(&self, rows: &Heads) -> Result<Vec<usize>, UnknownRevision> {
        let nodes: Vec<usize> = rows.iter().filter_map(|row| self.find(row.as_str())).collect();
        if nodes.len() == rows.len() {
            return Ok(nodes);
        }
        let unknown = rows.iter().filter(|row| self.find(row.as_str()).is_none());
        Err(UnknownRevision { ids: unknown.cloned().collect() })
    }

    /// All that these nodes need; one of them only when another needs it.
    fn strictly_below(&self, nodes: impl IntoIterator<Item = usize>) -> NodeSet {
        self.needs.reach(nodes.into_iter().flat_map(|node| self.needs.of(node)).copied())
    }

    /// Whether nothing follows a node.
    fn is_head(&self, node: usize) -> bool {
        self.children.of(node).is_empty()
    }

    /// The nodes that follow nothing.
    fn base_nodes(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|&node| self.parents.of(node).is_empty())
    }

    /// The ids in their order.
    fn sorted_ids(&self, nodes: impl IntoIterator<Item = usize>) -> Vec<RevisionId> {
        self.ids::<Heads>(nodes).into_vec()
    }

    /// The ids, as a set or in the order given.
    fn ids<C: FromIterator<RevisionId>>(&self, nodes: impl IntoIterator<Item = usize>) -> C {
        nodes.into_iter().map(|node| self.id(node).clone()).collect()
    }

    /// The id of a node that is known to be there.
    fn id(&self, node: usize) -> &RevisionId {
        const NONE: &RevisionId = &RevisionId::from_static("");
        self.nodes.get(node).map_or(NONE, |node| &node.id)
    }
}

/// A revision in its graph.
#[derive(Clone, Copy)]
pub struct RevisionRef<'g> {
    graph: &'g Graph,
    at: usize,
}

impl<'g> RevisionRef<'g> {
    fn node(&self) -> Option<&'g Node> {
        self.graph.nodes.get(self.at)
    }

    fn refs(
        self,
        nodes: &'g [usize],
    ) -> impl DoubleEndedIterator<Item = RevisionRef<'g>> + ExactSizeIterator {
        let graph = self.graph;
        nodes.iter().map(move |&at| RevisionRef { graph, at })
    }

    /// Its id.
    pub fn id(&self) -> &'g RevisionId {
        self.graph.id(self.at)
    }

    /// The ids it follows, as declared.
    pub fn down_revision(&self) -> &'g [RevisionId] {
        self.node().map_or(&[], |node| &node.down_revision)
    }

    /// The ids and labels it depends on, as declared.
    pub fn depends_on(&self) -> &'g [String] {
        self.node().map_or(&[], |node| &node.depends_on)
    }

    /// The branch labels it carries itself.
    pub fn branch_labels(&self) -> &'g [Label] {
        self.node().map_or(&[], |node| &node.branch_labels)
    }

    /// All branch labels that reach it, sorted: its own, those of its ancestors, and those of its descendants
    /// along a line without branch or merge.
    pub fn labels(&self) -> Vec<&'g Label> {
        self.graph.labels_of(self.at)
    }

    /// The revisions it follows.
    pub fn parents(&self) -> impl DoubleEndedIterator<Item = RevisionRef<'g>> + ExactSizeIterator {
        self.refs(self.graph.parents.of(self.at))
    }

    /// The revisions it depends on, labels resolved.
    pub fn dependencies(&self) -> impl DoubleEndedIterator<Item = RevisionRef<'g>> + ExactSizeIterator {
        self.refs(self.graph.dependencies.of(self.at))
    }

    /// The revisions that follow it, in the order of the graph.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = RevisionRef<'g>> + ExactSizeIterator {
        self.refs(self.graph.children.of(self.at))
    }

    /// The revisions that follow it or depend on it, in the order of the graph.
    pub fn dependents(&self) -> impl DoubleEndedIterator<Item = RevisionRef<'g>> + ExactSizeIterator {
        self.refs(self.graph.dependents.of(self.at))
    }

    /// Whether nothing follows it.
    pub fn is_head(&self) -> bool {
        self.graph.is_head(self.at)
    }

    /// Whether it follows nothing.
    pub fn is_base(&self) -> bool {
        self.graph.parents.of(self.at).is_empty()
    }

    /// Whether more than one revision follows it.
    pub fn is_branch_point(&self) -> bool {
        self.graph.children.of(self.at).len() > 1
    }

    /// Whether it follows more than one revision.
    pub fn is_merge_point(&self) -> bool {
        self.graph.parents.of(self.at).len() > 1
    }

    /// Where it stood among the nodes that were handed to [`Graph::new`].
    pub fn index(&self) -> usize {
        self.graph.input.get(self.at).copied().unwrap_or_default()
    }
}

impl fmt::Debug for RevisionRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RevisionRef").field(self.id()).finish()
    }
}

impl PartialEq for RevisionRef<'_> {
    /// The same revision of the same graph.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.at == other.at
    }
}

impl Eq for RevisionRef<'_> {}
