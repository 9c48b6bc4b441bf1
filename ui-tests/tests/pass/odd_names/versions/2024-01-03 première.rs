//! add "quotes" & {braces} \\n
use servicekit::revision::*;

revision! {
    id: "éé",
    down_revision: "2024.01",
}

pub fn upgrade(op: &mut Operations) {
    op.execute("CREATE TABLE éé (x INTEGER)");
}

pub fn downgrade(op: &mut Operations) {
    op.execute("DROP TABLE éé");
}
