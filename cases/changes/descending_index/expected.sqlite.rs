//! change ix of users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_index("ix", "users").existing(index(["a"]).name("ix"));
    op.create_index("ix", "users", [key("a").desc()]);
}

pub fn downgrade(op: &mut Operations) {
    op.reverse_of(upgrade);
}
