//! What large graphs cost: counted instructions grow as the graph does, and nothing recurses.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by unwrapping it")]

#[path = "support/callgrind.rs"]
mod callgrind;
#[path = "support/shapes.rs"]
mod shapes;

use servicekit_chain::{Graph, GraphError, Heads, Node, Plan, Target};
use shapes::SHAPES;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, Stdio};

/// How many times the instructions may grow when the graph grows ten times.
const LIMIT: f64 = 12.0;
const SMALL: usize = 1_000;
const LARGE: usize = 10_000;

/// Names the shape and the number of revisions to a run under callgrind.
const WORK: &str = "SERVICEKIT_GRAPH_COST";

/// The measured functions, in the order in which [`work_for_callgrind`] calls them.
const MEASURED: [&str; 3] = ["load", "upgrade", "downgrade"];

#[inline(never)]
fn measured_load(nodes: Vec<Node>) -> Graph {
    Graph::new(nodes).unwrap()
}

#[inline(never)]
fn measured_upgrade(graph: &Graph) -> Plan {
    graph.upgrade(&Heads::base(), &Target::heads()).unwrap()
}

#[inline(never)]
fn measured_downgrade(graph: &Graph, from: &Heads) -> Plan {
    graph.downgrade(from, &Target::base()).unwrap()
}

#[test]
#[ignore = "is the work that the next test counts, run by it under callgrind"]
fn work_for_callgrind() {
    let work = std::env::var(WORK).unwrap();
    let (count, shape) = work.split_once(' ').unwrap();
    let (_, build) = SHAPES.iter().find(|(name, _)| *name == shape).unwrap();
    let count = count.parse().unwrap();
    let graph = measured_load(build(count));
    let up = measured_upgrade(&graph);
    let down = measured_downgrade(&graph, &up.to);
    assert_eq!((up.steps.len(), down.steps.len()), (count, count));
    black_box((up, down));
}

/// Runs the work under callgrind; the instructions of each measured function.
fn instructions(shape: &str, count: usize) -> BTreeMap<&'static str, u64> {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--toggle-collect=*measured_*"])
        .args(MEASURED.map(|name| format!("--dump-after=graph_cost::measured_{name}")))
        .arg(format!("--callgrind-out-file={}", folder.path().join("out").display()))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "work_for_callgrind", "--ignored", "--test-threads=1"])
        .env(WORK, format!("{count} {shape}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{shape} with {count}: {status}");
    // There is one dump for each call of a measured function, numbered in order.
    let dump = |(index, name): (usize, &&'static str)| {
        let path = folder.path().join(format!("out.{}", index + 1));
        (*name, callgrind::total(&path))
    };
    MEASURED.iter().enumerate().map(dump).collect()
}

#[test]
fn ten_times_the_revisions_cost_at_most_twelve_times_the_instructions() {
    if !callgrind::is_there() {
        return;
    }
    let mut excesses = Vec::new();
    for (shape, _) in SHAPES {
        let (small, large) = (instructions(shape, SMALL), instructions(shape, LARGE));
        for name in MEASURED {
            #[allow(
                clippy::cast_precision_loss,
                reason = "a ratio of two counts is printed with two decimals"
            )]
            let ratio = large[name] as f64 / small[name] as f64;
            println!("{shape}: {name}: {} -> {} instructions, {ratio:.2} times", small[name], large[name]);
            if ratio > LIMIT {
                excesses.push(format!("{shape}: {name}: {ratio:.2} times"));
            }
        }
    }
    assert!(excesses.is_empty(), "more than {LIMIT} times: {excesses:?}");
}

/// Runs in a thread whose stack would not hold one frame for each of ten thousand revisions.
fn with_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(128 * 1024).spawn(work).unwrap().join().unwrap();
}

#[test]
fn ten_thousand_revisions_in_a_line_do_not_exhaust_the_stack() {
    with_a_small_stack(|| {
        for (_, build) in SHAPES {
            let graph = measured_load(build(LARGE));
            let up = measured_upgrade(&graph);
            let down = measured_downgrade(&graph, &up.to);
            assert_eq!((up.steps.len(), down.to), (LARGE, Heads::base()));
            let last = shapes::id(LARGE - 1);
            for text in [format!("{last}@base+1"), format!("{last}-5000"), format!("{last}@head")] {
                let _ = (graph.resolve(&text), graph.bases_in(&text), graph.range(&format!("{text}:"), None));
                let _ = graph.stamp(&up.to, &text.parse().unwrap());
            }
            assert!(graph.revisions().all(|revision| revision.labels().len() <= LARGE));
        }
    });
}

#[test]
fn ten_thousand_revisions_in_a_circle_do_not_exhaust_the_stack() {
    let (_, linear) = SHAPES[0];
    with_a_small_stack(move || {
        let mut nodes = linear(LARGE);
        nodes[0].down_revision.push(shapes::id(LARGE - 1));
        let errors = Graph::new(nodes.clone()).unwrap_err();
        assert!(matches!(errors.as_slice(), [GraphError::Cycle { nodes }] if nodes.len() == LARGE));

        nodes[0].depends_on = vec![nodes[0].down_revision.remove(0).to_string()];
        let errors = Graph::new(nodes).unwrap_err();
        assert!(matches!(errors.as_slice(), [GraphError::DependencyCycle { nodes }] if nodes.len() == LARGE));
    });
}
