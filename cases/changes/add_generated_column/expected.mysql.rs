//! add b to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    // rebuilds: table users
    op.add_column("users", integer("b").generated("`a` * 2"));
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
