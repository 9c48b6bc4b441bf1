//! Laws about graphs that are not sound: circles of every kind.

use super::naive::{Names, Relation, closure, tangled};
use proptest::prelude::*;
use servicekit_chain::{Graph, GraphError, Node};
use std::collections::BTreeSet;

/// What was reported about circles, by id.
#[derive(Debug, Default, PartialEq)]
struct Reported {
    circles: BTreeSet<Vec<String>>,
    dependency_circles: BTreeSet<Vec<String>>,
    self_loops: Names,
    dependency_self_loops: Names,
}

fn reported(nodes: &[Node]) -> Reported {
    let mut reported = Reported::default();
    let id = |at: &usize| nodes[*at].id.to_string();
    let ids = |circle: &[usize]| circle.iter().map(id).collect();
    for error in Graph::new(nodes.to_vec()).err().unwrap_or_default() {
        match &error {
            GraphError::Cycle { nodes } => reported.circles.insert(ids(nodes)),
            GraphError::DependencyCycle { nodes } => reported.dependency_circles.insert(ids(nodes)),
            GraphError::SelfLoop { node } => reported.self_loops.insert(id(node)),
            GraphError::DependencySelfLoop { node } => reported.dependency_self_loops.insert(id(node)),
            other => unreachable!("names are all there and are used once: {other}"),
        };
    }
    reported
}

/// The groups of two or more that can all reach each other.
fn groups(reached: &Relation) -> BTreeSet<Names> {
    let group = |id: &String| -> Names {
        let both = |other: &str| other == id || (reached[id].contains(other) && reached[other].contains(id));
        reached.keys().filter(|other| both(other)).cloned().collect()
    };
    reached.keys().map(group).filter(|group| group.len() > 1).collect()
}

/// Checks that each circle follows the relation and names nobody twice, and that each group has exactly one.
fn check(
    circles: &BTreeSet<Vec<String>>,
    relation: &Relation,
    groups: &BTreeSet<Names>,
) -> Result<(), TestCaseError> {
    let mut found = BTreeSet::new();
    for circle in circles {
        prop_assert_eq!(circle.iter().collect::<BTreeSet<_>>().len(), circle.len(), "{:?}", circle);
        for (at, id) in circle.iter().enumerate() {
            prop_assert!(relation[id].contains(&circle[(at + 1) % circle.len()]), "{circle:?} at {id}");
        }
        found.insert(groups.iter().find(|group| group.contains(&circle[0])).cloned().unwrap_or_default());
    }
    prop_assert_eq!(&found, groups);
    prop_assert_eq!(circles.len(), groups.len());
    Ok(())
}

proptest! {
    #[test]
    fn every_circle_is_found_and_names_only_the_revisions_on_it(naive in tangled()) {
        let reported = reported(&naive.nodes);
        let tangles = groups(&naive.ancestors);
        check(&reported.circles, &naive.parents, &tangles)?;

        // Circles with dependencies are looked for among the revisions that are in no tangle of parents.
        let tangled: Names = tangles.into_iter().flatten().collect();
        let free = naive.needs.iter().filter(|(id, _)| !tangled.contains(*id));
        let free: Relation = free.map(|(id, needs)| (id.clone(), needs - &tangled)).collect();
        check(&reported.dependency_circles, &free, &groups(&closure(&free)))?;

        let with = |is_in: &dyn Fn(&Node) -> bool| -> Names {
            naive.nodes.iter().filter(|node| is_in(node)).map(|node| node.id.to_string()).collect()
        };
        prop_assert_eq!(reported.self_loops, with(&|node| node.down_revision.contains(&node.id)));
        let on_itself = |node: &Node| node.depends_on.iter().any(|name| node.id == name.as_str());
        prop_assert_eq!(reported.dependency_self_loops, with(&on_itself));
    }

    #[test]
    fn the_same_circles_are_reported_for_any_order_of_the_files(
        (naive, shuffled) in tangled().prop_flat_map(|naive| (Just(naive.clone()), Just(naive.nodes).prop_shuffle())),
    ) {
        prop_assert_eq!(reported(&naive.nodes), reported(&shuffled));
    }
}
