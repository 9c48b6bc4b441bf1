//! Making a graph from nodes: names become numbers, and everything that is unsound is found in one go.

use super::labels::LabelSpread;
use super::sets::Edges;
use super::{Graph, GraphError, Node, cycles};
use crate::Label;
use std::collections::HashMap;

impl Graph {
    /// Checks the nodes and makes a graph of them.
    ///
    /// The graph does not depend on the order of the nodes; that order only shows in the numbers of the
    /// errors and in [`RevisionRef::index`](super::RevisionRef::index). A parent named twice by one revision
    /// counts once.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the nodes, circles last. What an unsound part hides (a
    /// circle that runs through a parent that does not exist) is only found when that part is sound.
    pub fn new(nodes: Vec<Node>) -> Result<Self, Vec<GraphError>> {
        let links = Links::new(&nodes);
        let needs = Edges::new(&unions(&links.parents, &links.dependencies));
        let order = needs.order();
        let mut errors = links.errors;
        if order.len() < nodes.len() {
            errors.extend(cycles::find(&Edges::new(&links.parents), &needs, &links.sorted));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self::renumbered(nodes, &links.sorted, &order, &links.parents, &links.dependencies))
    }

    /// Puts the nodes into the order of the graph; `sorted` leads from the numbers used so far to the input.
    fn renumbered(
        nodes: Vec<Node>,
        sorted: &[usize],
        order: &[usize],
        parents: &[Vec<usize>],
        dependencies: &[Vec<usize>],
    ) -> Self {
        let place = places(order);
        let renumber = |lists: &[Vec<usize>]| -> Vec<Vec<usize>> {
            let moved = |list: &Vec<usize>| list.iter().filter_map(|&old| place.get(old).copied()).collect();
            order.iter().filter_map(|&old| lists.get(old)).map(moved).collect()
        };
        let parents = renumber(parents);
        let dependencies = renumber(dependencies);
        let needs = unions(&parents, &dependencies);
        let (parents, dependencies, needs) =
            (Edges::new(&parents), Edges::new(&dependencies), Edges::new(&needs));

        let input: Vec<usize> = order.iter().filter_map(|&old| sorted.get(old).copied()).collect();
        let mut unordered: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
        let nodes: Vec<Node> =
            input.iter().filter_map(|&at| unordered.get_mut(at).and_then(Option::take)).collect();

        let mut by_label: Vec<(Label, usize)> = nodes
            .iter()
            .enumerate()
            .flat_map(|(at, node)| node.branch_labels.iter().map(move |label| (label.clone(), at)))
            .collect();
        by_label.sort_unstable();
        let (children, dependents) = (parents.reversed(), needs.reversed());
        let spread = LabelSpread::new(&nodes, &parents, &children, &dependents);
        let by_id = place;
        Self { nodes, input, by_id, by_label, parents, dependencies, needs, children, dependents, spread }
    }
}

/// The nodes in the order of their ids, joined by numbers instead of names.
struct Links {
    /// The nodes in the order of their ids, as indexes into the input; all other numbers are places in this
    /// list.
    sorted: Vec<usize>,
    parents: Vec<Vec<usize>>,
    dependencies: Vec<Vec<usize>>,
    errors: Vec<GraphError>,
}

impl Links {
    fn new(nodes: &[Node]) -> Self {
        let mut sorted: Vec<(&str, usize)> =
            nodes.iter().enumerate().map(|(index, node)| (node.id.as_str(), index)).collect();
        sorted.sort_unstable();
        let names = Names::new(&sorted);
        let sorted: Vec<usize> = sorted.into_iter().map(|(_, index)| index).collect();
        let mut links = Self {
            parents: vec![Vec::new(); sorted.len()],
            dependencies: vec![Vec::new(); sorted.len()],
            sorted,
            errors: Vec::new(),
        };
        let labels = links.check_names(nodes, &names);
        for (index, (node, at)) in nodes.iter().zip(places(&links.sorted)).enumerate() {
            links.join(index, at, node, &names, &labels);
        }
        links
    }

    /// Finds ids and labels that are used twice; gives the place of the node that carries each label.
    fn check_names<'n>(&mut self, nodes: &'n [Node], names: &Names<'n>) -> HashMap<&'n str, usize> {
        let mut labels: HashMap<&str, (usize, usize)> = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            let Some(at) = names.place_of(node.id.as_str()) else { continue };
            let (first, second) = (self.input(at), index);
            if first != index {
                self.errors.push(GraphError::DuplicateId { id: node.id.clone(), first, second });
            }
            for name in &node.branch_labels {
                let label = name.clone();
                if let Some(other) = names.place_of(name.as_str()) {
                    let other = self.input(other);
                    self.errors.push(GraphError::LabelClashesWithId { label, node: index, other });
                } else if let Some(&(_, first)) = labels.get(name.as_str()) {
                    self.errors.push(GraphError::DuplicateLabel { label, first, second });
                } else {
                    labels.insert(name.as_str(), (at, index));
                }
            }
        }
        labels.into_iter().map(|(label, (at, _))| (label, at)).collect()
    }

    /// Looks up the parents and dependencies of one node, which is at `at` here and at `index` in the input.
    fn join(
        &mut self,
        index: usize,
        at: usize,
        node: &Node,
        names: &Names<'_>,
        labels: &HashMap<&str, usize>,
    ) {
        // Of several nodes with one id only the first is joined by others, so a node may not be found by its
        // own id.
        let is_self = |other: usize, name: &str| other == at || name == node.id.as_str();
        let mut parents = Vec::with_capacity(node.down_revision.len());
        for parent in &node.down_revision {
            match names.place_of(parent.as_str()) {
                Some(other) if is_self(other, parent.as_str()) => {
                    self.errors.push(GraphError::SelfLoop { node: index });
                }
                Some(other) => parents.push(other),
                None => self.errors.push(GraphError::DanglingParent { node: index, parent: parent.clone() }),
            }
        }
        let mut dependencies = Vec::with_capacity(node.depends_on.len());
        for name in &node.depends_on {
            match names.place_of(name).or_else(|| labels.get(name.as_str()).copied()) {
                Some(other) if is_self(other, name) => {
                    self.errors.push(GraphError::DependencySelfLoop { node: index });
                }
                Some(other) => dependencies.push(other),
                None => self.errors.push(GraphError::DanglingDependency { node: index, name: name.clone() }),
            }
        }
        if let Some(slot) = self.parents.get_mut(at) {
            *slot = union(&parents, &[]);
        }
        if let Some(slot) = self.dependencies.get_mut(at) {
            *slot = union(&dependencies, &[]);
        }
    }

    fn input(&self, at: usize) -> usize {
        self.sorted.get(at).copied().unwrap_or_default()
    }
}

/// Where each id stands among the sorted ids.
struct Names<'n>(HashMap<&'n str, usize>);

impl<'n> Names<'n> {
    fn new(sorted: &[(&'n str, usize)]) -> Self {
        let mut names = HashMap::with_capacity(sorted.len());
        for (at, &(id, _)) in sorted.iter().enumerate() {
            // Equal ids stand in the order of the input, so the first of them wins.
            names.entry(id).or_insert(at);
        }
        Self(names)
    }

    fn place_of(&self, id: &str) -> Option<usize> {
        self.0.get(id).copied()
    }
}

/// Where each number stands in a list that holds each once.
fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (at, &number) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(number) {
            *slot = at;
        }
    }
    places
}

/// The unions of lists in pairs.
fn unions(first: &[Vec<usize>], second: &[Vec<usize>]) -> Vec<Vec<usize>> {
    first.iter().zip(second).map(|(a, b)| union(a, b)).collect()
}

/// All numbers of both lists, each once, in the order of their first mention.
fn union(first: &[usize], second: &[usize]) -> Vec<usize> {
    // A hash set pays only for long lists; a revision that merges thousands must not cost their square.
    const FEW: usize = 16;
    let mut list: Vec<usize> = Vec::with_capacity(first.len() + second.len());
    if first.len() + second.len() <= FEW {
        for &node in first.iter().chain(second) {
            if !list.contains(&node) {
                list.push(node);
            }
        }
    } else {
        let mut seen = std::collections::HashSet::new();
        list.extend(first.iter().chain(second).copied().filter(|&node| seen.insert(node)));
    }
    list
}

impl Edges {
    /// The nodes in an order in which each comes after all it is joined to; those on or above a circle are
    /// left out.
    ///
    /// One branch is followed as far as possible before the next begins, smaller numbers first.
    pub(super) fn order(&self) -> Vec<usize> {
        let dependents = self.reversed();
        let mut missing: Vec<usize> = (0..self.len()).map(|node| self.of(node).len()).collect();
        let mut ready: Vec<usize> = (0..self.len()).rev().filter(|&node| self.of(node).is_empty()).collect();
        let mut order = Vec::with_capacity(self.len());
        while let Some(node) = ready.pop() {
            order.push(node);
            for &above in dependents.of(node).iter().rev() {
                if let Some(count) = missing.get_mut(above) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(above);
                    }
                }
            }
        }
        order
    }
}
