//! Numbered nodes: adjacency lists and sets of nodes, both flat.

/// For each node the nodes it is joined to, in one allocation.
#[derive(Debug, Clone, Default)]
pub(super) struct Edges {
    /// Where the list of each node starts; one entry more than there are nodes.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Edges {
    /// Takes the list of each node, in order.
    pub(super) fn new<L: AsRef<[usize]>>(lists: &[L]) -> Self {
        let mut edges = Self { starts: Vec::with_capacity(lists.len() + 1), ends: Vec::new() };
        edges.starts.push(0);
        for list in lists {
            edges.ends.extend_from_slice(list.as_ref());
            edges.starts.push(edges.ends.len());
        }
        edges
    }

    /// The same edges seen from the other end. Each list is in ascending order of the nodes.
    pub(super) fn reversed(&self) -> Self {
        let nodes = self.len();
        let mut starts = vec![0; nodes + 1];
        for &end in &self.ends {
            if let Some(count) = starts.get_mut(end + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut ends = vec![0; self.ends.len()];
        for node in 0..nodes {
            for &end in self.of(node) {
                if let Some(at) = next.get_mut(end) {
                    if let Some(slot) = ends.get_mut(*at) {
                        *slot = node;
                    }
                    *at += 1;
                }
            }
        }
        Self { starts, ends }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The nodes that `node` is joined to.
    pub(super) fn of(&self, node: usize) -> &[usize] {
        match (self.starts.get(node), self.starts.get(node + 1)) {
            (Some(&start), Some(&end)) => self.ends.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// All nodes that can be reached from `start` along these edges, `start` included.
    pub(super) fn reach(&self, start: impl IntoIterator<Item = usize>) -> NodeSet {
        let mut set = NodeSet::new(self.len());
        let mut stack: Vec<usize> = start.into_iter().filter(|&node| set.insert(node)).collect();
        while let Some(node) = stack.pop() {
            stack.extend(self.of(node).iter().copied().filter(|&next| set.insert(next)));
        }
        set
    }
}

/// A set of nodes.
#[derive(Debug, Clone, Default)]
pub(super) struct NodeSet(Vec<bool>);

impl NodeSet {
    /// The empty set of `len` nodes.
    pub(super) fn new(len: usize) -> Self {
        Self(vec![false; len])
    }

    /// Adds a node; false when it was there or is no node.
    pub(super) fn insert(&mut self, node: usize) -> bool {
        self.0.get_mut(node).is_some_and(|slot| !std::mem::replace(slot, true))
    }

    /// Adds nodes.
    pub(super) fn extend(&mut self, nodes: impl IntoIterator<Item = usize>) {
        for node in nodes {
            self.insert(node);
        }
    }

    /// Takes a node away; false when it was not there.
    pub(super) fn remove(&mut self, node: usize) -> bool {
        self.0.get_mut(node).is_some_and(std::mem::take)
    }

    /// Whether the node is there.
    pub(super) fn contains(&self, node: usize) -> bool {
        self.0.get(node).copied().unwrap_or(false)
    }

    /// The nodes in ascending order, which is the order of the graph; the other end gives the reverse.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter(|(_, is_in)| **is_in).map(|(node, _)| node)
    }
}
