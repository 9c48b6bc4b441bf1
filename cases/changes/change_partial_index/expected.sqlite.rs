//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix").filter("b > 0"));
    op.create_index("ix", "users", ["a"]).filter("b > 1");
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
