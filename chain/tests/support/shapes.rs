//! Large graphs of several shapes, for measuring what they cost. The ids are in no order.

use servicekit_chain::{Label, Node, RevisionId};

/// A shape by name, made with so many revisions.
pub(crate) type Shape = (&'static str, fn(usize) -> Vec<Node>);

/// Every shape.
pub(crate) const SHAPES: [Shape; 5] = [
    ("linear", |count| build(count, |at| (at.checked_sub(1).into_iter().collect(), vec![]))),
    // Every four: a branch point, its two branches, and their merge.
    ("branch and merge every four", |count| {
        build(count, |at| match at % 4 {
            0 => (at.checked_sub(1).into_iter().collect(), vec![]),
            1 | 2 => (vec![at - at % 4], vec![]),
            _ => (vec![at - 2, at - 1], vec![]),
        })
    }),
    // All heads at once, and one revision that merges them.
    ("fan with a merge", |count| {
        build(count, |at| match at {
            0 => (vec![], vec![]),
            _ if at + 1 < count => (vec![0], vec![]),
            _ => ((1..at).collect(), vec![]),
        })
    }),
    // Many lines side by side, each of ten revisions with a label at its start.
    ("forest", |count| build(count, |at| (if at % 10 == 0 { vec![] } else { vec![at - 1] }, vec![]))),
    // Two lines, one of which depends on the other at each step.
    ("dependencies", |count| {
        build(count, |at| match at {
            0 | 1 => (vec![], vec![]),
            _ => (vec![at - 2], if at % 2 == 1 { vec![at - 1] } else { vec![] }),
        })
    }),
];

/// Makes nodes from the numbers of their parents and dependencies; every tenth has a label.
fn build(count: usize, needs: impl Fn(usize) -> (Vec<usize>, Vec<usize>)) -> Vec<Node> {
    let node = |at| {
        let (parents, dependencies) = needs(at);
        Node {
            id: id(at),
            down_revision: parents.into_iter().map(id).collect(),
            depends_on: dependencies.into_iter().map(|at| id(at).to_string()).collect(),
            branch_labels: (at % 10 == 0).then(|| label(at)).into_iter().collect(),
        }
    };
    (0..count).map(node).collect()
}

/// Twelve hexadecimal digits that have nothing to do with the order of the numbers.
pub(crate) fn id(at: usize) -> RevisionId {
    RevisionId::new(format!("{:012x}", (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)).unwrap()
}

fn label(at: usize) -> Label {
    Label::new(format!("label{at}")).unwrap()
}
