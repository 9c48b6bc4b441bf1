//! make b2
use servicekit::revision::*;

revision! {
    id: "b2",
    down_revision: "a1",
}

/// Private functions, no way back, helpers of the file and of the crate.
fn upgrade(op: &mut Operations) {
    for name in ["one", "two"] {
        create(op, name);
    }
    crate::helpers::index(op, "one");
}

fn create(op: &mut Operations, name: &str) {
    op.execute(format!("CREATE TABLE {name} (x INTEGER)"));
}
