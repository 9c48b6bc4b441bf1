//! add ix to users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.create_index("ix", "users", ["a"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
