//! make a1
use servicekit::revision::*;

revision! {
    id: "a1",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE a1 (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE a1");
}
