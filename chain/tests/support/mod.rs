//! Graphs written on one line, for tests.

use servicekit_chain::{Graph, Heads, Label, Node, RevisionId};

/// Reads nodes such as `a b<a c<a,b[label](dependency)`.
pub(crate) fn nodes(text: &str) -> Vec<Node> {
    text.split_whitespace().map(node).collect()
}

fn node(text: &str) -> Node {
    let list = |start: char, stops: &[char]| -> Vec<String> {
        let part = text.split_once(start).map_or("", |(_, rest)| rest.split(stops).next().unwrap());
        part.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    Node {
        id: RevisionId::new(text.split(['<', '[', '(']).next().unwrap()).unwrap(),
        down_revision: list('<', &['[', '(']).into_iter().map(|id| RevisionId::new(id).unwrap()).collect(),
        branch_labels: list('[', &[']']).into_iter().map(|label| Label::new(label).unwrap()).collect(),
        depends_on: list('(', &[')']),
    }
}

/// The graph of these nodes, which must be sound.
pub(crate) fn graph(text: &str) -> Graph {
    Graph::new(nodes(text)).unwrap()
}

/// Rows such as `a b`.
pub(crate) fn rows(text: &str) -> Heads {
    text.split_whitespace().map(|id| RevisionId::new(id).unwrap()).collect()
}
