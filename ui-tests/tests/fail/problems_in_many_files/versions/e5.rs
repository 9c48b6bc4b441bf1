//! make e5
use servicekit::revision::*;

revision! {
    id: "e5",
    down_revison: "a1",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE e5 (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE e5");
}
