//! make b2
use servicekit::revision::*;

revision! {
    id: "b2",
    down_revision: "a1",
    branch_labels: "a:b",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE b2 (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE b2");
}
