//! make b2
use servicekit::revision::*;

revision! {
    id: "b2",
    down_revision: "a1",
}

pub fn upgrade(op: Operations) {
    drop(op);
}

pub fn downgrade(op: &mut Operations) -> bool {
    op.is_empty()
}
