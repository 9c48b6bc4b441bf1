//! remove b from users
use servicekit::revision::*;

pub fn upgrade(op: &mut Operations) {
    op.drop_column("users", "b").existing(integer("b").generated("a * 2"));
}

pub fn downgrade(op: &mut Operations) {
    // rebuilds: table users
    op.reverse_of(upgrade);
}
