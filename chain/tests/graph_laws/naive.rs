//! The same questions answered in the most obvious way, over sets of names and with no thought of cost; and
//! random graphs to ask them about.

use proptest::collection::vec;
use proptest::prelude::*;
use servicekit_chain::{Heads, Label, Node, RevisionId};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Names = BTreeSet<String>;

/// For each revision the others that it is joined to.
pub(crate) type Relation = BTreeMap<String, Names>;

/// A graph as relations between names.
#[derive(Debug, Clone)]
pub(crate) struct Naive {
    /// The nodes in the order in which they were made, each after all it needs when the graph is sound.
    pub(crate) nodes: Vec<Node>,
    pub(crate) parents: Relation,
    /// Parents and dependencies.
    pub(crate) needs: Relation,
    /// Parents, their parents, and so on.
    pub(crate) ancestors: Relation,
    /// All that must be applied first.
    pub(crate) below: Relation,
}

impl Naive {
    pub(crate) fn new(nodes: Vec<Node>) -> Self {
        let labels: BTreeMap<String, String> = nodes
            .iter()
            .flat_map(|node| node.branch_labels.iter().map(|label| (label.to_string(), node.id.to_string())))
            .collect();
        let mut parents = Relation::new();
        let mut needs = Relation::new();
        for node in &nodes {
            let down: Names = node.down_revision.iter().map(ToString::to_string).collect();
            let depends = node.depends_on.iter().map(|name| labels.get(name).unwrap_or(name).clone());
            needs.insert(node.id.to_string(), down.iter().cloned().chain(depends).collect());
            parents.insert(node.id.to_string(), down);
        }
        let (ancestors, below) = (closure(&parents), closure(&needs));
        Self { nodes, parents, needs, ancestors, below }
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.nodes.iter().map(|node| node.id.to_string()).collect()
    }

    /// These revisions and all they need.
    pub(crate) fn applied(&self, rows: &Names) -> Names {
        rows.iter().flat_map(|row| self.below[row].iter().chain([row])).cloned().collect()
    }

    /// Those that no other of them needs.
    pub(crate) fn maximal(&self, names: &Names) -> Names {
        names
            .iter()
            .filter(|name| !names.iter().any(|other| self.below[other].contains(*name)))
            .cloned()
            .collect()
    }

    /// Along parents: the revision, its ancestors and its descendants.
    pub(crate) fn lineage(&self, of: &str) -> Names {
        let related = |other: &&String| {
            *other == of || self.ancestors[of].contains(*other) || self.ancestors[*other].contains(of)
        };
        self.parents.keys().filter(related).cloned().collect()
    }

    /// These revisions and everything that needs one of them.
    pub(crate) fn above(&self, names: &Names) -> Names {
        let is_above = |other: &&String| names.contains(*other) || !self.below[*other].is_disjoint(names);
        self.needs.keys().filter(is_above).cloned().collect()
    }

    pub(crate) fn children(&self, of: &str) -> Names {
        self.parents
            .iter()
            .filter(|(_, parents)| parents.contains(of))
            .map(|(child, _)| child.clone())
            .collect()
    }

    /// All labels that reach a revision, by Alembic's rule: those of its ancestors, and those of its
    /// descendants when from it up to the one head there is neither a merge nor a revision that two others
    /// need.
    pub(crate) fn labels(&self, of: &str) -> Names {
        let is_plain = |name: &String| {
            self.parents[name].len() <= 1
                && self.needs.values().filter(|needs| needs.contains(name)).count() <= 1
        };
        let upwards: Names =
            self.lineage(of).into_iter().filter(|other| !self.ancestors[of].contains(other)).collect();
        let own = |name: &String| {
            let node = self.nodes.iter().find(|node| node.id.as_str() == name).unwrap();
            node.branch_labels.iter().map(ToString::to_string).collect::<Names>()
        };
        let mut carriers = self.ancestors[of].clone();
        carriers.insert(of.to_owned());
        if upwards.iter().all(is_plain) {
            carriers.extend(upwards);
        }
        carriers.iter().flat_map(own).collect()
    }
}

/// Everything that can be reached in one or more steps.
pub(crate) fn closure(relation: &Relation) -> Relation {
    let mut closure = relation.clone();
    loop {
        let mut grown = closure.clone();
        for (name, reached) in &closure {
            for next in reached {
                grown.get_mut(name).unwrap().extend(closure.get(next).into_iter().flatten().cloned());
            }
        }
        if grown == closure {
            return closure;
        }
        closure = grown;
    }
}

pub(crate) fn heads(names: &Names) -> Heads {
    names.iter().map(|name| RevisionId::new(name).unwrap()).collect()
}

pub(crate) fn names<T: AsRef<str>>(ids: impl IntoIterator<Item = T>) -> Names {
    ids.into_iter().map(|id| id.as_ref().to_owned()).collect()
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    Linear,
    Bushy,
    Merging,
    Dependent,
    Forest,
}

/// Random sound graphs of every shape, with ids whose order has nothing to do with the order of the
/// revisions.
pub(crate) fn sound() -> impl Strategy<Value = Naive> {
    let shape = prop_oneof![
        Just(Shape::Linear),
        Just(Shape::Bushy),
        Just(Shape::Merging),
        Just(Shape::Dependent),
        Just(Shape::Forest),
    ];
    let node = (any::<u16>(), vec(any::<u16>(), 4), any::<u8>());
    (shape, vec(node, 1..=16)).prop_map(|(shape, seeds)| Naive::new(build(shape, &seeds)))
}

fn build(shape: Shape, seeds: &[(u16, Vec<u16>, u8)]) -> Vec<Node> {
    let ids: Vec<RevisionId> = seeds.iter().enumerate().map(|(at, (seed, ..))| id(*seed, at)).collect();
    let mut names: Vec<String> = Vec::new();
    let mut nodes = Vec::new();
    for (at, (_, choices, dice)) in seeds.iter().enumerate() {
        let pick = |which: usize, among: usize| at - 1 - usize::from(choices[which]) % among;
        let chance = |percent: u8| u16::from(*dice) * 100 < u16::from(percent) * 256;
        let mut down: Vec<usize> = match shape {
            _ if at == 0 => vec![],
            Shape::Linear => vec![at - 1],
            Shape::Bushy => vec![pick(0, at)],
            Shape::Merging => (0..=usize::from(*dice) % 3).map(|which| pick(which, at.min(4))).collect(),
            Shape::Dependent if chance(20) => vec![],
            Shape::Dependent => vec![pick(0, at.min(5))],
            Shape::Forest if chance(35) => vec![],
            Shape::Forest => (0..=usize::from(*dice) % 2).map(|which| pick(which, at)).collect(),
        };
        down.sort_unstable();
        down.dedup();
        let mut depends_on = Vec::new();
        if !names.is_empty() && matches!(shape, Shape::Dependent | Shape::Forest) {
            let count = usize::from(*dice) % 3;
            depends_on = (0..count)
                .map(|which| names[usize::from(choices[2 + which]) % names.len()].clone())
                .collect();
        }
        let label = (dice % 5 == 0).then(|| Label::new(format!("label{at}")).unwrap());
        names.push(ids[at].to_string());
        names.extend(label.iter().map(ToString::to_string));
        nodes.push(Node {
            id: ids[at].clone(),
            down_revision: down.into_iter().map(|parent| ids[parent].clone()).collect(),
            depends_on,
            branch_labels: label.into_iter().collect(),
        });
    }
    nodes
}

fn id(seed: u16, at: usize) -> RevisionId {
    RevisionId::new(format!("{:03x}x{at:02}", seed & 0xfff)).unwrap()
}

/// Random graphs whose edges may lead anywhere, also in circles; every name is there and is used once.
pub(crate) fn tangled() -> impl Strategy<Value = Naive> {
    vec((any::<u16>(), vec(any::<u8>(), 0..3), vec(any::<u8>(), 0..2)), 1..=8).prop_map(|seeds| {
        let ids: Vec<RevisionId> = seeds.iter().enumerate().map(|(at, (seed, ..))| id(*seed, at)).collect();
        let pick = |which: &u8| ids[usize::from(*which) % ids.len()].clone();
        let node = |(at, (_, down, depends_on)): (usize, &(u16, Vec<u8>, Vec<u8>))| Node {
            id: ids[at].clone(),
            down_revision: down.iter().map(pick).collect(),
            depends_on: depends_on.iter().map(|which| pick(which).to_string()).collect(),
            branch_labels: vec![],
        };
        Naive::new(seeds.iter().enumerate().map(node).collect())
    })
}

/// A sound graph and some of its revisions.
pub(crate) fn with_some() -> impl Strategy<Value = (Naive, Names)> {
    sound().prop_flat_map(|naive| {
        let some = proptest::sample::subsequence(naive.ids(), 0..=naive.nodes.len().min(4));
        (Just(naive), some.prop_map(|ids| ids.into_iter().collect()))
    })
}
