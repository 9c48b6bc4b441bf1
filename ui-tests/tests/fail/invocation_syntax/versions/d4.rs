//! make d4
use servicekit::revision::*;

revision! {
    id: "d4",
    down_revision:
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE d4 (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE d4");
}
