//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a", "b"]).name("ix"));
    op.create_index("ix", "users", ["b", "a"]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
