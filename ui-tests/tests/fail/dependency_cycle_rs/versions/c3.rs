//! make c3
use servicekit::revision::*;

revision! {
    id: "c3",
    down_revision: "b2",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE c3 (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE c3");
}
