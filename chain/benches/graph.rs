//! Time to load and to plan, for graphs of 100, 1,000 and 10,000 revisions.

#![allow(clippy::unwrap_used, reason = "a bench stops when its input is not what it expects")]
#![allow(missing_docs, reason = "the macros of criterion make public items")]

#[path = "../tests/support/shapes.rs"]
mod shapes;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use servicekit_chain::{Graph, Heads, Target};
use shapes::SHAPES;

fn graph(criterion: &mut Criterion) {
    for (shape, build) in SHAPES {
        let mut group = criterion.benchmark_group(shape);
        for count in [100, 1_000, 10_000] {
            let nodes = build(count);
            group.throughput(Throughput::Elements(count as u64));
            group.bench_with_input(BenchmarkId::new("load", count), &nodes, |bencher, nodes| {
                bencher.iter_batched(
                    || nodes.clone(),
                    |nodes| Graph::new(nodes).unwrap(),
                    BatchSize::LargeInput,
                );
            });
            let graph = Graph::new(nodes).unwrap();
            let (base, heads) = (Heads::base(), graph.effective_heads());
            group.bench_function(BenchmarkId::new("upgrade", count), |bencher| {
                bencher.iter(|| graph.upgrade(&base, &Target::heads()).unwrap());
            });
            group.bench_function(BenchmarkId::new("downgrade", count), |bencher| {
                bencher.iter(|| graph.downgrade(&heads, &Target::base()).unwrap());
            });
        }
        group.finish();
    }
}

criterion_group!(benches, graph);
criterion_main!(benches);
