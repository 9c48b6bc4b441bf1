//! make fn
use servicekit::revision::*;

revision! {
    id: "fn",
    down_revision: "éé",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE fn (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE fn");
}
